import { type Checks, checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn, isObject } from '../core/own-members.ts';
import { checkWhole } from './number.ts';

/** Time during which the operator tries to deliver: whole hours from 1 to 24, or whole minutes from 1 to 1440. */
export type Validity =
  | {
      /** Whole hours, 1 to 24. */
      readonly hours: number;
    }
  | {
      /** Whole minutes, 1 to 1440. */
      readonly minutes: number;
    };

const inHours: Checks = { hours: /* @__PURE__ */ checkWhole(1, 24) };
const inMinutes: Checks = { minutes: /* @__PURE__ */ checkWhole(1, 1440) };

/** `valid`: hours as a number, minutes as `hh:mm` from 00:01 to 24:00. */
export const validity: Field<Validity> = {
  params: ['valid'],
  check: (value, at) => {
    if (!isObject(value) || (Object.hasOwn(value, 'hours') && Object.hasOwn(value, 'minutes')))
      at.expect(false, value, 'either { hours } or { minutes }');
    else checkShape(value, at, Object.hasOwn(value, 'minutes') ? inMinutes : inHours);
  },
  encode: (value) => {
    const { hours, minutes = 0 } = copyOwn<{ readonly hours?: number; readonly minutes?: number }>(value);
    return (
      hours ?? [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
    );
  },
};
