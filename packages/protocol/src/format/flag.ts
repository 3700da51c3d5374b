import type { Field } from '../fields.ts';

/** `true` becomes `1`; `false` is the gateway's default and is left out. */
export const flag = (param: string): Field<boolean> => ({
  params: [param],
  check: (value, at) => void at.expect(typeof value === 'boolean', value, 'true or false'),
  encode: (value): Record<string, number> => (value ? { [param]: 1 } : {}),
});
