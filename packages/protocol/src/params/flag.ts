import { checkFlag } from '../core/checks.ts';
import type { Field } from '../core/field.ts';

/** Creates a field that writes `true` as `1` and leaves `false` out, because it is the gateway's default. */
export const flag = (param: string): Field<boolean> => ({
  params: [param],
  check: checkFlag,
  encode: (value) => (value ? 1 : undefined),
});

/** Creates a field that writes `true` as `1` and `false` as `0`. For settings that stay unchanged without the parameter. */
export const toggle = (param: string): Field<boolean> => ({
  params: [param],
  check: checkFlag,
  encode: Number,
});
