import { type RequestContext, valueOf } from '../state/request-context.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** From an instant until another one, which is not in it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Reads `dd.mm.yyyy`: when that day begins in a time zone. `undefined` for what is no day. */
export function readDay(written: string, utcOffset: number): number | undefined {
  const match = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(written);
  if (!match) return undefined;
  const [date = 0, month = 0, year = 0] = match.slice(1).map(Number);
  const utc = Date.UTC(year, month - 1, date);
  const read = new Date(utc);
  return year >= 100 && read.getUTCDate() === date && read.getUTCMonth() === month - 1
    ? utc - utcOffset * hour
    : undefined;
}

/**
 * Reads `start` and `end`, days of the account's calendar that both belong to the period. One that is missing is no bound:
 * assumed. `undefined` when one is no day, or the end comes before the start.
 */
export function readPeriod(call: RequestContext): Period | undefined {
  const [start, end] = [valueOf(call, 'start'), valueOf(call, 'end')];
  const from = start === '' ? -Infinity : readDay(start, call.account.utcOffset);
  const last = end === '' ? Infinity : readDay(end, call.account.utcOffset);
  if (from === undefined || last === undefined || from > last) return undefined;
  return { from, to: last + day };
}
