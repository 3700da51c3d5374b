import { complain, type Field, isObject, typeName, unknownMembers } from '../fields.ts';
import { checkWhole } from './number.ts';

/** A mailing stretched over time, so that the messages arrive by and by. */
export interface Spread {
  /** Over how many hours: 0.1 to 720. */
  readonly over: number;
  /** How many minutes between one group of numbers and the next: 1 to 1440. The gateway sizes the groups. */
  readonly every?: number | undefined;
}

const minHours = 0.1;
const maxHours = 720;

/** `period` with or without `freq`. The gateway ignores `freq` alone, so this type cannot say it. */
export const spread: Field<Spread> = {
  params: ['period', 'freq'],
  check: (value, path) => {
    if (!isObject(value)) return complain(path, `is ${typeName(value)}; expected { over, every? }`);
    const { over, every } = value;
    const valid = typeof over === 'number' && over >= minHours && over <= maxHours;
    return [
      ...unknownMembers(value, ['over', 'every'], path),
      ...(valid ? [] : complain(`${path}.over`, `is ${typeof over === 'number' ? over : typeName(over)}; expected ${minHours} to ${maxHours} hours`)),
      ...(every === undefined ? [] : checkWhole(every, `${path}.every`, 1, 1440, 'minutes')),
    ];
  },
  encode: ({ over, every }) => ({ period: over, ...(every === undefined ? {} : { freq: every }) }),
};
