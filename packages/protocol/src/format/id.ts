import { complain, type Field, fine } from '../fields.ts';

/** Largest number that an id can be. */
const maxNumber = 2147483647;

/**
 * A message's id: a whole number from 1 to 2147483647, or up to 40 characters of `A-Z a-z 0-9 . - _`.
 *
 * Digits alone are a number to the gateway, so a text of digits must be in the number's range: what becomes of a larger
 * one is not documented, and an id that comes back as another could not be asked for.
 */
export const id: Field<string | number> = {
  params: ['id'],
  check: (value, path) => {
    const written = typeof value === 'number' ? String(value) : value;
    if (typeof written !== 'string' || !/^[A-Za-z0-9._-]{1,40}$/.test(written)) {
      const found = typeof value === 'string' ? ` (has ${value.length} characters)` : '';
      return complain(path, `expected a whole number from 1 to ${maxNumber}, or 1 to 40 of A-Z a-z 0-9 . - _${found}`);
    }
    if (typeof value === 'string' && !/^\d+$/.test(value)) return fine;
    const number = Number(written);
    if (Number.isInteger(number) && number >= 1 && number <= maxNumber) return fine;
    return complain(path, `is a number outside 1 to ${maxNumber}`);
  },
  encode: (value) => ({ id: value }),
};
