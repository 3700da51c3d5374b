import type { CharsetName } from '../exchange/wire.ts';
import type { Charset, UnencodableCharacter } from './charset.ts';
import { percentByte, percentPairs, throwUnencodable } from './percent.ts';

/**
 * Creates a charset that encodes each character as one byte. The bytes below 0x80 are ASCII.
 *
 * @param upper characters of the bytes 0x80 to 0xFF
 */
export function singleByte(name: CharsetName, upper: string): Charset {
  let table: Uint8Array | undefined;

  /** Returns the byte of each code unit; 0 if the charset lacks the character. Created on first use. */
  const bytes = (): Uint8Array => {
    if (table) return table;
    table = new Uint8Array(65_536);
    for (let byte = 0; byte < 0x80; byte++) table[byte] = byte;
    for (let at = 0; at < 0x80; at++) table[upper.charCodeAt(at)] = 0x80 + at;
    return table;
  };

  function findUnencodable(text: string): readonly UnencodableCharacter[] {
    const found: UnencodableCharacter[] = [];
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      // NUL is byte 0 and can be encoded.
      if (bytes()[unit] !== 0 || unit === 0) continue;
      const character = String.fromCodePoint(text.codePointAt(index)!);
      found.push({ index, character });
      index += character.length - 1;
    }
    return found;
  }

  function percent(text: string): string {
    const byteOf = bytes();
    let written = '';
    let fits = true;
    let at = 0;
    // Encodes two characters at a time, because appending to the text takes most of the time.
    for (const last = text.length - 1; at < last; at += 2) {
      const first = byteOf[text.charCodeAt(at)]!;
      const second = byteOf[text.charCodeAt(at + 1)]!;
      fits &&= first !== 0 && second !== 0;
      written += percentPairs(first)[second]!;
    }
    if (at < text.length) {
      const byte = byteOf[text.charCodeAt(at)]!;
      fits &&= byte !== 0;
      written += percentByte(byte);
    }
    // `fits` is also `false` for NUL, which can be encoded. If NUL is the only reason, `throwUnencodable` does not
    // throw.
    if (!fits) throwUnencodable(name, findUnencodable(text));
    return written;
  }

  return {
    name,
    unencodable: findUnencodable,
    percent,
    decode: (bytes) => {
      let text = '';
      for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80);
      return text;
    },
  };
}
