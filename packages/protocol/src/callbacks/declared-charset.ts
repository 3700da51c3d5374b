import type { Charset } from '../charsets/charset.ts';
import { encode } from '../charsets/encode.ts';
import { koi8r } from '../charsets/koi8-r.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { windows1251 } from '../charsets/windows-1251.ts';
import { Unreadable } from '../core/errors.ts';
import { equalInConstantTime } from './constant-time.ts';

/** Returns the charsets by the names that the gateway and HTTP use for them. */
const labels = (): Readonly<Record<string, Charset>> => ({
  'utf-8': utf8,
  utf8,
  'windows-1251': windows1251,
  cp1251: windows1251,
  'koi8-r': koi8r,
});

/**
 * Returns the charset of a callback: the first declared charset, or the gateway's default, windows-1251. Declaring a
 * wrong charset does not help to forge a callback, because the signature covers bytes.
 */
export function charsetOf(declared: readonly (string | undefined)[]): Charset {
  const label = declared.find((each) => each !== undefined && each !== '');
  if (label === undefined) return windows1251;
  const known = labels();
  const name = label.toLowerCase();
  if (!Object.hasOwn(known, name)) throw new Unreadable('the charset is not windows-1251, koi8-r or utf-8');
  return known[name]!;
}

/**
 * Converts bytes to text. Throws if UTF-8 was declared and the bytes are not valid UTF-8. In windows-1251 and koi8-r
 * every byte is a character, so no bytes are invalid.
 */
export function decode(bytes: Uint8Array, charset: Charset): string {
  const text = charset.decode(bytes);
  // U+FFFD stands for invalid bytes, unless the sender wrote this character. To find out, encodes the text again and
  // compares the bytes.
  if (charset === utf8 && text.includes('\ufffd') && !equalInConstantTime(encode(text, utf8), bytes))
    throw new Unreadable('the bytes are not valid utf-8, although utf-8 is declared');
  return text;
}
