import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';

/** A day of the calendar, `YYYY-MM-DD`, in the zone of the account's settings. */
export type Day = `${number}-${number}-${number}`;

const isDay = (value: unknown): value is Day => {
  if (typeof value !== 'string' || !/^(?:19|20)\d\d-\d\d-\d\d$/.test(value)) return false;
  const ms = Date.parse(`${value}T00:00Z`);
  // The 31st of February is read as a day of March, and no longer reads as it was written.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
};

/** Complains of a day that no calendar has. */
const checkDay: Check = (value, at) =>
  void at.expect(isDay(value), value, 'a day that exists, as YYYY-MM-DD');

/** A day as the gateway writes it: `DD.MM.YYYY`. */
const toWireDay = (day: Day): string => day.split('-').reverse().join('.');

/** A day of the gateway's as ours; anything else as it came. */
export const fromWireDay = (text: string): string => text.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');

/** A day. */
export const day = (param: string): Field<Day> => ({ params: [param], check: checkDay, encode: toWireDay });

/** So many months later by the digits alone: it need not be a day that exists, only to compare with one. */
const monthsLater = (value: Day, months: number): string => {
  const [year, month, rest] = value.split('-').map(Number) as [number, number, number];
  const count = year * 12 + month - 1 + months;
  return [
    String(Math.floor(count / 12)),
    String((count % 12) + 1).padStart(2, '0'),
    String(rest).padStart(2, '0'),
  ].join('-');
};

/** Complains of a period that ends before it begins, or is longer than what is documented. */
export function checkPeriod(
  { from, to }: UnknownRecord,
  at: IssueContext,
  maxMonths: number = Infinity,
): void {
  if (!isDay(from) || !isDay(to)) return;
  if (to < from) at.inside('to').addIssue('is before from');
  else if (maxMonths < Infinity && to > monthsLater(from, maxMonths))
    at.inside('to').addIssue(`is more than ${maxMonths} months after from`);
}
