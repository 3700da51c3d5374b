import { type Check, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';

/** Creates a check for one of a few values. */
export const checkChoice = (values: readonly unknown[]): Check =>
  checkThat((value) => values.includes(value), `one of ${values.join(', ')}`);

/** Creates a check for a text that matches a pattern. */
export const checkPattern = (pattern: RegExp, expected: string): Check =>
  checkThat((value) => typeof value === 'string' && pattern.test(value), expected);

/**
 * Creates a field for one of a few values. `wire` maps each value to the value of the parameter; `undefined` writes no
 * parameter.
 */
export const choice = <Value extends string>(
  param: string,
  wire: Readonly<Record<Value, string | number | undefined>>,
): Field<Value> => ({
  params: [param],
  check: checkChoice(Object.keys(wire)),
  encode: (value) => wire[value],
});
