import type { Charset } from '../charsets/charset.ts';
import { decode } from './declared-charset.ts';

/** Matches a run of `%XX`. Malformed escapes stay as they are, as in browsers. */
const escapes = /(?:%[\dA-Fa-f]{2})+/g;

function unescape(text: string, charset: Charset): string {
  const spaced = text.replaceAll('+', ' ');
  return spaced.includes('%')
    ? spaced.replace(escapes, (run) =>
        decode(
          Uint8Array.from(run.slice(1).split('%'), (byte) => parseInt(byte, 16)),
          charset,
        ),
      )
    : spaced;
}

/** Reads `application/x-www-form-urlencoded` as pairs of name and value, in order and including duplicates. */
export const readForm = (
  form: string,
  charset: Charset,
): readonly (readonly [name: string, value: string])[] =>
  form
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [unescape(name, charset), unescape(value, charset)] as const;
    });
