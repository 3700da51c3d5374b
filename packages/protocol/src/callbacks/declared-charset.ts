import type { Charset } from '../charsets/charset.ts';
import { encode } from '../charsets/encode.ts';
import { koi8r } from '../charsets/koi8-r.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { windows1251 } from '../charsets/windows-1251.ts';
import { Unreadable } from '../core/errors.ts';
import { equalInConstantTime } from './constant-time.ts';

/** The names that the gateway and its surroundings have for its charsets. */
const labels = (): Readonly<Record<string, Charset>> => ({
  'utf-8': utf8,
  utf8,
  'windows-1251': windows1251,
  cp1251: windows1251,
  'koi8-r': koi8r,
});

/**
 * The charset of a push, by what says so first; windows-1251 where nothing does, as the gateway has it. It does not matter
 * to what is trusted: the bytes are signed, whatever they are read as.
 */
export function charsetOf(declared: readonly (string | undefined)[]): Charset {
  const label = declared.find((each) => each !== undefined && each !== '');
  if (label === undefined) return windows1251;
  const known = labels();
  const name = label.toLowerCase();
  if (!Object.hasOwn(known, name))
    throw new Unreadable('a charset that is none of windows-1251, koi8-r and utf-8');
  return known[name]!;
}

/**
 * Bytes to text. Bytes that are no UTF-8 are refused where UTF-8 was declared. Nothing is to be seen the other way round:
 * in the other two every byte is a character, and no byte of the text is lost.
 */
export function decode(bytes: Uint8Array, charset: Charset): string {
  const text = charset.decode(bytes);
  // U+FFFD may have been sent as well.
  if (charset === utf8 && text.includes('\ufffd') && !equalInConstantTime(encode(text, utf8), bytes))
    throw new Unreadable('bytes that are no utf-8, which is declared');
  return text;
}
