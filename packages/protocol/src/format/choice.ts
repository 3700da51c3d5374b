import type { Check, Field } from '../fields.ts';
import type { ParamValue } from '../wire.ts';

/** Complains of anything but one of a few values. */
export const checkChoice =
  (values: readonly unknown[]): Check =>
  (value, at) => {
    at.expect(values.includes(value), value, `one of ${values.join(', ')}`);
  };

/** Complains of anything but a text of this pattern. */
export const checkPattern =
  (pattern: RegExp, expected: string): Check =>
  (value, at) => {
    at.expect(typeof value === 'string' && pattern.test(value), value, expected);
  };

/** One of a few values, each with what it is on the wire. */
export const choice = <Value extends string>(param: string, wire: Readonly<Record<Value, ParamValue>>): Field<Value> => ({
  params: [param],
  check: checkChoice(Object.keys(wire)),
  encode: (value) => ({ [param]: wire[value] }),
});
