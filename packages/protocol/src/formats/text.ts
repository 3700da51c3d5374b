import { Unreadable } from '../errors.ts';
import type { Json } from '../json.ts';
import { readRows } from './csv.ts';
import type { ReplyFormat, ReplyLayout } from './format.ts';

function read(text: string, layout: ReplyLayout): Json {
  const [first = '', ...further] = text.split(/\r?\n/);
  const groups = layout.sentence.exec(first)?.groups;
  if (!groups) throw new Unreadable('not a sentence of the gateway');
  const members = Object.entries(groups).filter(([, value]) => (value as string | undefined) !== undefined);
  return { ...Object.fromEntries(members), ...readRows(further, layout) };
}

/** fmt 0: a sentence. It has the members that the others have, and no more. */
export const text: ReplyFormat = { fmt: 0, read };
