import type { Issue } from '../errors.ts';
import { complain, type Field, fine, isObject, type Loose, typeName, unknownMembers } from '../fields.ts';
import type { Params } from '../wire.ts';
import { checkWhole } from './number.ts';

/**
 * When to send.
 *
 * - a `Date`, or `{ unix }` in seconds since 1970-01-01T00:00Z: that instant, whatever the zone.
 * - `{ at, utcOffset }`: that instant, written as the wall clock of a zone. The form that `sendList` needs for zones of
 *   its own for each message.
 * - `{ local, utcOffset? }`: a wall clock `YYYY-MM-DDThh:mm`; without `utcOffset` in the zone of the account's settings.
 * - `{ from, to, utcOffset? }`: only between these hours: at once if it is now between them, else when `from` strikes next.
 * - `{ inMinutes }`: so many minutes after the gateway has accepted it.
 *
 * What lies in the past is sent at once: so the gateway does it, and this package has no clock to know better.
 * `utcOffset` is in whole hours east of UTC: 2 for Kyiv in winter, 5 for Astana. Instants with seconds are rounded up, so
 * that nothing is sent early.
 */
export type SendTime =
  | Date
  | { readonly unix: number }
  | { readonly at: Date; readonly utcOffset: number }
  | { readonly local: string; readonly utcOffset?: number | undefined }
  | { readonly from: number; readonly to: number; readonly utcOffset?: number | undefined }
  | { readonly inMinutes: number };

/** The gateway counts zones from Moscow's time, which is UTC+3 the year round. */
const moscow = 3;
const minuteMs = 60_000;
/** 2000-01-02T00:00Z and 2099-12-31T00:00Z: two digits of a year reach no further in any zone. */
const earliest = 946_771_200_000;
const latest = 4_102_358_400_000;

/** The parameter `tz`: hours from Moscow's time. */
export const tz = (utcOffset: number): number => utcOffset - moscow;

/** Complains of an offset that no zone has. */
export const checkOffset = (value: unknown, path: string): readonly Issue[] => checkWhole(value, path, -12, 14, 'hours');

/** Whether a time is written as a date, the one form in which the messages of a list can have zones of their own. */
export const isWallClock = (value: unknown): boolean => isObject(value) && ('at' in value || 'local' in value);

/** Whether this is a date: a `Date` of this program or of another realm. */
const isDate = (value: unknown): value is Date =>
  isObject(value) && typeof value['getTime'] === 'function' && typeof value['toISOString'] === 'function';

const checkInstant = (value: unknown, path: string): readonly Issue[] => {
  if (!isDate(value)) return complain(path, `is ${typeName(value)}; expected a Date`);
  const ms = value.getTime();
  return ms >= earliest && ms < latest ? fine : complain(path, 'is not a date between 2000 and 2099');
};

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const local = /^(20\d\d)-(\d\d)-(\d\d)[T ](\d\d):(\d\d)$/;

function checkLocal(value: unknown, path: string): readonly Issue[] {
  const parts = typeof value === 'string' ? local.exec(value)?.slice(1).map(Number) : undefined;
  if (!parts) return complain(path, 'expected YYYY-MM-DDThh:mm between 2000 and 2099');
  const [year, month, day, hour, minute] = parts as [number, number, number, number, number];
  const days = month === 2 && year % 4 === 0 ? 29 : (monthDays[month - 1] ?? 0);
  return day >= 1 && day <= days && hour < 24 && minute < 60 ? fine : complain(path, 'is a date or an hour that does not exist');
}

/** The forms, by the member that tells them: what else they take, and what is wrong with a value. */
const forms: Readonly<Record<string, { readonly members: readonly string[]; readonly check: (time: Loose, path: string) => readonly Issue[] }>> = {
  unix: {
    members: ['unix'],
    check: ({ unix }, path) => checkWhole(unix, `${path}.unix`, earliest / 1000, latest / 1000 - 1, 'seconds (not milliseconds) since 1970'),
  },
  at: {
    members: ['at', 'utcOffset'],
    check: ({ at, utcOffset }, path) => [...checkInstant(at, `${path}.at`), ...checkOffset(utcOffset, `${path}.utcOffset`)],
  },
  local: {
    members: ['local', 'utcOffset'],
    check: ({ local, utcOffset }, path) => [...checkLocal(local, `${path}.local`), ...checkZone(utcOffset, path)],
  },
  from: {
    members: ['from', 'to', 'utcOffset'],
    check: ({ from, to, utcOffset }, path) => {
      const issues = [
        ...checkWhole(from, `${path}.from`, 0, 23, 'hours'),
        ...checkWhole(to, `${path}.to`, 1, 24, 'hours'),
        ...checkZone(utcOffset, path),
      ];
      // What the gateway makes of a window across midnight is not documented.
      const ordered = issues.length > 0 || (from as number) < (to as number);
      return ordered ? issues : complain(path, 'ends before it begins; a window lies within one day');
    },
  },
  inMinutes: {
    members: ['inMinutes'],
    check: ({ inMinutes }, path) => checkWhole(inMinutes, `${path}.inMinutes`, 1, 5_256_000, 'minutes'),
  },
};

const checkZone = (utcOffset: unknown, path: string): readonly Issue[] =>
  utcOffset === undefined ? fine : checkOffset(utcOffset, `${path}.utcOffset`);

function checkTime(value: unknown, path: string): readonly Issue[] {
  if (isDate(value)) return checkInstant(value, path);
  const form = isObject(value) ? Object.entries(forms).find(([name]) => Object.hasOwn(value, name))?.[1] : undefined;
  if (!form || !isObject(value)) return complain(path, 'expected a Date, { unix }, { at, utcOffset }, { local }, { from, to } or { inMinutes }');
  return [...unknownMembers(value, form.members, path), ...form.check(value, path)];
}

const two = (number: number): string => String(number).padStart(2, '0');

/** An instant as `DDMMYYhhmm` of a zone. Days to civil dates by arithmetic: the host's calendar is not asked. */
function wallClock(ms: number, utcOffset: number): string {
  const minutes = Math.ceil(ms / minuteMs) + utcOffset * 60;
  const days = Math.floor(minutes / 1440);
  const ofDay = minutes - days * 1440;
  // Days since 1 March 2000, so that a leap day is the last of its year. Within this century every fourth year has one.
  const shifted = days - 11_017;
  const year = Math.floor((4 * shifted + 3) / 1461);
  const ofYear = shifted - Math.floor((1461 * year) / 4);
  const march = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  return two(day) + two(month) + two(month <= 2 ? year + 1 : year) + two(Math.floor(ofDay / 60)) + two(ofDay % 60);
}

function encodeTime(value: SendTime): Params {
  if ('inMinutes' in value) return { time: `+${value.inMinutes}` };
  if ('unix' in value) return { time: `0${value.unix}` };
  const zone: Record<string, number> = 'utcOffset' in value && value.utcOffset !== undefined ? { tz: tz(value.utcOffset) } : {};
  if ('from' in value) return { time: `${value.from}-${value.to}`, ...zone };
  if ('at' in value) return { time: wallClock(value.at.getTime(), value.utcOffset), ...zone };
  if (!('local' in value)) return { time: `0${Math.ceil(value.getTime() / 1000)}` };
  const [, year, month, day, hour, minute] = local.exec(value.local) as unknown as readonly string[];
  return { time: `${day}${month}${year!.slice(2)}${hour}${minute}`, ...zone };
}

/** When to send, and the zone that the time is in. */
export const time: Field<SendTime> = {
  params: ['time', 'tz'],
  check: checkTime,
  encode: encodeTime,
};
