import { readDay } from '../params/day.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';

const day = 86_400_000;

/** Period of time in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  /** First instant after the period. */
  readonly to: number;
}

/**
 * Reads `start` and `end`, the first and the last day of a period in the account's time zone. Assumption: without a first or
 * last day the period is open at that end. Returns `undefined` for an invalid day, or if the end is before the start.
 */
export function readPeriod(context: RequestContext): Period | undefined {
  const { utcOffset } = context.account;
  const [start, end] = [valueOf(context, 'start'), valueOf(context, 'end')];
  const from = start === '' ? -Infinity : readDay(start, utcOffset);
  const last = end === '' ? Infinity : readDay(end, utcOffset);
  if (from === undefined || last === undefined || from > last) return undefined;
  return { from, to: last + day };
}
