import type { Charset } from '../charsets/charset.ts';
import { decode } from './declared-charset.ts';

/** A run of `%XX`; what only looks like one stays as it is, as browsers have it. */
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

/** `application/x-www-form-urlencoded` as names and values, in their order, doubled ones too. */
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
