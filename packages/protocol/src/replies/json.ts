import { Unreadable } from '../core/errors.ts';
import type { Json } from '../exchange/json.ts';
import type { ReplyFormat } from './format.ts';

/** A member of this name reaches an object's prototype as soon as somebody copies it carelessly. */
const refusePrototype = (name: string, value: Json): Json => {
  if (name === '__proto__') throw new Unreadable('a member named __proto__');
  return value;
};

/** fmt 3, the one to prefer: nothing in it depends on a position or on a separator. */
export const jsonFormat: ReplyFormat = {
  fmt: 3,
  // Looking at every member costs time, and few replies can have such a one: it has its name in it, or an escape.
  read: (text) => JSON.parse(text, /__proto__|\\u/.test(text) ? refusePrototype : undefined) as Json,
};
