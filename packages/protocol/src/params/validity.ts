import { checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';
import { isWhole } from './number.ts';

/** How long the operator tries to deliver: whole hours from 1 to 24, or `hh:mm` from 00:01 to 24:00. */
export type Validity = number | `${number}:${number}`;

/** `valid`, in either form. */
export const validity: Field<Validity> = /* @__PURE__ */ asIs(
  'valid',
  /* @__PURE__ */ checkThat(
    (value) =>
      isWhole(value, 1, 24) ||
      (typeof value === 'string' && /^(?!00:00)(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value)),
    '1 to 24 hours, or hh:mm from 00:01 to 24:00',
  ),
);
