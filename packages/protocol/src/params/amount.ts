import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';

/**
 * Creates a field for an exact decimal amount above zero. The amount is text, because a float is not exact. With
 * `signed`, the amount may also be below zero.
 */
export const amount = (param: string, signed = false): Field<string> =>
  asIs(param, (value, at) => {
    const valid =
      typeof value === 'string' &&
      /^-?\d{1,12}(?:\.\d{1,4})?$/.test(value) &&
      /[1-9]/.test(value) &&
      (signed || !value.startsWith('-'));
    at.expect(
      valid,
      value,
      `a decimal number${signed ? '' : ' above zero'} with at most 4 decimal places as text, such as '100.50'`,
    );
  });
