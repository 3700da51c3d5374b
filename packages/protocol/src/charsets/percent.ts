import type { CharsetName } from '../exchange/wire.ts';
import type { UnencodableCharacter } from './charset.ts';

/** Matches a character that needs no encoding: a letter, a digit or one of `- _ . ~`. Source: RFC 3986, 2.3. */
const unreserved = /[A-Za-z0-9\-_.~]/;

let byteTable: readonly string[] | undefined;

/** Returns the percent-encoding of each byte: the character itself, or `%XX`. Created on first use. */
const encodedBytes = (): readonly string[] =>
  (byteTable ??= Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte);
    return unreserved.test(character)
      ? character
      : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }));

/** Percent-encodes a byte for a form body. */
export const percentByte = (byte: number): string => encodedBytes()[byte]!;

const pairs: (readonly string[])[] = [];

/**
 * Returns the percent-encodings of all two-byte sequences that start with `first`; the index is the second byte.
 * Created on first use.
 */
export const percentPairs = (first: number): readonly string[] =>
  (pairs[first] ??= encodedBytes().map((second) => encodedBytes()[first]! + second));

/** Error of a text that a charset cannot encode. Its message does not contain the text. */
export interface UnencodableError extends RangeError {
  /** All characters that the charset lacks. Not enumerable, so that logging the error does not reveal text. */
  readonly unencodable: readonly UnencodableCharacter[];
}

const maxShown = 5;

/** Describes unencodable characters: the first positions, and the number of further positions. Shows no character. */
export function describeUnencodable(name: CharsetName, unencodable: readonly UnencodableCharacter[]): string {
  const shown = unencodable.slice(0, maxShown).map(({ index }) => index);
  const more = unencodable.length - shown.length;
  return `contains characters that ${name} lacks, at ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Throws an {@link UnencodableError} if there are unencodable characters. */
export function throwUnencodable(name: CharsetName, unencodable: readonly UnencodableCharacter[]): void {
  if (unencodable.length)
    throw Object.defineProperty(
      new RangeError(`the text ${describeUnencodable(name, unencodable)}`),
      'unencodable',
      { value: unencodable },
    );
}
