import type { Charset, UnencodableCharacter } from './charset.ts';
import { throwUnencodable } from './percent.ts';

/**
 * Finds lone surrogates, the only code units that UTF-8 cannot encode. Tests for any surrogate first, because most
 * texts have none.
 */
const findLoneSurrogates = (text: string): readonly UnencodableCharacter[] =>
  /[\ud800-\udfff]/.test(text)
    ? Array.from(text.matchAll(/\p{Surrogate}/gu), ({ index, 0: character }) => ({ index, character }))
    : [];

/**
 * Buffer of code points. All its elements exist from the start, so that elements on a polluted `Object.prototype` have
 * no effect.
 */
let points: number[] | undefined;

/** Number of continuation bytes after a lead byte; 0 for ASCII and for invalid lead bytes. */
function continuationsAfter(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 1;
  return lead < 0xf0 ? 2 : 3;
}

/**
 * Decodes UTF-8 as the WHATWG Encoding Standard does (8.1.1 UTF-8 decoder): each maximal prefix of an invalid sequence
 * becomes one U+FFFD. A byte order mark is kept.
 */
function decode(bytes: Uint8Array): string {
  let text = '';
  points ??= Array.from({ length: 4096 }, () => 0);
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at++]!;
    let left = continuationsAfter(lead);
    let point = lead & (0x3f >> left);
    if (left === 0) point = lead < 0x80 ? lead : 0xfffd;
    // Range of the second byte: excludes overlong forms, surrogates and code points above U+10FFFF.
    let from = 0x80;
    let to = 0xbf;
    if (lead === 0xe0) from = 0xa0;
    else if (lead === 0xed) to = 0x9f;
    else if (lead === 0xf0) from = 0x90;
    else if (lead === 0xf4) to = 0x8f;
    for (; left > 0 && bytes[at]! >= from && bytes[at]! <= to; left--) {
      point = (point << 6) | (bytes[at++]! & 0x3f);
      from = 0x80;
      to = 0xbf;
    }
    points[count++] = left ? 0xfffd : point;
    // Converts many code points at once: for a long reply, one character at a time takes seven times as long.
    if (count === points.length || at === bytes.length) {
      text += String.fromCodePoint(...points.slice(0, count));
      count = 0;
    }
  }
  return text;
}

function percent(text: string): string {
  // Most values, such as numbers, names and keys, need no encoding. This test is much faster than encoding.
  if (/^[\w.~-]*$/.test(text)) return text;
  throwUnencodable('utf-8', findLoneSurrogates(text));
  const written = encodeURIComponent(text);
  // A form encodes these five characters, which `encodeURIComponent` leaves unchanged.
  return /[!'()*]/.test(text)
    ? written.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    : written;
}

/** The charset UTF-8, the only one of the gateway's charsets that can encode every text. */
export const utf8: Charset = { name: 'utf-8', unencodable: findLoneSurrogates, percent, decode };
