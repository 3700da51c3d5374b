import { checkEach, checkShape, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { Attachment } from '../exchange/wire.ts';
import { checkPattern } from './choice.ts';

/**
 * Returns true for bytes, a `Blob` or a `File`. Compares the string tag instead of the class, so that blobs of other
 * realms and of node-fetch are accepted too. A `Response` has a different tag.
 */
const isContent = (value: unknown): boolean =>
  value instanceof Uint8Array || /^\[object (?:Blob|File)\]$/.test(Object.prototype.toString.call(value));

/** Files that are sent with the parameters, in order. The text of an e-mail refers to the first file as `<file 1>`. */
export const files: Field<readonly Attachment[]> = {
  params: [],
  check: (value, at) =>
    checkEach(value, at, (file, fileAt) =>
      checkShape(file, fileAt, {
        // Excludes characters that could break a header, form a path or change the writing direction.
        name: checkPattern(
          /^(?!\.{1,2}$)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069"\\/:*?<>|]{1,255}$/u,
          'a file name without path or quotes',
        ),
        content: checkThat(isContent, 'a Uint8Array, a Blob or a File'),
      }),
    ),
  encode: (value, _input, { files }) => {
    for (const file of value) files.push(file);
    return undefined;
  },
};
