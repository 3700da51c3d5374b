import type { Attachment, Params, ParamValue } from '../exchange/wire.ts';
import type { Check } from './checks.ts';
import type { UnknownRecord } from './own-members.ts';

/** Parts of a request, filled while the fields of an input are encoded. */
export interface RequestParts {
  /** Parameters by name. */
  readonly params: Record<string, ParamValue>;
  /** Files, in order. */
  readonly files: Attachment[];
  /** Recipients in the form of the request: numbers without separators, groups as `G5`. Includes duplicates. */
  readonly recipients: string[];
}

/** Check of one input member, and conversion of the member to request parameters. */
export interface Field<Value> {
  /** All parameters that the field can write. */
  readonly params: readonly string[];
  /** Adds an issue for each problem of the value. Not called for `undefined`. */
  readonly check: Check;
  /**
   * Converts a checked value to parameters, and adds files and recipients to `parts`. A returned text or number becomes
   * the value of the first parameter in `params`; `undefined` writes no parameter. `input` is the whole input, for
   * parameters that combine several members.
   */
  readonly encode: (
    value: Value,
    input: UnknownRecord,
    parts: Pick<RequestParts, 'files' | 'recipients'>,
  ) => Params | string | number | undefined;
}
