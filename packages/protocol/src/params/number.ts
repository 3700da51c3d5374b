import type { Check, Field } from '../core/field.ts';
import { asIs } from './as-is.ts';

/** A whole number in a range. */
export const isWhole = (value: unknown, min: number, max: number): boolean =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

/** A number that is out of its range is worth seeing, unless it is as long as somebody's phone. */
const shown = (value: number): string => {
  const digits = String(value).replace(/\D/g, '').length;
  return digits < 9 ? String(value) : `a number of ${digits} digits`;
};

/** Complains of anything but a whole number in a range. */
export const checkWhole =
  (min: number, max: number, unit = ''): Check =>
  (value, at) => {
    if (isWhole(value, min, max)) return;
    const expected = `a whole number from ${min} to ${max}${unit}`;
    if (typeof value === 'number') at.addIssue(`expected ${expected}, got ${shown(value)}`);
    else at.expect(false, value, expected);
  };

/** A whole number in a range, sent as it is. */
export const whole = (param: string, min: number, max: number, unit?: string): Field<number> =>
  asIs(param, checkWhole(min, max, unit));
