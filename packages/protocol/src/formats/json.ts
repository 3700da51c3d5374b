import type { Json } from '../json.ts';
import type { ReplyFormat } from './format.ts';

/** fmt 3, the one to prefer: nothing in it depends on a position or on a separator. */
export const json: ReplyFormat = { fmt: 3, read: (text) => JSON.parse(text) as Json };
