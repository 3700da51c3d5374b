import type { Attachment, Params } from '../exchange/wire.ts';
import type { Check } from './checks.ts';
import type { UnknownRecord } from './own-members.ts';

/** One member of an input: the values it accepts, and the parameters they become. */
export interface Field<Value> {
  /** All parameters that the field can write. */
  readonly params: readonly string[];
  /** Adds an issue for each thing that is wrong with the value. Not called for `undefined`. */
  readonly check: Check;
  /**
   * Turns a checked value into parameters. A text or a number alone becomes the first of `params`; `undefined` writes no
   * parameter. `input` is the whole input, for members that are sent together.
   */
  readonly encode: (value: Value, input: UnknownRecord) => Params | string | number | undefined;
  /** Returns the files of the value. */
  readonly files?: (value: Value) => readonly Attachment[];
}
