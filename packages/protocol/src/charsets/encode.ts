import type { Charset } from './charset.ts';

/** What a hexadecimal digit stands for: `0` to `9`, or `A` to `F`, which are one more in the column of the ASCII table. */
const digit = (unit: number): number => (unit & 15) + (unit >> 6) * 9;

/**
 * Text to bytes of a charset.
 *
 * @throws {UnencodableError} that lists the characters that do not fit, and their places; never a silent `?`
 */
export function encode(text: string, charset: Charset): Uint8Array {
  const written = charset.percent(text);
  const bytes = new Uint8Array(written.length);
  let end = 0;
  for (let at = 0; at < written.length; at++) {
    const unit = written.charCodeAt(at);
    // `%XX` is one byte; everything else in a form is ASCII.
    bytes[end++] =
      unit === 0x25 ? (digit(written.charCodeAt(++at)) << 4) | digit(written.charCodeAt(++at)) : unit;
  }
  return bytes.slice(0, end);
}
