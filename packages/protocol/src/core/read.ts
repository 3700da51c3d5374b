import { Unreadable } from './errors.ts';
import { isObject } from './own-members.ts';
import type { Json, JsonObject } from '../exchange/json.ts';

/**
 * Returns true for a missing value. Empty text counts as missing too, because the text formats do not distinguish empty
 * and missing values.
 */
const isAbsent = (value: Json | undefined): value is undefined | null | '' =>
  value === undefined || value === null || value === '';

const unexpected = (name: string, expected: string): Unreadable =>
  new Unreadable(`${name}: expected ${expected}`);

/** Returns the reply as an object. Throws {@link Unreadable} if the reply is not an object. */
export function readObject(value: Json): JsonObject {
  if (!isObject(value)) throw unexpected('reply', 'an object');
  return value;
}

const member = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) && !isAbsent(object[name]) ? object[name] : undefined;

/** Turns a reader of an optional member into a reader of a required member. */
const required =
  <Value>(read: (object: JsonObject, name: string) => Value | undefined) =>
  (object: JsonObject, name: string): Value => {
    const value = read(object, name);
    if (value === undefined) throw unexpected(name, 'a value');
    return value;
  };

type Reader<Value> = (object: JsonObject, name: string) => Value;

/** Reads text, which the gateway may have sent as a number. Returns `undefined` if the member is missing. */
export const readOptionalText: Reader<string | undefined> = (object, name) => {
  const value = member(object, name);
  if (value === undefined || typeof value === 'string') return value;
  // Rejects numbers above `MAX_SAFE_INTEGER`, because `JSON.parse` may have rounded them.
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw unexpected(name, 'text');
};

/** Reads text that matches a pattern. */
const readPattern = (
  object: JsonObject,
  name: string,
  pattern: RegExp,
  expected: string,
): string | undefined => {
  const text = readOptionalText(object, name);
  if (text !== undefined && !pattern.test(text)) throw unexpected(name, expected);
  return text;
};

const amount = /^-?\d+(?:\.\d+)?$/;

/** Reads a whole number, which the gateway may have sent as text. Returns `undefined` if the member is missing. */
export const readOptionalNumber: Reader<number | undefined> = (object, name) => {
  const text = readPattern(object, name, /^-?\d{1,15}$/, 'a whole number');
  return text === undefined ? text : Number(text);
};

/**
 * Reads an instant in whole seconds since 1970. Returns `undefined` if the member is missing or 0: the gateway sends 0
 * with "message not found" (recorded).
 */
export const readOptionalInstant: Reader<Date | undefined> = (object, name) => {
  const text = readPattern(object, name, /^-?\d{1,12}$/, 'whole seconds since 1970');
  return text === undefined || Number(text) === 0 ? undefined : new Date(Number(text) * 1000);
};

/** Reads an exact decimal amount as text. Returns `undefined` if the member is missing or is not an amount. */
export function readLooseAmount(object: JsonObject, name: string): string | undefined {
  const value = member(object, name);
  return value !== undefined && amount.test(String(value)) ? String(value) : undefined;
}

/** Reads an exact decimal amount as text. Returns `undefined` if the member is missing. */
export const readOptionalAmount: Reader<string | undefined> = (object, name) =>
  readPattern(object, name, amount, 'an amount');

/** Reads required text. */
export const readText: Reader<string> = /* @__PURE__ */ required(readOptionalText);
/** Reads a required whole number. */
export const readNumber: Reader<number> = /* @__PURE__ */ required(readOptionalNumber);
/** Reads a required amount. */
export const readAmount: Reader<string> = /* @__PURE__ */ required(readOptionalAmount);

/** Reads a list of objects. Returns an empty list if the member is missing. */
export function readList(object: JsonObject, name: string): readonly JsonObject[] {
  const value = member(object, name) ?? [];
  if (!Array.isArray(value)) throw unexpected(name, 'a list');
  return value.map(readObject);
}

/** Reads a list of texts, or a single text. Returns an empty list if the member is missing. */
export function readTexts(object: JsonObject, name: string): readonly string[] {
  const value = member(object, name) ?? [];
  return (Array.isArray(value) ? value : [value]).map((each) => {
    if (typeof each !== 'string' && typeof each !== 'number') throw unexpected(name, 'texts');
    return String(each);
  });
}

/** Returns the members that `known` does not list, unchanged. */
export const readExtra = (object: JsonObject, known: readonly unknown[]): JsonObject =>
  Object.fromEntries(
    Object.keys(object)
      .filter((name) => !known.includes(name))
      .map((name) => [name, object[name]!]),
  );

/** Reads a reply that is a list of rows. */
export function readRows(reply: Json): readonly JsonObject[] {
  if (!Array.isArray(reply)) throw unexpected('reply', 'a list');
  return reply.map(readObject);
}

/** Reads a reply that is a list of rows, or a single row without a list. */
export const readRowOrRows = (reply: Json): readonly JsonObject[] =>
  Array.isArray(reply) ? readRows(reply as Json) : [readObject(reply)];

/** Reads a reply that is one row, alone or in a list. */
export function readRow(reply: Json): JsonObject {
  const [row, more] = readRowOrRows(reply);
  if (row === undefined || more !== undefined) throw unexpected('reply', 'one row');
  return row;
}

/** Reads a reply whose `result` must be `OK`. */
export function readDone(reply: Json): Done {
  const object = readObject(reply);
  if (readText(object, 'result') !== 'OK') throw unexpected('result', 'OK');
  return { extra: readExtra(object, ['result']) };
}

/** Result of a change that the gateway carried out. */
export interface Done {
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Reads any reply that is not an error. Used for operations whose response is not documented. */
export function readAcknowledged(reply: Json): Acknowledged {
  const object = isObject(reply) ? reply : { reply };
  return { id: readOptionalText(object, 'id'), extra: readExtra(object, ['id', 'result']) };
}

/** Result of an accepted request whose response is not documented. */
export interface Acknowledged {
  /** Id that the gateway assigned, if the response has one. */
  readonly id: string | undefined;
  /** All other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Reads a reply that contains the id of a new record. */
export function readCreated(reply: Json): Created {
  const object = readObject(reply);
  return { id: readText(object, 'id'), extra: readExtra(object, ['id']) };
}

/** Result of a request that created a record, such as a contact or a template. */
export interface Created {
  /** Id that the gateway assigned. */
  readonly id: string;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Reads a reply that is a file. */
export const readFile = (_: Json, bytes: Uint8Array): GatewayFile => ({ bytes });

/** File that the gateway sent. */
export interface GatewayFile {
  /** Content of the file, unchanged. */
  readonly bytes: Uint8Array;
}
