import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';

/** Creates a field whose value is sent unchanged. */
export const asIs = <Value extends string | number>(param: string, check: Check): Field<Value> => ({
  params: [param],
  check,
  encode: (value) => value,
});
