import { Unreadable } from '../core/errors.ts';
import { isObject } from '../core/own-members.ts';
import type { Json } from '../exchange/json.ts';
import { isUnsafeName } from './fields.ts';

/** What JSON is made of, as far as it matters here: strings, numbers, and the sign behind each name. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|:/g;

/** How many members there are, at any depth; refuses names that reach a prototype. */
function countMembers(value: Json): number {
  if (Array.isArray(value))
    return (value as readonly Json[]).reduce<number>((sum, each) => sum + countMembers(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value as Readonly<Record<string, Json>>).reduce((sum, [name, member]) => {
    if (isUnsafeName(name)) throw new Unreadable('a field with the name of a prototype');
    return sum + 1 + countMembers(member);
  }, 0);
}

/**
 * A JSON object as names and values. Numbers come as texts, digit by digit: an id can be longer, and an amount more exact,
 * than what a float holds. A member that is there twice is refused, at any depth: `JSON.parse` would drop the first.
 */
export function readJson(text: string): readonly (readonly [name: string, value: Json])[] {
  // Only of what is JSON as a whole the tokens are what they look like.
  JSON.parse(text);
  let signs = 0;
  const exact = text.replace(tokens, (token) => {
    if (token === ':') signs++;
    return token === ':' || token[0] === '"' ? token : `"${token}"`;
  });
  const value = JSON.parse(exact) as Json;
  if (countMembers(value) !== signs) throw new Unreadable('a field that is there twice');
  if (!isObject(value)) throw new Unreadable('expected one object of JSON');
  return Object.entries(value as Readonly<Record<string, Json>>);
}
