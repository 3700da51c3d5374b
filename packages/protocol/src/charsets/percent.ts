import type { CharsetName } from '../exchange/wire.ts';
import type { Misfit } from './charset.ts';

/** Letters, digits and `- _ . ~`. Source: RFC 3986, 2.3. */
const unreserved = /[A-Za-z0-9\-_.~]/;

let written: readonly string[] | undefined;

/** What each byte is in a form: itself, or `%XX`. */
const table = (): readonly string[] =>
  (written ??= Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte);
    return unreserved.test(character) ? character : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }));

/** A byte as it stands in a form body. */
export const percentByte = (byte: number): string => table()[byte]!;

const pairs: (readonly string[])[] = [];

/** Two bytes as they stand in a form body, by the second. A row for each first byte, made when it first occurs. */
export const percentPairs = (first: number): readonly string[] => (pairs[first] ??= table().map((second) => table()[first]! + second));

/** What is thrown for a text that does not fit a charset. */
export interface MisfitError extends RangeError {
  /** Every character that does not fit, and where. Not enumerable: a log that shows the error shows no text. */
  readonly misfits: readonly Misfit[];
}

/** How many there are and where the first five stand, without showing any. */
export const countMisfits = (name: CharsetName, misfits: readonly Misfit[]): string => `has ${misfits.length} that ${name} lacks, at ${misfits.slice(0, 5).map(({ index }) => index).join(', ')}`;

/** Throws a {@link MisfitError} if there are any. Its message shows no text. */
export function refuseMisfits(name: CharsetName, misfits: readonly Misfit[]): void {
  if (misfits.length) throw Object.defineProperty(new RangeError(`the text ${countMisfits(name, misfits)}`), 'misfits', { value: misfits });
}
