import type { Attachment, Params, ParamValue } from '../exchange/wire.ts';
import type { Check } from './checks.ts';
import type { UnknownRecord } from './own-members.ts';

/** Parts of a request that fields add to while they are encoded. */
export interface RequestParts {
  /** Parameters by name. */
  readonly params: Record<string, ParamValue>;
  /** Files, in order. */
  readonly files: Attachment[];
  /** Recipients as the request contains them, duplicates included: numbers without separators, groups as `G5`. */
  readonly recipients: string[];
}

/** One member of an input: its check, and its encoding as parameters. */
export interface Field<Value> {
  /** All parameters that the field can write. */
  readonly params: readonly string[];
  /** Adds an issue for each problem of the value. Not called for `undefined`. */
  readonly check: Check;
  /**
   * Converts a checked value to parameters. A single text or number becomes the value of the first of `params`;
   * `undefined` writes no parameter. `input` is the whole input, for members that are sent together. Adds files and
   * recipients to `parts`.
   */
  readonly encode: (
    value: Value,
    input: UnknownRecord,
    parts: Pick<RequestParts, 'files' | 'recipients'>,
  ) => Params | string | number | undefined;
}
