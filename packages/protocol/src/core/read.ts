import { Unreadable } from './errors.ts';
import { isObject } from './own-members.ts';
import type { Json, JsonObject } from '../exchange/json.ts';

/** A member that is not there. Empty text counts as absent: the text formats cannot tell the two apart. */
const absent = (value: Json | undefined): value is undefined | null | '' =>
  value === undefined || value === null || value === '';

const wrong = (name: string, expected: string): Unreadable => new Unreadable(`${name}: expected ${expected}`);

/** The reply as an object. */
export function readObject(value: Json): JsonObject {
  if (!isObject(value)) throw wrong('reply', 'an object');
  return value;
}

const member = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) && !absent(object[name]) ? object[name] : undefined;

/** Makes a reader of a member that has to be there. */
const required =
  <Value>(read: (object: JsonObject, name: string) => Value | undefined) =>
  (object: JsonObject, name: string): Value => {
    const value = read(object, name);
    if (value === undefined) throw wrong(name, 'a value');
    return value;
  };

type Reader<Value> = (object: JsonObject, name: string) => Value;

/** Text, which may have come as a number; `undefined` where none was sent. */
export const readOptionalText: Reader<string | undefined> = (object, name) => {
  const value = member(object, name);
  if (value === undefined || typeof value === 'string') return value;
  // A number that a float does not hold came as another one.
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw wrong(name, 'text');
};

/** Text of a pattern. */
const readPattern = (
  object: JsonObject,
  name: string,
  pattern: RegExp,
  expected: string,
): string | undefined => {
  const text = readOptionalText(object, name);
  if (text !== undefined && !pattern.test(text)) throw wrong(name, expected);
  return text;
};

const amount = /^-?\d+(?:\.\d+)?$/;

/** A whole number, which may have come as text; `undefined` where none was sent. */
export const readOptionalNumber: Reader<number | undefined> = (object, name) => {
  const text = readPattern(object, name, /^-?\d{1,15}$/, 'a whole number');
  return text === undefined ? text : Number(text);
};

/**
 * Reads an instant that the gateway gives in whole seconds since 1970. `undefined` if there is none, and for 0: the
 * gateway sends 0 with "message not found" (recorded).
 */
export const readOptionalInstant: Reader<Date | undefined> = (object, name) => {
  const text = readPattern(object, name, /^-?\d{1,12}$/, 'whole seconds since 1970');
  return text === undefined || Number(text) === 0 ? undefined : new Date(Number(text) * 1000);
};

/** An exact decimal amount, as text; `undefined` for anything else. */
export function readLooseAmount(object: JsonObject, name: string): string | undefined {
  const value = member(object, name);
  return value !== undefined && amount.test(String(value)) ? String(value) : undefined;
}

/** An exact decimal amount, as text; `undefined` where none was sent. */
export const readOptionalAmount: Reader<string | undefined> = (object, name) =>
  readPattern(object, name, amount, 'an amount');

/** Text that has to be there. */
export const readText: Reader<string> = /* @__PURE__ */ required(readOptionalText);
/** A whole number that has to be there. */
export const readNumber: Reader<number> = /* @__PURE__ */ required(readOptionalNumber);
/** An amount that has to be there. */
export const readAmount: Reader<string> = /* @__PURE__ */ required(readOptionalAmount);

/** A list of objects; none where none was sent. */
export function readList(object: JsonObject, name: string): readonly JsonObject[] {
  const value = member(object, name) ?? [];
  if (!Array.isArray(value)) throw wrong(name, 'a list');
  return value.map(readObject);
}

/** A list of texts, or one alone; none where none was sent. */
export function readTexts(object: JsonObject, name: string): readonly string[] {
  const value = member(object, name) ?? [];
  return (Array.isArray(value) ? value : [value]).map((each) => {
    if (typeof each !== 'string' && typeof each !== 'number') throw wrong(name, 'texts');
    return String(each);
  });
}

/** The members that `known` does not name, as they came. */
export const readExtra = (object: JsonObject, known: readonly unknown[]): JsonObject =>
  Object.fromEntries(
    Object.keys(object)
      .filter((name) => !known.includes(name))
      .map((name) => [name, object[name]!]),
  );

/** The rows of a reply that is a list. */
export function readRows(reply: Json): readonly JsonObject[] {
  if (!Array.isArray(reply)) throw wrong('reply', 'a list');
  return reply.map(readObject);
}

/** The same where one row may stand alone, without a list around it. */
export const readRowOrRows = (reply: Json): readonly JsonObject[] =>
  Array.isArray(reply) ? readRows(reply as Json) : [readObject(reply)];

/** One row, which may stand in a list. */
export function readRow(reply: Json): JsonObject {
  const [row, more] = readRowOrRows(reply);
  if (row === undefined || more !== undefined) throw wrong('reply', 'one row');
  return row;
}

/** A reply that says that it was done, and no more. */
export function readDone(reply: Json): Done {
  const object = readObject(reply);
  if (readText(object, 'result') !== 'OK') throw wrong('result', 'OK');
  return { extra: readExtra(object, ['result']) };
}

/** What was asked for was done. */
export interface Done {
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** Any reply that is no refusal: where it is not documented how the answer looks. */
export function readAcknowledged(reply: Json): Acknowledged {
  const object = isObject(reply) ? reply : { reply };
  return { id: readOptionalText(object, 'id'), extra: readExtra(object, ['id', 'result']) };
}

/** What was asked for was taken, and was not refused. */
export interface Acknowledged {
  /** The gateway's number for it, if the answer has one. */
  readonly id: string | undefined;
  /** Everything else of the answer, as it came. */
  readonly extra: JsonObject;
}

/** A reply that gives a number to what it made. */
export function readCreated(reply: Json): Created {
  const object = readObject(reply);
  return { id: readText(object, 'id'), extra: readExtra(object, ['id']) };
}

/** Something that was made. */
export interface Created {
  /** The gateway's number for it. */
  readonly id: string;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** A reply that is a file: its bytes, as they came. */
export const readFile = (_: Json, bytes: Uint8Array): GatewayFile => ({ bytes });

/** A file of the gateway's. */
export interface GatewayFile {
  readonly bytes: Uint8Array;
}
