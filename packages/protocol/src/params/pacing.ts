import { checkShape, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn } from '../core/own-members.ts';
import { checkWhole } from './number.ts';

/** Spreads the messages of one request over time. */
export interface Pacing {
  /** Period over which the messages are sent, in hours: 0.1 to 720. */
  readonly hours: number;
  /**
   * Interval between two groups of numbers, in minutes: 1 to 1440. The gateway decides how large a group is. Default:
   * 60 minutes, chosen by the gateway (source: a third party).
   */
  readonly everyMinutes?: number | undefined;
}

/** `period`, with or without `freq`. The gateway ignores `freq` without `period`, so `hours` is required. */
export const pacing: Field<Pacing> = {
  params: ['period', 'freq'],
  check: (value, at) =>
    checkShape(
      value,
      at,
      {
        hours: checkThat(
          (hours) => typeof hours === 'number' && hours >= 0.1 && hours <= 720,
          '0.1 to 720 hours',
        ),
      },
      { everyMinutes: checkWhole(1, 1440, ' minutes') },
    ),
  encode: (value) => {
    const { hours, everyMinutes } = copyOwn(value);
    return everyMinutes ? { period: hours, freq: everyMinutes } : hours;
  },
};
