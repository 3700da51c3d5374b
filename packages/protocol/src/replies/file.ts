import { isObject } from '../core/own-members.ts';
import { jsonFormat } from './json.ts';
import type { ReplyFormat } from './format.ts';

/**
 * What is answered with a file. Only its refusals are read, as text or as JSON; the file itself is the body, byte for
 * byte, and its members are none.
 */
export const file: ReplyFormat = {
  fmt: 3,
  read: (text) => {
    if (!/^\{[^]{0,500}"error_code"/.test(text)) return {};
    const reply = jsonFormat.read(text);
    return isObject(reply) && Object.hasOwn(reply, 'error_code') ? reply : {};
  },
};
