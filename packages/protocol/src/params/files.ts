import { checkEach, checkShape, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { Attachment } from '../exchange/wire.ts';
import { checkPattern } from './choice.ts';

/** By its tag, which blobs of every realm and of node-fetch have, and a `Response` has not. */
const isContent = (value: unknown): boolean =>
  value instanceof Uint8Array || /^\[object (?:Blob|File)\]$/.test(Object.prototype.toString.call(value));

/** Files that travel beside the parameters, in order. The first is `<file 1>` in the text of an e-mail. */
export const files: Field<readonly Attachment[]> = {
  params: [],
  check: (value, at) =>
    checkEach(value, at, (file, place) =>
      checkShape(file, place, {
        // No header can be broken with it, it is no path, and it reads as it is: nothing in it turns the direction of writing.
        name: checkPattern(
          /^(?!\.{1,2}$)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069"\\/:*?<>|]{1,255}$/u,
          'a name without path or quotes',
        ),
        content: checkThat(isContent, 'a Uint8Array, a Blob or a File'),
      }),
    ),
  encode: () => undefined,
  files: (value) => value,
};
