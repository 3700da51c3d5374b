import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';
import { isWhole } from './number.ts';

/** A number that the gateway gave to something: a template, a group, a mailing. Digits, as a number or as text. */
export type RecordId = string | number;

/** Complains of what no number of the gateway's can be. */
const checkRecord: Check = (value, at) => {
  const valid =
    typeof value === 'string' ? /^[1-9]\d{0,18}$/.test(value) : isWhole(value, 1, Number.MAX_SAFE_INTEGER);
  at.expect(valid, value, 'a number that the gateway gave, digits only');
};

/** A number that the gateway gave. */
export const record = (param: string): Field<RecordId> => asIs(param, checkRecord);

/** One or more of them. */
export const records = (param: string): Field<RecordId | readonly RecordId[]> => ({
  params: [param],
  check: (value, at) => {
    if (!Array.isArray(value)) checkRecord(value, at);
    else if (value.length === 0) at.addIssue('needs at least one');
    else for (const [index, each] of value.entries()) checkRecord(each, at.inside(`[${index}]`));
  },
  encode: String,
});
