import { complain, type Field, fine, typeName } from '../fields.ts';
import type { Issue } from '../errors.ts';

/** Complains of anything but a whole number from `min` to `max`. */
export const checkWhole = (value: unknown, path: string, min: number, max: number, unit = ''): readonly Issue[] =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
    ? fine
    : complain(path, `is ${typeof value === 'number' ? value : typeName(value)}; expected a whole number${unit && ` of ${unit}`} from ${min} to ${max}`);

/** A whole number in a range, sent as it is. */
export const whole = (param: string, min: number, max: number, unit = ''): Field<number> => ({
  params: [param],
  check: (value, path) => checkWhole(value, path, min, max, unit),
  encode: (value) => ({ [param]: value }),
});
