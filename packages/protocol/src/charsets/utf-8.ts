import type { Charset, Misfit } from './charset.ts';
import { refuseMisfits } from './percent.ts';

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Lone surrogates: the only code units that are no character. */
function findLone(text: string): readonly Misfit[] {
  const misfits: Misfit[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    if (isHigh(unit) && isLow(text.charCodeAt(index + 1))) index++;
    else misfits.push({ index, character: text.charAt(index) });
  }
  return misfits;
}

/** Source: RFC 3629, 3. */
function encode(text: string): Uint8Array {
  // Three bytes for a code unit is the most there is: a pair, two units, takes four.
  const bytes = new Uint8Array(text.length * 3);
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at)!;
    if (point < 0x80) {
      bytes[end++] = point;
    } else if (point < 0x800) {
      bytes[end++] = 0xc0 | (point >> 6);
      bytes[end++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      if (point >= 0xd800 && point <= 0xdfff) refuseMisfits('utf-8', findLone(text));
      bytes[end++] = 0xe0 | (point >> 12);
      bytes[end++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[end++] = 0x80 | (point & 0x3f);
    } else {
      bytes[end++] = 0xf0 | (point >> 18);
      bytes[end++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[end++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[end++] = 0x80 | (point & 0x3f);
      at++;
    }
  }
  return bytes.slice(0, end);
}

const replacement = '\ufffd';

/**
 * The WHATWG Encoding Standard's decoder, 8.1.1: what is no character becomes one U+FFFD for each longest beginning of
 * a character. A byte order mark is kept.
 */
function decode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++]!;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      continue;
    }
    const more = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    // The second byte's range keeps out overlong forms, surrogates and what lies above U+10FFFF.
    let lower = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    let upper = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let point = lead & (0x3f >> more);
    let read = 0;
    for (; read < more; read++) {
      const byte = bytes[at] ?? 0;
      if (byte < lower || byte > upper) break;
      point = (point << 6) | (byte & 0x3f);
      lower = 0x80;
      upper = 0xbf;
      at++;
    }
    text += more > 0 && read === more ? String.fromCodePoint(point) : replacement;
  }
  return text;
}

/** `encodeURIComponent` leaves these five alone; a form does not. */
const left = /[!'()*]/g;
const percentAscii = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

function percent(text: string): string {
  const misfits = findLone(text);
  if (misfits.length > 0) refuseMisfits('utf-8', misfits);
  return encodeURIComponent(text).replace(left, percentAscii);
}

/** UTF-8, the one of the gateway's charsets that every text fits. */
export const utf8: Charset = { name: 'utf-8', misfits: findLone, encode, percent, decode };
