const hour = 3_600_000;
const day = 24 * hour;

/** Recurrence of a job, the parameter `rpt`. Source: third party. */
export type Recurrence =
  'never' | 'hourly' | 'daily' | 'working days' | 'weekends' | 'weekly' | 'monthly' | 'yearly';

/** Recurrences by their value of `rpt`, from 0. */
const recurrences: readonly Recurrence[] = [
  'never',
  'hourly',
  'daily',
  'working days',
  'weekends',
  'weekly',
  'monthly',
  'yearly',
];

/** Reads `rpt`. Returns `undefined` for an unknown value. */
export function readRecurrence(rpt: string): Recurrence | undefined {
  if (rpt === '') return 'never';
  return /^[0-7]$/.test(rpt) ? recurrences[Number(rpt)] : undefined;
}

/** Default of `rptn`, an assumption. With this default, no job runs forever. */
const defaultRepeatLimit = 1000;

/** Reads `rptn`, the maximum number of repetitions: 1 to 10000. 0 counts as absent. The upper bound is an assumption. */
export function readRepeatLimit(rptn: string): number | undefined {
  if (rptn === '' || rptn === '0') return defaultRepeatLimit;
  return /^\d{1,5}$/.test(rptn) && Number(rptn) <= 10_000 ? Number(rptn) : undefined;
}

const isWeekend = (local: number): boolean => [0, 6].includes(new Date(local).getUTCDay());

/** Returns the same day of a later month, or the last day of that month if the month is too short. Assumption. */
function addMonths(local: number, months: number): number {
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (((local % day) + day) % day);
}

/** Returns the next day that matches a condition. */
function nextDay(local: number, matches: (local: number) => boolean): number {
  let next = local + day;
  while (next < 8.64e15 && !matches(next)) next += day;
  return next;
}

/** Runs of a job so far. */
export interface PastRuns {
  /**
   * Instant of the first run. Months are counted from this day, so that a job that starts on a 31st runs on the last day of a shorter
   * month, and on the 31st again afterwards.
   */
  readonly first: number;
  /** Instant of the last run. */
  readonly last: number;
  /** Number of runs. */
  readonly times: number;
  /** Time zone of days and months, in hours from UTC. */
  readonly zone: number;
}

/** Returns the instant of the next run of a job. */
export function nextRun(
  recurrence: Exclude<Recurrence, 'never'>,
  { first, last, times, zone }: PastRuns,
): number {
  const offset = zone * hour;
  const local = last + offset;
  switch (recurrence) {
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
      return addMonths(first + offset, times) - offset;
    case 'yearly':
      return addMonths(first + offset, times * 12) - offset;
  }
}
