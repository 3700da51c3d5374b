const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Offset of Moscow time from UTC, in hours. `tz` counts from Moscow time. Source: the gateway's page. */
const moscow = 3;

/** Reads `tz`, hours from Moscow time. Returns hours from UTC, or `undefined` for a time zone that does not exist. */
export function readZone(tz: string): number | undefined {
  if (!/^[+-]?\d{1,2}(?:\.\d{1,2})?$/.test(tz)) return undefined;
  const hours = Number(tz);
  return hours >= -15 && hours <= 11 ? hours + moscow : undefined;
}

/** Time of sending, the parameter `time`, before its time zone is applied. */
export type SendTime =
  /** Date and time without a time zone. `utc` is their instant if the time zone is UTC. */
  | { readonly form: 'date'; readonly utc: number }
  /**
   * Window of hours of the day. If the current time is in the window, messages are sent at once, otherwise when the window
   * next begins.
   */
  | { readonly form: 'hours'; readonly from: number; readonly to: number }
  | { readonly form: 'delay'; readonly ms: number }
  | { readonly form: 'instant'; readonly at: number };

/**
 * Forms of a date: `DDMMYYhhmm` and `DD.MM.YY hh:mm`. The gateway's page shows the second form with a space after the
 * colon.
 */
const datePatterns = [
  /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/,
  /^(\d\d)\.(\d\d)\.(\d\d) +(\d\d): ?(\d\d)$/,
] as const;

function readDate(match: RegExpExecArray): SendTime | undefined {
  const [date = 0, month = 0, year = 0, hours = 0, minutes = 0] = match.slice(1).map(Number);
  if (hours > 23 || minutes > 59 || month < 1 || month > 12 || date < 1) return undefined;
  const utc = Date.UTC(2000 + year, month - 1, date, hours, minutes);
  // `Date.UTC` accepts a day that the month does not have, and returns a day of the next month.
  return new Date(utc).getUTCDate() === date ? { form: 'date', utc } : undefined;
}

function readHours(time: string): SendTime | undefined {
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(time);
  if (!match) return undefined;
  const [from, to] = [Number(match[1]), Number(match[2])];
  return from >= to || to > 24 ? undefined : { form: 'hours', from, to };
}

const atOnce: SendTime = { form: 'delay', ms: 0 };

/** Reads `time`. Returns `undefined` for an invalid time, which is error 5. */
export function readSendTime(time: string): SendTime | undefined {
  if (time === '' || time === '0') return atOnce;
  const date = datePatterns[0].exec(time) ?? datePatterns[1].exec(time);
  if (date) return readDate(date);
  if (time.includes('-')) return readHours(time);
  if (/^\+\d{1,7}$/.test(time)) return { form: 'delay', ms: Number(time) * minute };
  if (/^0\d{1,12}$/.test(time)) return { form: 'instant', at: Number(time.slice(1)) * 1000 };
  return undefined;
}

/**
 * Returns the instant at which to send. Times in the past mean now. Assumptions: a window of hours includes its first
 * instant, excludes its last one, and does not extend past midnight.
 *
 * @param zone time zone of dates and hours, in hours from UTC
 */
export function dueAt(time: SendTime, zone: number, now: number): number {
  switch (time.form) {
    case 'delay':
      return now + time.ms;
    case 'instant':
      return Math.max(time.at, now);
    case 'date':
      return Math.max(time.utc - zone * hour, now);
    case 'hours': {
      const local = now + zone * hour;
      const timeOfDay = ((local % day) + day) % day;
      const midnight = now - timeOfDay;
      if (timeOfDay < time.from * hour) return midnight + time.from * hour;
      return timeOfDay < time.to * hour ? now : midnight + day + time.from * hour;
    }
  }
}

/** Validity without `valid`: 24 hours, in milliseconds. Source: third party. */
const defaultValidity = day;

/** Reads `valid`, the validity of a message: 1 to 24 hours, or `00:01` to `24:00`. Returns milliseconds. */
export function readValidity(valid: string): number | undefined {
  if (valid === '') return defaultValidity;
  const match = /^(\d{1,2})(?::(\d\d))?$/.exec(valid);
  if (!match || Number(match[2] ?? 0) > 59) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return minutes >= 1 && minutes <= 24 * 60 ? minutes * minute : undefined;
}

/** Division of the recipients into groups. The groups are sent one after another. */
export interface Pacing {
  readonly groups: number;
  /** Time from one group to the next, in milliseconds. */
  readonly intervalMs: number;
}

/** Value of `freq` if only `period` is given, in minutes. Source: third party. */
const defaultFrequency = '60';

function readWithin(written: string, pattern: RegExp, least: number, most: number): number | undefined {
  if (!pattern.test(written)) return undefined;
  const number = Number(written);
  return number >= least && number <= most ? number : undefined;
}

/**
 * Reads `period` (0.1 to 720 hours) and `freq` (1 to 1440 minutes). Without a period, `freq` is ignored. Source: the
 * gateway's page. Assumption: the number of groups is the number of whole intervals in the period, but at least 1.
 */
export function readPacing(period: string, freq: string): Pacing | 'none' | undefined {
  if (period === '') return 'none';
  const hours = readWithin(period, /^\d{1,3}(?:\.\d+)?$/, 0.1, 720);
  const minutes = readWithin(freq || defaultFrequency, /^\d{1,4}$/, 1, 1440);
  if (hours === undefined || minutes === undefined) return undefined;
  return { groups: Math.max(1, Math.floor((hours * 60) / minutes)), intervalMs: minutes * minute };
}

/** Returns the time of sending for the recipient at a position. All groups but the last have the same size. */
export function paceOver(start: number, position: number, count: number, pacing: Pacing | 'none'): number {
  if (pacing === 'none') return start;
  const size = Math.ceil(count / pacing.groups);
  return start + Math.floor(position / size) * pacing.intervalMs;
}
