import { Unreadable } from '../core/errors.ts';
import type { Json, JsonObject } from '../exchange/json.ts';

/** Fields of a callback that have not been read yet. The fields that are left at the end become `extra`. */
export type CallbackFields = Map<string, Json>;

/** Returns true if a field with this name could change the prototype of an object that it is copied to. */
export const isUnsafeName = (name: string): boolean =>
  name === '__proto__' || name === 'constructor' || name === 'prototype';

/** Collects fields. Rejects a name that occurs twice: one program could use the first value, another the second. */
export function toFields(pairs: Iterable<readonly [name: string, value: Json]>): CallbackFields {
  const fields: CallbackFields = new Map();
  for (const [name, value] of pairs) {
    if (isUnsafeName(name)) throw new Unreadable('a field has an unsafe name, such as __proto__');
    if (fields.has(name))
      throw new Unreadable(/^\w{1,20}$/.test(name) ? `${name}: occurs twice` : 'a field occurs twice');
    fields.set(name, value);
  }
  return fields;
}

/** Matches any text that is not empty. */
export const anything: RegExp = /[^]/;
/** Matches a whole number. */
export const whole: RegExp = /^-?\d{1,15}$/;

/**
 * Reads and removes a field that matches a pattern. A field that does not match is not removed and ends up in `extra`:
 * most fields are known from third parties only, so an unexpected value must not make the callback unreadable. An empty
 * field counts as missing.
 */
export function take(fields: CallbackFields, name: string, pattern: RegExp = anything): string | undefined {
  const value = fields.get(name);
  const empty = value === '' || value === null;
  if (!empty && (typeof value !== 'string' || !pattern.test(value))) return undefined;
  fields.delete(name);
  return empty ? undefined : value;
}

/**
 * Reads and removes an optional field. Throws if the field is present and does not match, because the meaning of the
 * callback depends on this field.
 */
export function takeStrictly(
  fields: CallbackFields,
  name: string,
  pattern: RegExp,
  expected: string,
): string | undefined {
  const value = take(fields, name, pattern);
  if (fields.has(name)) throw new Unreadable(`${name}: expected ${expected}`);
  return value;
}

/** Reads and removes a required field. Throws if the field is missing or does not match. */
export function takeRequired(
  fields: CallbackFields,
  name: string,
  pattern: RegExp,
  expected: string,
): string {
  const value = takeStrictly(fields, name, pattern, expected);
  if (value === undefined) throw new Unreadable(`${name}: expected ${expected}`);
  return value;
}

/** Reads and removes a field with a whole number. */
export const takeNumber = (fields: CallbackFields, name: string): number | undefined => {
  const text = take(fields, name, whole);
  return text === undefined ? text : Number(text);
};

/** Reads and removes a time in whole seconds since 1970. Accepts at most 12 digits, which always fit a `Date`. */
export const takeInstant = (fields: CallbackFields, name: string): Date | undefined => {
  const text = take(fields, name, /^-?\d{1,12}$/);
  return text === undefined ? undefined : new Date(Number(text) * 1000);
};

/** Returns the remaining fields. */
export const takeRemaining = (fields: CallbackFields): JsonObject => Object.fromEntries(fields);
