import { Unreadable } from '../core/errors.ts';
import type { Json, JsonObject } from '../exchange/json.ts';

/** The fields of a push that nobody has taken yet. What is left in the end is `extra`. */
export type CallbackFields = Map<string, Json>;

/** Names through which careless copying reaches an object's prototype. */
export const isUnsafeName = (name: string): boolean =>
  name === '__proto__' || name === 'constructor' || name === 'prototype';

/** Names and values as fields. Two of one name could mean two things, and which is believed must not depend on who reads. */
export function toFields(pairs: Iterable<readonly [name: string, value: Json]>): CallbackFields {
  const pushed: CallbackFields = new Map();
  for (const [name, value] of pairs) {
    if (isUnsafeName(name)) throw new Unreadable('a field with the name of a prototype');
    if (pushed.has(name))
      throw new Unreadable(/^\w{1,20}$/.test(name) ? `${name}: there twice` : 'a field that is there twice');
    pushed.set(name, value);
  }
  return pushed;
}

/** Anything but nothing. */
export const anything: RegExp = /[^]/;
/** A whole number. */
export const whole: RegExp = /^-?\d{1,15}$/;

/**
 * Takes a field of a pattern. One that is something else stays where it is, and so comes to `extra` as it was: what is
 * known of most fields is known from third parties, and a push is worth more than one of them. Empty means not there.
 */
export function take(pushed: CallbackFields, name: string, pattern: RegExp = anything): string | undefined {
  const value = pushed.get(name);
  const empty = value === '' || value === null;
  if (!empty && (typeof value !== 'string' || !pattern.test(value))) return undefined;
  pushed.delete(name);
  return empty ? undefined : value;
}

/** Takes a field that decides what the push means: it may be missing, but not be something else. */
export function takeStrictly(
  pushed: CallbackFields,
  name: string,
  pattern: RegExp,
  expected: string,
): string | undefined {
  const value = take(pushed, name, pattern);
  if (pushed.has(name)) throw new Unreadable(`${name}: expected ${expected}`);
  return value;
}

/** Takes a field that has to be there. */
export function takeRequired(
  pushed: CallbackFields,
  name: string,
  pattern: RegExp,
  expected: string,
): string {
  const value = takeStrictly(pushed, name, pattern, expected);
  if (value === undefined) throw new Unreadable(`${name}: expected ${expected}`);
  return value;
}

/** Takes a whole number. */
export const takeNumber = (pushed: CallbackFields, name: string): number | undefined => {
  const text = take(pushed, name, whole);
  return text === undefined ? text : Number(text);
};

/** Takes an instant in whole seconds since 1970. 12 digits always fit a `Date`. */
export const takeInstant = (pushed: CallbackFields, name: string): Date | undefined => {
  const text = take(pushed, name, /^-?\d{1,12}$/);
  return text === undefined ? undefined : new Date(Number(text) * 1000);
};

/** What nobody has taken. */
export const takeRemaining = (pushed: CallbackFields): JsonObject => Object.fromEntries(pushed);
