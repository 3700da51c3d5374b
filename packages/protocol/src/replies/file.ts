import { isObject } from '../core/own-members.ts';
import { jsonFormat } from './json.ts';
import type { ReplyFormat } from './format.ts';

/**
 * Format of a response that is a file. Only errors are parsed, as text or as JSON. A file has no members; its content is
 * the body.
 */
export const file: ReplyFormat = {
  fmt: 3,
  read: (text) => {
    if (!/^\{[^]{0,500}"error_code"/.test(text)) return {};
    const reply = jsonFormat.read(text);
    return isObject(reply) && Object.hasOwn(reply, 'error_code') ? reply : {};
  },
};
