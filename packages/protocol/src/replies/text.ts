import { Unreadable } from '../core/errors.ts';
import type { Json } from '../exchange/json.ts';
import { readFirst, readRows } from './csv.ts';
import { noLayout, type ReplyFormat, type ReplyLayout } from './format.ts';

/** Reads pairs `NAME<between>value`, separated by commas. The names become lower-case, as in the other formats. */
const readPairs = (pairs: string, between: string): Record<string, string> =>
  Object.fromEntries(
    pairs.split(', ').map((pair) => {
      // Adds a space at the end, because the gateway removes the space before an empty last value.
      const [name = '', ...value] = `${pair} `.split(between);
      if (!/^(?!__)\w+$/.test(name) || value.length !== 1) throw new Unreadable('unknown sentence');
      // In this format, `last_date` is named `check_time`.
      return [name === 'check_time' ? 'last_date' : name.toLowerCase(), value[0]!.slice(0, -1)];
    }),
  );

/** Reads one of the known sentences. Source: the gateway's pages for sending, for jobs and for statuses. */
function readSentence(sentence: string, layout: ReplyLayout): Record<string, string> {
  const [, cnt, pairs] = /^OK - (\d+) SMS, (.*)$/.exec(sentence) ?? [];
  if (cnt !== undefined) return { cnt, ...readPairs(pairs!, ' - ') };
  const [, cost, parts] = /^([\d.]+) \((\d+) SMS\)$/.exec(sentence) ?? [];
  if (cost !== undefined) return { cost, cnt: parts! };
  if (sentence.startsWith('OK, ')) return readPairs(sentence.slice('OK, '.length), ' - ');
  if (sentence.includes(' = ')) return readPairs(sentence, ' = ');
  // An amount, followed by a comma and the currency if it was requested (third parties).
  if (/^-?[\d.]+(?:,\w+)?$/.test(sentence)) return readFirst(sentence, layout);
  throw new Unreadable('unknown sentence');
}

function read(text: string, layout: ReplyLayout = noLayout): Json {
  const [first = '', ...further] = text.split(/\r?\n/);
  return { ...readSentence(first, layout), ...readRows(further, layout) };
}

/** Format 0: a sentence. It contains the same members as the other formats. */
export const textFormat: ReplyFormat = { fmt: 0, read };
