import { complain, type Field, fine } from '../fields.ts';
import type { ParamValue } from '../wire.ts';

/** One of a few values, each with what it is on the wire. */
export const choice = <Value extends string | number>(param: string, wire: Readonly<Record<Value, ParamValue>>): Field<Value> => ({
  params: [param],
  check: (value, path) =>
    (typeof value === 'string' || typeof value === 'number') && Object.hasOwn(wire, value)
      ? fine
      : complain(path, `expected one of ${Object.keys(wire).join(', ')}`),
  encode: (value) => ({ [param]: wire[value] }),
});
