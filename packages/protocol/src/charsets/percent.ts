import type { CharsetName } from '../wire.ts';
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

/** Most places that an error names. */
const enough = 10;

/** Throws an error that says how many characters do not fit and where, and not which text they are from. */
export function refuseMisfits(name: CharsetName, misfits: readonly Misfit[]): never {
  const places = misfits.slice(0, enough).map((misfit) => misfit.index).join(', ');
  const more = misfits.length > enough ? ` and ${misfits.length - enough} more` : '';
  throw new RangeError(`${name} lacks the characters at ${places}${more}`);
}
