import { Unreadable } from '../core/errors.ts';
import { isObject } from '../core/own-members.ts';
import type { Json } from '../exchange/json.ts';
import { isUnsafeName } from './fields.ts';

/** Matches strings, numbers, and the colon after each name. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|:/g;

/** Counts the members at any depth. Rejects unsafe names, such as `__proto__`. */
function countMembers(value: Json): number {
  if (Array.isArray(value))
    return (value as readonly Json[]).reduce<number>((sum, each) => sum + countMembers(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value as Readonly<Record<string, Json>>).reduce((sum, [name, member]) => {
    if (isUnsafeName(name)) throw new Unreadable('a field has an unsafe name, such as __proto__');
    return sum + 1 + countMembers(member);
  }, 0);
}

/**
 * Reads a JSON object as pairs of name and value. Numbers become text with the same digits, because a float cannot hold
 * long ids and exact amounts. Rejects duplicate members at any depth, because `JSON.parse` silently drops all but the
 * last.
 */
export function readJson(text: string): readonly (readonly [name: string, value: Json])[] {
  // Throws unless the whole text is valid JSON. The search for tokens below relies on this.
  JSON.parse(text);
  let colons = 0;
  const exact = text.replace(tokens, (token) => {
    if (token === ':') colons++;
    return token === ':' || token[0] === '"' ? token : `"${token}"`;
  });
  const value = JSON.parse(exact) as Json;
  if (countMembers(value) !== colons) throw new Unreadable('a field occurs twice');
  if (!isObject(value)) throw new Unreadable('expected a JSON object');
  return Object.entries(value as Readonly<Record<string, Json>>);
}
