import type { Check, Field } from '../fields.ts';
import type { ParamValue } from '../wire.ts';

/** A value that is sent as it is. */
export const asIs = <Value extends ParamValue>(param: string, check: Check): Field<Value> => ({
  params: [param],
  check,
  encode: (value) => ({ [param]: value }),
});
