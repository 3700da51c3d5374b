import { complain, type Field, isObject, typeName, unknownMembers } from '../fields.ts';
import { checkWhole } from './number.ts';

/** How long the operator tries to deliver: from 00:01 to 24:00. */
export interface Validity {
  /** Whole hours, 0 to 24. Default 0. */
  readonly hours?: number | undefined;
  /** Whole minutes, 0 to 59. Given, even as 0, the form `hh:mm` is written; else whole hours. */
  readonly minutes?: number | undefined;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** `valid`, in hours or as `hh:mm`. */
export const validity: Field<Validity> = {
  params: ['valid'],
  check: (value, path) => {
    if (!isObject(value)) return complain(path, `is ${typeName(value)}; expected { hours?, minutes? }`);
    const { hours = 0, minutes = 0 } = value;
    const issues = [
      ...unknownMembers(value, ['hours', 'minutes'], path),
      ...checkWhole(hours, `${path}.hours`, 0, 24, 'hours'),
      ...checkWhole(minutes, `${path}.minutes`, 0, 59, 'minutes'),
    ];
    if (issues.length > 0) return issues;
    const total = (hours as number) * 60 + (minutes as number);
    return total >= 1 && total <= 1440 ? [] : complain(path, 'expected 1 minute to 24 hours');
  },
  encode: ({ hours = 0, minutes }) => ({ valid: minutes === undefined ? hours : `${two(hours)}:${two(minutes)}` }),
};
