import type { CharsetName } from '../exchange/wire.ts';
import type { UnencodableCharacter } from './charset.ts';

/** Letters, digits and `- _ . ~`. Source: RFC 3986, 2.3. */
const unreserved = /[A-Za-z0-9\-_.~]/;

let written: readonly string[] | undefined;

/** What each byte is in a form: itself, or `%XX`. */
const table = (): readonly string[] =>
  (written ??= Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte);
    return unreserved.test(character)
      ? character
      : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }));

/** A byte as it stands in a form body. */
export const percentByte = (byte: number): string => table()[byte]!;

const pairs: (readonly string[])[] = [];

/** Two bytes as they stand in a form body, by the second. A row for each first byte, made when it first occurs. */
export const percentPairs = (first: number): readonly string[] =>
  (pairs[first] ??= table().map((second) => table()[first]! + second));

/** What is thrown for a text that does not fit a charset. */
export interface UnencodableError extends RangeError {
  /** Every character that does not fit, and where. Not enumerable: a log that shows the error shows no text. */
  readonly unencodable: readonly UnencodableCharacter[];
}

/** How many there are and where the first five stand, without showing any. */
export const describeUnencodable = (
  name: CharsetName,
  unencodable: readonly UnencodableCharacter[],
): string =>
  `has ${unencodable.length} that ${name} lacks, at ${unencodable
    .slice(0, 5)
    .map(({ index }) => index)
    .join(', ')}`;

/** Throws a {@link UnencodableError} if there are any. Its message shows no text. */
export function throwUnencodable(name: CharsetName, unencodable: readonly UnencodableCharacter[]): void {
  if (unencodable.length)
    throw Object.defineProperty(
      new RangeError(`the text ${describeUnencodable(name, unencodable)}`),
      'unencodable',
      { value: unencodable },
    );
}
