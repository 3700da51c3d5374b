import type { Charset, Misfit } from './charset.ts';
import { refuseMisfits } from './percent.ts';

/** Lone surrogates: the only code units that are no character. Most texts have no surrogates at all, which is quick to see. */
const findLone = (text: string): readonly Misfit[] =>
  /[\ud800-\udfff]/.test(text) ? Array.from(text.matchAll(/\p{Surrogate}/gu), ({ index, 0: character }) => ({ index, character })) : [];

/**
 * The WHATWG Encoding Standard's decoder, 8.1.1: what is no character becomes one U+FFFD for each longest beginning of
 * a character. A byte order mark is kept.
 */
function decode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++]!;
    const more = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let left = more;
    let point = more ? lead & (0x3f >> more) : lead < 0x80 ? lead : 0xfffd;
    for (; left > 0; left--) {
      const byte = bytes[at]! ^ 0x80;
      // Six bits; and after some leads fewer: no overlong forms, no surrogates, nothing above U+10FFFF.
      const valid = byte < 0x40 && (left < more || (lead === 0xe0 ? byte > 0x1f : lead === 0xed ? byte < 0x20 : lead === 0xf0 ? byte > 0xf : lead < 0xf4 || byte < 0x10));
      if (!valid) break;
      point = (point << 6) | byte;
      at++;
    }
    text += String.fromCodePoint(left ? 0xfffd : point);
  }
  return text;
}

function percent(text: string): string {
  // Numbers, names and keys stay as they are, and most texts have none of the five that `encodeURIComponent` leaves alone and
  // a form does not. To see that is far quicker than to write them anew.
  if (/^[\w.~-]*$/.test(text)) return text;
  refuseMisfits('utf-8', findLone(text));
  const written = encodeURIComponent(text);
  return /[!'()*]/.test(text) ? written.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`) : written;
}

/** UTF-8, the one of the gateway's charsets that every text fits. */
export const utf8: Charset = { name: 'utf-8', misfits: findLone, percent, decode };
