import { Unreadable } from '../core/errors.ts';
import type { Json } from '../exchange/json.ts';
import { readFirst, readRows } from './csv.ts';
import { noLayout, type ReplyFormat, type ReplyLayout } from './format.ts';

/** `NAME<between>value` behind commas: names in small letters, as the other formats have them. */
const readPairs = (pairs: string, between: string): Record<string, string> =>
  Object.fromEntries(
    pairs.split(', ').map((pair) => {
      // An empty value at the end of an answer has lost the blank before it.
      const [name = '', ...value] = `${pair} `.split(between);
      if (!/^(?!__)\w+$/.test(name) || value.length !== 1)
        throw new Unreadable('not a sentence of the gateway');
      // This format has a name of its own for it.
      return [name === 'check_time' ? 'last_date' : name.toLowerCase(), value[0]!.slice(0, -1)];
    }),
  );

/** The sentences that there are. Source: the gateway's pages for sending, for mailings and for statuses. */
function readSentence(sentence: string, layout: ReplyLayout): Record<string, string> {
  const [, cnt, pairs] = /^OK - (\d+) SMS, (.*)$/.exec(sentence) ?? [];
  if (cnt !== undefined) return { cnt, ...readPairs(pairs!, ' - ') };
  const [, cost, parts] = /^([\d.]+) \((\d+) SMS\)$/.exec(sentence) ?? [];
  if (cost !== undefined) return { cost, cnt: parts! };
  if (sentence.startsWith('OK, ')) return readPairs(sentence.slice('OK, '.length), ' - ');
  if (sentence.includes(' = ')) return readPairs(sentence, ' = ');
  // A bare amount, with the currency behind a comma where it was asked for (third parties).
  if (/^-?[\d.]+(?:,\w+)?$/.test(sentence)) return readFirst(sentence, layout);
  throw new Unreadable('not a sentence of the gateway');
}

function read(text: string, layout: ReplyLayout = noLayout): Json {
  const [first = '', ...further] = text.split(/\r?\n/);
  return { ...readSentence(first, layout), ...readRows(further, layout) };
}

/** fmt 0: a sentence. It has the members that the others have, and no more. */
export const textFormat: ReplyFormat = { fmt: 0, read };
