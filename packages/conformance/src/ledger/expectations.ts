import { inspect, isDeepStrictEqual } from 'node:util';
import { secrets } from './secrets.ts';

const hidden: readonly string[] = Object.values<string>({ ...secrets });

/** Maximum length of a value in an error message. */
const maxLength = 500;

/** Formats a value for an error message. Hides the recipient and the text, because logs may be public. */
function format(value: unknown): string {
  const shown = inspect(value, { depth: 6, breakLength: Infinity, compact: true });
  const safe = hidden.reduce((text, secret) => text.replaceAll(secret, '…'), shown);
  return safe.length > maxLength ? `${safe.slice(0, maxLength)}…` : safe;
}

/** Throws an error if a value is not the expected one. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected))
    throw new Error(`${what}: expected ${format(expected)}, found ${format(actual)}`);
}

/** Throws an error if a condition is false. */
export function expectTrue(what: string, condition: boolean): void {
  if (!condition) throw new Error(`${what}: expected true, found false`);
}

/** Throws an error unless `least <= actual <= most`. */
export function expectBetween(what: string, actual: number, [least, most]: readonly [number, number]): void {
  if (!(actual >= least && actual <= most))
    throw new Error(`${what}: expected ${least} to ${most}, found ${actual}`);
}

/** Throws an error unless the value has the given members. Other members are ignored. */
export function expectMembers(
  what: string,
  actual: unknown,
  expected: Readonly<Record<string, unknown>>,
): void {
  const members = Object(actual) as Record<string, unknown>;
  const picked = Object.fromEntries(Object.keys(expected).map((name) => [name, members[name]]));
  expectEqual(what, picked, expected);
}

/** Throws an error unless the function throws or its promise rejects. Returns the thrown value. */
export async function expectFailure(what: string, run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (thrown) {
    return thrown;
  }
  throw new Error(`${what}: expected an error, found none`);
}
