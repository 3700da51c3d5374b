import { isObject } from '../core/own-members.ts';
import { jsonFormat } from './json.ts';
import type { ReplyFormat } from './format.ts';

/**
 * Format of a reply that is a file. Only errors are parsed. For a file, returns an object without members; the content
 * is the body of the response.
 */
export const file: ReplyFormat = {
  fmt: 3,
  read: (text) => {
    if (!/^\{[^]{0,500}"error_code"/.test(text)) return {};
    const reply = jsonFormat.read(text);
    return isObject(reply) && Object.hasOwn(reply, 'error_code') ? reply : {};
  },
};
