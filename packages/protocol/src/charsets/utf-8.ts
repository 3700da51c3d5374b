import type { Charset, UnencodableCharacter } from './charset.ts';
import { throwUnencodable } from './percent.ts';

/** Lone surrogates: the only code units that are no character. Most texts have no surrogates at all, which is quick to see. */
const findLone = (text: string): readonly UnencodableCharacter[] =>
  /[\ud800-\udfff]/.test(text)
    ? Array.from(text.matchAll(/\p{Surrogate}/gu), ({ index, 0: character }) => ({ index, character }))
    : [];

/** Characters by the thousand. Its elements are there from the start: one that is added to a list could be read from `Object.prototype`. */
let points: number[] | undefined;

/**
 * The WHATWG Encoding Standard's decoder, 8.1.1: what is no character becomes one U+FFFD for each longest beginning of
 * a character. A byte order mark is kept.
 */
function decode(bytes: Uint8Array): string {
  let text = '';
  points ??= Array.from({ length: 4096 }, () => 0);
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at++]!;
    let left = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let point = left ? lead & (0x3f >> left) : lead < 0x80 ? lead : 0xfffd;
    // What the second byte can be: no overlong forms, no surrogates, nothing above U+10FFFF.
    let from = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    let to = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    for (; left > 0 && bytes[at]! >= from && bytes[at]! <= to; left--) {
      point = (point << 6) | (bytes[at++]! & 0x3f);
      from = 0x80;
      to = 0xbf;
    }
    points[count++] = left ? 0xfffd : point;
    // By the thousand: one by one they would be a text of as many pieces, and a long reply would take seven times as long.
    if (count === points.length || at === bytes.length) {
      text += String.fromCodePoint(...points.slice(0, count));
      count = 0;
    }
  }
  return text;
}

function percent(text: string): string {
  // Numbers, names and keys stay as they are, and most texts have none of the five that `encodeURIComponent` leaves alone and
  // a form does not. To see that is far quicker than to write them anew.
  if (/^[\w.~-]*$/.test(text)) return text;
  throwUnencodable('utf-8', findLone(text));
  const written = encodeURIComponent(text);
  return /[!'()*]/.test(text)
    ? written.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    : written;
}

/** UTF-8, the one of the gateway's charsets that every text fits. */
export const utf8: Charset = { name: 'utf-8', unencodable: findLone, percent, decode };
