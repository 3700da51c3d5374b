import { Unreadable } from '../core/errors.ts';
import type { Json } from '../exchange/json.ts';
import type { ReplyFormat } from './format.ts';

/** Rejects members named `__proto__`, which could change the prototype of a copy. */
const rejectPrototype = (name: string, value: Json): Json => {
  if (name === '__proto__') throw new Unreadable('a member named __proto__');
  return value;
};

/** Format 3: JSON, the default. The safest format, because it does not depend on positions or separators. */
export const jsonFormat: ReplyFormat = {
  fmt: 3,
  // A reviver is slow, so it is used only if the text contains the name `__proto__` or a Unicode escape that could hide
  // the name.
  read: (text) => JSON.parse(text, /__proto__|\\u/.test(text) ? rejectPrototype : undefined) as Json,
};
