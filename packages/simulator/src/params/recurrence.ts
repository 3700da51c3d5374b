const hour = 3_600_000;
const day = 24 * hour;

/** `rpt`: how often a mailing sends itself again. Source: third party. */
export type Recurrence =
  'never' | 'hourly' | 'daily' | 'working days' | 'weekends' | 'weekly' | 'monthly' | 'yearly';

const repeats: readonly Recurrence[] = [
  'never',
  'hourly',
  'daily',
  'working days',
  'weekends',
  'weekly',
  'monthly',
  'yearly',
];

/** Reads `rpt`. `undefined` for a number that means nothing. */
export const readRecurrence = (rpt: string): Recurrence | undefined =>
  rpt === '' ? 'never' : /^[0-7]$/.test(rpt) ? repeats[Number(rpt)] : undefined;

/** Where `rptn` is not given. Not known: assumed, so that nothing goes on for ever. */
const defaultTimes = 1000;

/** Reads `rptn`: how often at most, 1 to 10000; 0 is as if it were not there. The ceiling is assumed. */
export function readRepeatLimit(rptn: string): number | undefined {
  if (rptn === '' || rptn === '0') return defaultTimes;
  return /^\d{1,5}$/.test(rptn) && Number(rptn) <= 10_000 ? Number(rptn) : undefined;
}

const isWeekend = (local: number): boolean => [0, 6].includes(new Date(local).getUTCDay());

/** The same day of another month, or its last day where it has none such: assumed. */
function monthsLater(local: number, months: number): number {
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (((local % day) + day) % day);
}

/** The next day of a sort after a day. */
function nextDay(local: number, fits: (local: number) => boolean): number {
  let next = local + day;
  while (next < 8.64e15 && !fits(next)) next += day;
  return next;
}

/**
 * When a mailing is sent again.
 *
 * @param first when it was sent first: the days of months are counted from there, so that the 31st comes back after February
 * @param last when it was sent last
 * @param times how often it was sent
 * @param zone hours from UTC, in which days and months are meant
 */
export function nextRun(
  repeat: Exclude<Recurrence, 'never'>,
  {
    first,
    last,
    times,
    zone,
  }: { readonly first: number; readonly last: number; readonly times: number; readonly zone: number },
): number {
  const offset = zone * hour;
  const local = last + offset;
  switch (repeat) {
    case 'hourly':
      return last + hour;
    case 'daily':
      return last + day;
    case 'weekly':
      return last + 7 * day;
    case 'working days':
      return nextDay(local, (at) => !isWeekend(at)) - offset;
    case 'weekends':
      return nextDay(local, isWeekend) - offset;
    case 'monthly':
      return monthsLater(first + offset, times) - offset;
    case 'yearly':
      return monthsLater(first + offset, times * 12) - offset;
  }
}
