import { type Check, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';

const checkFlag: Check = /* @__PURE__ */ checkThat((value) => typeof value === 'boolean', 'true or false');

/** `true` becomes `1`; `false` is the gateway's default and is left out. */
export const flag = (param: string): Field<boolean> => ({
  params: [param],
  check: checkFlag,
  encode: (value) => (value ? 1 : undefined),
});

/** `true` becomes `1` and `false` becomes `0`: where leaving it out would leave a setting as it is. */
export const toggle = (param: string): Field<boolean> => ({
  params: [param],
  check: checkFlag,
  encode: Number,
});
