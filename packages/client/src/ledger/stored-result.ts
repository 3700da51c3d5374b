import { copyOwn, type UnknownRecord } from '@smsc/protocol/adapter';

/** Name of the only member of an object that stands for a value that JSON cannot contain. */
const tag = '$smsc';

function replace(this: UnknownRecord, name: string, converted: unknown): unknown {
  // JSON has converted dates already, so this reads the original value.
  const value = this[name];
  if (value === undefined) return { [tag]: 'undefined' };
  if (value instanceof Date) return { [tag]: 'date', value: value.getTime() };
  if (value instanceof Uint8Array) return { [tag]: 'bytes', value: [...value] };
  if (typeof value === 'bigint') return { [tag]: 'bigint', value: String(value) };
  if (typeof value === 'object' && value && Object.hasOwn(value, tag))
    return { [tag]: 'object', value: Object.entries(value) };
  return converted;
}

/**
 * Converts a result to text. Keeps dates, `undefined`, big integers and bytes, which JSON cannot contain. Returns
 * `undefined` for a result that cannot be converted, such as one that contains itself.
 */
export function toStoredResult(result: unknown): string | undefined {
  try {
    return JSON.stringify(result, replace);
  } catch {
    return undefined;
  }
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  const members = value as UnknownRecord;
  if (!Object.hasOwn(members, tag))
    return Object.fromEntries(Object.entries(members).map(([name, each]) => [name, revive(each)]));
  const { [tag]: kind, value: content } = copyOwn(members);
  switch (kind) {
    case 'date':
      return new Date((content as number | null) ?? NaN);
    case 'bytes':
      return Uint8Array.from(content as number[]);
    case 'bigint':
      return BigInt(content as string);
    case 'object':
      return Object.fromEntries((content as [string, unknown][]).map(([name, each]) => [name, revive(each)]));
    default:
      return undefined;
  }
}

/** Converts the text of {@link toStoredResult} back to the result. */
export const fromStoredResult = (text: string): unknown => revive(JSON.parse(text));

/** Returns the result for a stored text. Returns `undefined` if there is no text, or if it cannot be read. */
export function readResult(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : fromStoredResult(text);
  } catch {
    return undefined;
  }
}
