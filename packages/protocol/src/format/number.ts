import type { Check, Field } from '../fields.ts';
import { asIs } from './as-is.ts';

/** A whole number in a range. */
export const isWhole = (value: unknown, min: number, max: number): boolean => Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

/** Complains of anything but a whole number in a range. */
export const checkWhole =
  (min: number, max: number, unit = ''): Check =>
  (value, at) => {
    const expected = `a whole number from ${min} to ${max}${unit}`;
    // A number out of a range is nobody's phone or code, and worth seeing.
    if (typeof value !== 'number') at.expect(false, value, expected);
    else if (!isWhole(value, min, max)) at.complain(`expected ${expected}, got ${value}`);
  };

/** A whole number in a range, sent as it is. */
export const whole = (param: string, min: number, max: number, unit?: string): Field<number> => asIs(param, checkWhole(min, max, unit));
