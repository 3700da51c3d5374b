import type { Field } from '../fields.ts';

/** `true` becomes `1`; `false` is the gateway's default and is left out. */
export const flag = (param: string): Field<boolean> => ({
  params: [param],
  check: (value, at) => void at.expect(typeof value === 'boolean', value, 'true or false'),
  encode: (value): Record<string, number> => (value ? { [param]: 1 } : {}),
});

/** `true` becomes `1` and `false` becomes `0`: where leaving it out would leave a setting as it is. */
export const toggle = (param: string): Field<boolean> => ({
  params: [param],
  check: (value, at) => void at.expect(typeof value === 'boolean', value, 'true or false'),
  encode: (value) => ({ [param]: value ? 1 : 0 }),
});
