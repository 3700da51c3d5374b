import type { Charset } from './charset.ts';

/** Returns the value of a hexadecimal digit. The digit is given as a code unit: `0` to `9`, or `A` to `F`. */
const hexValue = (unit: number): number => (unit & 15) + (unit >> 6) * 9;

/**
 * Converts a text to bytes of a charset.
 *
 * @throws {UnencodableError} if the charset lacks a character of the text. The error lists all these characters with
 * their positions
 * @example
 * ```ts
 * encode('Привіт', windows1251); // Uint8Array of 6 bytes
 * ```
 */
export function encode(text: string, charset: Charset): Uint8Array {
  const written = charset.percent(text);
  const bytes = new Uint8Array(written.length);
  let end = 0;
  for (let at = 0; at < written.length; at++) {
    const unit = written.charCodeAt(at);
    // `%XX` stands for one byte; every other character of a form body is ASCII.
    bytes[end++] =
      unit === 0x25 ? (hexValue(written.charCodeAt(++at)) << 4) | hexValue(written.charCodeAt(++at)) : unit;
  }
  return bytes.slice(0, end);
}
