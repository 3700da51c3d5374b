import { checkShape, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn } from '../core/own-members.ts';
import { checkWhole } from './number.ts';

/** A mailing stretched over time, so that the messages arrive by and by. */
export interface Pacing {
  /** Over how many hours: 0.1 to 720. */
  readonly over: number;
  /** How many minutes between one group of numbers and the next: 1 to 1440. The gateway sizes the groups. Its default is 60 (third party). */
  readonly every?: number | undefined;
}

/** `period` with or without `freq`. The gateway ignores `freq` alone, so this type cannot say it. */
export const pacing: Field<Pacing> = {
  params: ['period', 'freq'],
  check: (value, at) =>
    checkShape(
      value,
      at,
      {
        over: checkThat((over) => typeof over === 'number' && over >= 0.1 && over <= 720, '0.1 to 720 hours'),
      },
      { every: checkWhole(1, 1440, ' minutes') },
    ),
  encode: (value) => {
    const { over, every } = copyOwn(value);
    return every ? { period: over, freq: every } : over;
  },
};
