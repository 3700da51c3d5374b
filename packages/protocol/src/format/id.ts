import type { Field } from '../fields.ts';
import { asIs } from './as-is.ts';
import { isWhole } from './number.ts';

/** Largest number that an id can be. */
const maxNumber = 2147483647;

const isId = (value: unknown): boolean => {
  const isText = typeof value === 'string' && /^[A-Za-z0-9._-]{1,40}$/.test(value);
  return isText && !/^\d+$/.test(value) ? true : isWhole(isText ? Number(value) : value, 1, maxNumber);
};

/**
 * A message's id: a whole number from 1 to 2147483647, or up to 40 characters of `A-Z a-z 0-9 . - _`.
 *
 * Digits alone are a number to the gateway, so a text of digits must be in the number's range: what becomes of a larger
 * one is not documented, and an id that comes back as another could not be asked for.
 */
export const id: Field<string | number> = /* @__PURE__ */ asIs('id', (value, at) => {
  at.expect(isId(value), value, `a whole number from 1 to ${maxNumber}, or 1 to 40 of A-Z a-z 0-9 . - _`);
});
