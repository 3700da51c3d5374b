/**
 * Parses the value of a parameter. The value of an absent parameter is empty. Returns `undefined` for a value that the
 * gateway refuses with error 1.
 */
export type Reader<Value> = (value: string) => Value | undefined;

type Readers = Readonly<Record<string, Reader<unknown>>>;

/** Parsed parameters, by name. */
export type Values<Table extends Readers> = {
  readonly [Name in keyof Table]: Exclude<ReturnType<Table[Name]>, undefined>;
};

/** Parses each parameter once. Returns `undefined` as soon as one is refused. */
export function readValues<Table extends Readers>(
  values: ReadonlyMap<string, string>,
  readers: Table,
): Values<Table> | undefined {
  const parsed: Record<string, unknown> = {};
  for (const name of Object.keys(readers)) {
    const value = readers[name]!(values.get(name) ?? '');
    if (value === undefined) return undefined;
    parsed[name] = value;
  }
  return parsed as Values<Table>;
}

/** Accepts every text. */
export const text: Reader<string> = (value) => value;

/** Reads a flag: true for `1`, false for `0` and for an empty value. */
export const flag: Reader<boolean> = (value) => {
  if (value === '1') return true;
  return value === '' || value === '0' ? false : undefined;
};

/** Creates a reader for whole numbers in a range. An empty value gives `fallback`, or is refused if there is no fallback. */
export const wholeNumber =
  (least: number, most: number, fallback?: number): Reader<number> =>
  (value) => {
    if (value === '') return fallback;
    if (!/^\d{1,15}$/.test(value)) return undefined;
    const number = Number(value);
    return number >= least && number <= most ? number : undefined;
  };

/** Creates a reader that accepts only the given numbers. An empty value gives the first number. */
export const oneOf =
  <const Numbers extends readonly number[]>(...numbers: Numbers): Reader<Numbers[number]> =>
  (value) => {
    if (value === '') return numbers[0];
    return /^\d{1,10}$/.test(value) ? numbers.find((number) => number === Number(value)) : undefined;
  };

/** Largest id of a record that requests can name. */
const largestId = 999_999_999_999_999;

/** Reads the id of a record. An empty value is refused. */
export const recordId: Reader<number> = wholeNumber(0, largestId);

/** Creates a reader for the id at which a page of a list begins. An empty value gives `fallback`. */
export const pageId = (fallback: number): Reader<number> => wholeNumber(0, largestId, fallback);

/** Creates a reader that gives `null` for an empty value. */
export const optional =
  <Value>(reader: Reader<Value>): Reader<Value | null> =>
  (value) =>
    value === '' ? null : reader(value);

/** Creates a reader for texts that match a pattern. An empty value has to match as well. */
export const matching =
  (pattern: RegExp): Reader<string> =>
  (value) =>
    pattern.test(value) ? value : undefined;
