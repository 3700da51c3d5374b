import type { Charset } from './charset.ts';

/**
 * Text to bytes of a charset.
 *
 * @throws {RangeError} that names the places of characters that do not fit; never a silent `?`
 */
export function encode(text: string, charset: Charset): Uint8Array {
  const written = charset.percent(text);
  const bytes = new Uint8Array(written.length);
  let end = 0;
  for (let at = 0; at < written.length; at++) {
    const unit = written.charCodeAt(at);
    // `%XX` is one byte; everything else in a form is ASCII.
    bytes[end++] = unit === 0x25 ? parseInt(written.slice(at + 1, (at += 2) + 1), 16) : unit;
  }
  return bytes.slice(0, end);
}
