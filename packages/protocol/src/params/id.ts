import { checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';
import { isWhole } from '../core/whole.ts';

/** Matches ids that PHP does not read as a number. PHP could convert `007`, `1e5` and `-3` to 7, 100000 and -3. */
const namePattern = /^(?!-?(?:\d+\.?|\d*\.\d+)(?:e[+-]?\d+)?$)[\w.-]{1,40}$/i;

/**
 * Id of a message: a whole number from 1 to 2147483647, or up to 40 characters of `A-Z a-z 0-9 . - _`.
 *
 * The gateway reads a text of digits as a number, so such a text must be in the same range and must not start with a
 * zero. Other texts that look like a number, such as `1e5`, are rejected: the gateway might convert them to a different
 * id, and then you could not query the message.
 */
export const id: Field<string | number> = /* @__PURE__ */ asIs(
  'id',
  /* @__PURE__ */ checkThat(
    (value) =>
      typeof value === 'string'
        ? namePattern.test(value) || (/^[1-9]\d*$/.test(value) && Number(value) <= 2147483647)
        : isWhole(value, 1, 2147483647),
    'a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number',
  ),
);
