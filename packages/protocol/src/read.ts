import { Unreadable } from './errors.ts';
import { isObject, typeName } from './fields.ts';
import type { Json, JsonObject } from './json.ts';

/** A member that is not there. Empty text counts as absent: the text formats cannot tell the two apart. */
const absent = (value: Json | undefined): value is undefined | null | '' => value === undefined || value === null || value === '';

const wrong = (member: string, expected: string, value: Json | undefined): Unreadable =>
  new Unreadable(`${member}: expected ${expected}, got ${absent(value) ? 'nothing' : typeName(value)}`);

/** The reply as an object. */
export function readObject(value: Json): JsonObject {
  if (!isObject(value)) throw wrong('reply', 'an object', value);
  return value as JsonObject;
}

/** A whole number, which may have come as text. */
export function readNumber(object: JsonObject, member: string): number {
  const number = readOptionalNumber(object, member);
  if (number === undefined) throw wrong(member, 'a whole number', undefined);
  return number;
}

/** A whole number, or `undefined` where none was sent. */
export function readOptionalNumber(object: JsonObject, member: string): number | undefined {
  const value = Object.hasOwn(object, member) ? object[member] : undefined;
  if (absent(value)) return undefined;
  const written = typeof value === 'number' ? String(value) : value;
  if (typeof written === 'string' && /^-?\d{1,15}$/.test(written)) return Number(written);
  throw wrong(member, 'a whole number', value);
}

/** Text, which may have come as a number. */
export function readText(object: JsonObject, member: string): string {
  const text = readOptionalText(object, member);
  if (text === undefined) throw wrong(member, 'text', undefined);
  return text;
}

/** Text, or `undefined` where none was sent. */
export function readOptionalText(object: JsonObject, member: string): string | undefined {
  const value = Object.hasOwn(object, member) ? object[member] : undefined;
  if (absent(value)) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw wrong(member, 'text', value);
}

/** An exact decimal amount, as text. */
export function readAmount(object: JsonObject, member: string): string {
  const amount = readOptionalAmount(object, member);
  if (amount === undefined) throw wrong(member, 'an amount', undefined);
  return amount;
}

/** An exact decimal amount, or `undefined` where none was sent. */
export function readOptionalAmount(object: JsonObject, member: string): string | undefined {
  const amount = readOptionalText(object, member);
  if (amount !== undefined && !/^-?\d+(?:\.\d+)?$/.test(amount)) throw wrong(member, 'an amount', amount);
  return amount;
}

/** A list of objects; none where none was sent. */
export function readList(object: JsonObject, member: string): readonly JsonObject[] {
  const value = Object.hasOwn(object, member) ? object[member] : undefined;
  if (absent(value)) return [];
  if (!Array.isArray(value)) throw wrong(member, 'a list', value);
  return value.map(readObject);
}

/** The members that `known` does not name, as they came. */
export const readExtra = (object: JsonObject, known: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([member]) => !known.includes(member)));
