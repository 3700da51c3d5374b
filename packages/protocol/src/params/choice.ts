import { type Check, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';

/** Complains of anything but one of a few values. */
export const checkChoice = (values: readonly unknown[]): Check =>
  checkThat((value) => values.includes(value), `one of ${values.join(', ')}`);

/** Complains of anything but a text of this pattern. */
export const checkPattern = (pattern: RegExp, expected: string): Check =>
  checkThat((value) => typeof value === 'string' && pattern.test(value), expected);

/** One of a few values, each with its value on the wire. `undefined` writes no parameter. */
export const choice = <Value extends string>(
  param: string,
  wire: Readonly<Record<Value, string | number | undefined>>,
): Field<Value> => ({
  params: [param],
  check: checkChoice(Object.keys(wire)),
  encode: (value) => wire[value],
});
