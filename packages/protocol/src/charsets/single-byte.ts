import type { CharsetName } from '../wire.ts';
import type { Charset, Misfit } from './charset.ts';
import { percentByte, refuseMisfits } from './percent.ts';

/** Characters to bytes, or -1. */
type Lookup = (unit: number) => number;

const characterAt = (text: string, index: number): string => String.fromCodePoint(text.codePointAt(index)!);

function findMisfits(text: string, byteOf: Lookup): readonly Misfit[] {
  const misfits: Misfit[] = [];
  for (let index = 0; index < text.length; index++) {
    if (byteOf(text.charCodeAt(index)) >= 0) continue;
    const character = characterAt(text, index);
    misfits.push({ index, character });
    index += character.length - 1;
  }
  return misfits;
}

/**
 * A charset of one byte for a character, whose lower half is ASCII.
 *
 * @param upper the characters of 0x80 to 0xFF
 */
export function singleByte(name: CharsetName, upper: string): Charset {
  let places: Map<number, number> | undefined;
  const byteOf: Lookup = (unit) => {
    if (unit < 0x80) return unit;
    places ??= new Map(Array.from(upper, (character, at) => [character.charCodeAt(0), 0x80 + at]));
    return places.get(unit) ?? -1;
  };

  const percent = (text: string): string => {
    let written = '';
    for (let at = 0; at < text.length; at++) {
      const byte = byteOf(text.charCodeAt(at));
      if (byte < 0) refuseMisfits(name, findMisfits(text, byteOf));
      written += percentByte(byte);
    }
    return written;
  };

  return {
    name,
    misfits: (text) => findMisfits(text, byteOf),
    percent,
    decode: (bytes) => {
      let text = '';
      for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80);
      return text;
    },
  };
}
