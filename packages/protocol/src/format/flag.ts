import { complain, type Field, fine, typeName } from '../fields.ts';

/** `true` becomes `1`; `false` is the gateway's default and is left out. */
export const flag = (param: string): Field<boolean> => ({
  params: [param],
  check: (value, path) => (typeof value === 'boolean' ? fine : complain(path, `is ${typeName(value)}; expected true or false`)),
  encode: (value): Record<string, number> => (value ? { [param]: 1 } : {}),
});
