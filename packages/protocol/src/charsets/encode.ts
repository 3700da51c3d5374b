import type { Charset } from './charset.ts';

/** Value of a hexadecimal digit, given as code unit: `0` to `9`, or `A` to `F`. */
const hexValue = (unit: number): number => (unit & 15) + (unit >> 6) * 9;

/**
 * Converts a text to bytes of a charset.
 *
 * @throws {UnencodableError} if the charset lacks characters. The error lists them with their positions; nothing is
 * replaced by `?`
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
    // `%XX` is one byte; everything else in a form is ASCII.
    bytes[end++] =
      unit === 0x25 ? (hexValue(written.charCodeAt(++at)) << 4) | hexValue(written.charCodeAt(++at)) : unit;
  }
  return bytes.slice(0, end);
}
