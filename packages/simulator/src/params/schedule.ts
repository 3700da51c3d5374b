const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `tz` counts from Moscow, which is three hours from UTC. Source: the gateway's page. */
const moscow = 3;

/** Reads `tz`: hours from Moscow. `undefined` for what is none, or is nowhere on Earth. */
export function readZone(tz: string): number | undefined {
  if (!/^[+-]?\d{1,2}(?:\.\d{1,2})?$/.test(tz)) return undefined;
  const hours = Number(tz);
  return hours >= -15 && hours <= 11 ? hours + moscow : undefined;
}

/** `DDMMYYhhmm`, or `DD.MM.YY hh:mm`, which the page writes with a space behind the colon. */
const dated = [/^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, /^(\d\d)\.(\d\d)\.(\d\d) +(\d\d): ?(\d\d)$/];

function readDate(time: string, zone: number): number | undefined {
  const match = dated[0]!.exec(time) ?? dated[1]!.exec(time);
  if (!match) return undefined;
  const [date = 0, month = 0, year = 0, hours = 0, minutes = 0] = match.slice(1).map(Number);
  if (hours > 23 || minutes > 59 || month < 1 || month > 12 || date < 1) return undefined;
  const utc = Date.UTC(2000 + year, month - 1, date, hours, minutes);
  // A day that the month does not have has become one of the next month.
  return new Date(utc).getUTCDate() === date ? utc - zone * hour : undefined;
}

/**
 * `h1-h2`: at once within the hours, else when h1 comes. That h1 belongs to them and h2 does not, and that they do not
 * reach over midnight, is assumed.
 */
function readWindow(time: string, zone: number, instant: number): number | undefined {
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(time);
  if (!match) return undefined;
  const [from, to] = [Number(match[1]), Number(match[2])];
  if (from >= to || to > 24) return undefined;
  const local = instant + zone * hour;
  const now = ((local % day) + day) % day;
  const midnight = instant - now;
  if (now < from * hour) return midnight + from * hour;
  return now < to * hour ? instant : midnight + day + from * hour;
}

/** Whether a line of a list may bring a time zone of its own: only for times that are dates, says the page. */
export const isDate = (time: string): boolean => dated.some((form) => form.test(time));

/**
 * Reads `time`: when to send. A past time is now.
 *
 * @param zone hours from UTC in which a date or a window is meant
 * @returns the instant; `undefined` for what is no time, which is error 5
 */
export function readTime(time: string, zone: number, instant: number): number | undefined {
  if (time === '' || time === '0') return instant;
  const later = (at: number | undefined): number | undefined =>
    at === undefined ? undefined : Math.max(at, instant);
  if (isDate(time)) return later(readDate(time, zone));
  if (time.includes('-')) return readWindow(time, zone, instant);
  if (/^\+\d{1,7}$/.test(time)) return instant + Number(time) * minute;
  if (/^0\d{1,12}$/.test(time)) return Math.max(Number(time.slice(1)) * 1000, instant);
  return undefined;
}

/** Reads `valid`: 1 to 24 hours, or `00:01` to `24:00`. In milliseconds. */
export function readValidity(valid: string): number | undefined {
  const match = /^(\d{1,2})(?::(\d\d))?$/.exec(valid);
  if (!match || Number(match[2] ?? 0) > 59) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return minutes >= 1 && minutes <= 24 * 60 ? minutes * minute : undefined;
}

/** A mailing in groups: so many, an interval apart. */
export interface Pacing {
  readonly groups: number;
  readonly intervalMs: number;
}

/** How often a mailing goes on where only its period is given, in minutes. Source: third party. */
const defaultFrequency = '60';

const within = (written: string, form: RegExp, least: number, most: number): number | undefined =>
  form.test(written) && Number(written) >= least && Number(written) <= most ? Number(written) : undefined;

/**
 * Reads `period` (0.1 to 720 hours) and `freq` (1 to 1440 minutes). Without a period `freq` is ignored, as the page says.
 * That there are as many groups as intervals fit into the period is assumed.
 */
export function readPacing(period: string, freq: string): Pacing | 'none' | undefined {
  if (period === '') return 'none';
  const hours = within(period, /^\d{1,3}(?:\.\d+)?$/, 0.1, 720);
  const minutes = within(freq || defaultFrequency, /^\d{1,4}$/, 1, 1440);
  if (hours === undefined || minutes === undefined) return undefined;
  return { groups: Math.max(1, Math.floor((hours * 60) / minutes)), intervalMs: minutes * minute };
}

/** When the recipient at a place is sent to: groups are of one size. */
export function paceOver(start: number, place: number, count: number, pacing: Pacing | 'none'): number {
  if (pacing === 'none') return start;
  const size = Math.ceil(count / pacing.groups);
  return start + Math.floor(place / size) * pacing.intervalMs;
}
