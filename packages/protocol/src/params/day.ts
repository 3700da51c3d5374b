import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';

/** Calendar day as `YYYY-MM-DD`, in the time zone of the account's settings. */
export type Day = `${number}-${number}-${number}`;

const isDay = (value: unknown): value is Day => {
  if (typeof value !== 'string' || !/^(?:19|20)\d\d-\d\d-\d\d$/.test(value)) return false;
  const ms = Date.parse(`${value}T00:00Z`);
  // Rejects days that do not exist: `Date` converts 31 February to a day of March, so the result differs from the text.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
};

/** Adds an issue if the value is not an existing day. */
const checkDay: Check = (value, at) => void at.expect(isDay(value), value, 'an existing day as YYYY-MM-DD');

/** Writes a day in the gateway's form, `DD.MM.YYYY`. */
const toWireDay = (day: Day): string => day.split('-').reverse().join('.');

/** Converts `DD.MM.YYYY` to `YYYY-MM-DD`. Returns any other text unchanged. */
export const fromWireDay = (text: string): string => text.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');

/** Creates a field for a day. */
export const day = (param: string): Field<Day> => ({ params: [param], check: checkDay, encode: toWireDay });

/**
 * Adds months to a day. The result can be a day that does not exist, such as 31 February. It is only compared with
 * other days.
 */
const monthsLater = (value: Day, months: number): string => {
  const [year, month, rest] = value.split('-').map(Number) as [number, number, number];
  const count = year * 12 + month - 1 + months;
  return [
    String(Math.floor(count / 12)),
    String((count % 12) + 1).padStart(2, '0'),
    String(rest).padStart(2, '0'),
  ].join('-');
};

/** Adds an issue if `to` is before `from`, or if the period is longer than `maxMonths`. */
export function checkPeriod(
  { from, to }: UnknownRecord,
  at: IssueContext,
  maxMonths: number = Infinity,
): void {
  if (!isDay(from) || !isDay(to)) return;
  if (to < from) at.inside('to').addIssue('is before `from`');
  else if (maxMonths < Infinity && to > monthsLater(from, maxMonths))
    at.inside('to').addIssue(`is more than ${maxMonths} months after \`from\``);
}
