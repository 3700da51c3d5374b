import type { CharsetName, Day } from '@smsc/protocol';
import fc from 'fast-check';

/** Generators of texts whose characters exist in a charset. */
export interface Words {
  /** One line, with all separators of the wire formats. Not blank. */
  readonly line: fc.Arbitrary<string>;
  /** Several lines. Not blank. */
  readonly lines: fc.Arbitrary<string>;
  /** The text of a message. */
  readonly message: fc.Arbitrary<string>;
}

const latin = [...'abcXYZ019 '];
const signs = [...'&=+%;:,|"\'<>/\\(){}[]~_#@!?*-.'];
const russian = [...'абвёжЯ'];
const others = [...'їґ€ßλ', '👋', '日'];

const notBlank = (text: string): boolean => text.trim() !== '';
/** Excludes texts with separators, which the client rejects, and with the word that the simulator blocks. */
const isMessage = (text: string): boolean =>
  !/^\s*~~~\s*$/m.test(text) && !/^\s*__[A-Za-z]+__/.test(text) && !/casino|казино/i.test(text);

/** Returns the generators for a charset. */
export function wordsIn(charset: CharsetName = 'utf-8'): Words {
  const units = [
    ...latin,
    ...latin,
    ...signs,
    ...russian,
    ...russian,
    ...(charset === 'utf-8' ? others : []),
  ];
  const text = (characters: readonly string[], maxLength: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength }).filter(notBlank);
  return {
    line: text(units, 24),
    lines: text([...units, '\n'], 60),
    message: text([...units, '\n'], 200).filter(isMessage),
  };
}

/** Generates the last digits of a number. Some of these endings tell the simulator how the message ends. */
const ending = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.integer({ min: 0, max: 9_999_999 }).map((digits) => String(digits).padStart(7, '0')),
  },
  { weight: 1, arbitrary: fc.constantFrom('1000003', '1020001', '1020006', '1000022', '1000025') },
);

/** Generates a number in a country that the gateway delivers to. */
export const phone: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom('38050', '38067', '38063'), ending).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('7916', '7921', '7903'), ending).map((parts) => parts.join('')),
);

/** Generates distinct phone numbers. */
export const phones = (maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(phone, { minLength: 1, maxLength });

/** Generates spellings of a number. */
export const written = (digits: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    digits,
    `+${digits}`,
    `+${digits.slice(0, 3)} (${digits.slice(3, 5)}) ${digits.slice(5, 8)}-${digits.slice(8)}`,
    `${digits.slice(0, 4)} ${digits.slice(4)}`,
  );

export const email: fc.Arbitrary<string> = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9.]{0,8}[a-z0-9]$/),
    fc.stringMatching(/^[a-z]{1,8}\.(?:org|example)$/),
  )
  .map(([name, host]) => `${name}@${host}`);

/** Generates a sender name of letters. */
export const senderName: fc.Arbitrary<string> = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9 .&-]{0,9}$/)
  .map((name) => name.trim());

/** Generates a caller's message id that is not a number. */
export const ownId: fc.Arbitrary<string> = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,30}$/);

export const webAddress: fc.Arbitrary<string> = fc.stringMatching(
  /^https?:\/\/[a-z]{3,9}\.example\/[a-zA-Z0-9]{15,30}(?:\?[a-z]=[0-9&%]{0,4})?$/,
);

/** Generates an amount above zero with up to three decimals. */
export const amountTo = (most: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 0, max: most - 1 }), fc.integer({ min: 1, max: 999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`);

/** Generates a day between two days. */
export const dayOf = (min: string, max: string): fc.Arbitrary<Day> =>
  fc
    .date({ min: new Date(`${min}T00:00Z`), max: new Date(`${max}T00:00Z`), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10) as Day);

/** Converts an amount to millionths, so that sums are exact. */
export function millionths(amount: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)!;
  const absolute = BigInt(whole + fraction.padEnd(6, '0'));
  return sign === '-' ? -absolute : absolute;
}

/** Formats a day like the gateway: `DD.MM.YYYY`. */
export const wireDay = (day: Day): string => day.split('-').reverse().join('.');

/** Returns the day of an instant in a time zone. */
export const dayAt = (instant: number, utcOffset: number): Day =>
  new Date(instant + utcOffset * 3_600_000).toISOString().slice(0, 10) as Day;

/** Formats an instant like the gateway: `DD.MM.YYYY hh:mm:ss` in a time zone. */
export function localTime(instant: number, utcOffset: number): string {
  const [date, time] = new Date(instant + utcOffset * 3_600_000).toISOString().slice(0, 19).split('T') as [
    string,
    string,
  ];
  return `${date.split('-').reverse().join('.')} ${time}`;
}

/** Copies an object without some of its members. */
export const without = <Value extends object, Name extends string>(
  value: Value,
  ...names: readonly Name[]
): Omit<Value, Name> =>
  Object.fromEntries(
    Object.entries(value).filter(([name]) => !(names as readonly string[]).includes(name)),
  ) as Omit<Value, Name>;
