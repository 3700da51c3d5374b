import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';

/** Creates a check for a whole number in a range, both limits included. */
export const checkWhole =
  (min: number, max: number, unit = ''): Check =>
  (value, at) =>
    void at.expectWhole(value, min, max, unit);

/** Creates a field for a whole number in a range, sent unchanged. */
export const whole = (param: string, min: number, max: number, unit?: string): Field<number> =>
  asIs(param, checkWhole(min, max, unit));
