import { type Check, checkOneOrEach } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';
import { isWhole } from '../core/whole.ts';

/** Id that the gateway assigned, for example to a template, a group or a job: a number, or a text of digits. */
export type RecordId = string | number;

/** Adds an issue if the value cannot be an id of the gateway. */
const checkRecord: Check = (value, at) => {
  const valid =
    typeof value === 'string' ? /^[1-9]\d{0,18}$/.test(value) : isWhole(value, 1, Number.MAX_SAFE_INTEGER);
  at.expect(valid, value, 'an id from the gateway, digits only');
};

/** Creates a field for one id. */
export const record = (param: string): Field<RecordId> => asIs(param, checkRecord);

/** Creates a field for one or more ids. */
export const records = (param: string): Field<RecordId | readonly RecordId[]> => ({
  params: [param],
  check: checkOneOrEach(checkRecord),
  encode: String,
});
