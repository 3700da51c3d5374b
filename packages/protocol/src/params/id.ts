import { checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';
import { isWhole } from './number.ts';

/** Nothing that reads as a number, in PHP too: `007`, `1e5` and `-3` could come back as 7, 100000 and -3. */
const name = /^(?!-?(?:\d+\.?|\d*\.\d+)(?:e[+-]?\d+)?$)[\w.-]{1,40}$/i;

/**
 * A message's id: a whole number from 1 to 2147483647, or up to 40 characters of `A-Z a-z 0-9 . - _`.
 *
 * Digits alone are a number to the gateway, so a text of digits must be in the number's range and without zeros in front:
 * what becomes of another one is not documented, and an id that comes back as another could not be asked for. The same
 * goes for what only reads like a number, such as `1e5`.
 */
export const id: Field<string | number> = /* @__PURE__ */ asIs(
  'id',
  /* @__PURE__ */ checkThat(
    (value) =>
      typeof value === 'string'
        ? name.test(value) || (/^[1-9]\d*$/.test(value) && Number(value) <= 2147483647)
        : isWhole(value, 1, 2147483647),
    'a whole number from 1 to 2147483647, or 1 to 40 of A-Z a-z 0-9 . - _',
  ),
);
