import { type Check, checkShape, type Field, isObject, type Loose } from '../fields.ts';
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
export const checkOffset: Check = (value, at) => checkWhole(-12, 14, ' hours')(value, at);

/** Whether a time is written as a date, the one form in which the messages of a list can have zones of their own. */
export const isWallClock = (value: unknown): boolean => isObject(value) && ('at' in value || 'local' in value);

/** Whether this is a date: a `Date` of this program or of another realm. */
const isDate = (value: unknown): value is Date => ['toISOString', 'getTime'].every((name) => typeof (value as Loose | null | undefined)?.[name] === 'function');

const checkInstant: Check = (value, at) => {
  at.expect(isDate(value) && value.getTime() >= earliest && value.getTime() < latest, value, 'a Date between 2000 and 2099');
};

/** An instant as `YYYY-MM-DDThh:mm` of UTC; what is no instant as nothing. */
const toMinutes = (ms: number): string => (ms > 0 ? new Date(ms).toISOString().slice(0, 16) : '');

const checkLocal: Check = (value, at) => {
  const isLocal = typeof value === 'string' && /^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(value);
  // The 31st of February is read as a day of March, and no longer reads as it was written.
  at.expect(isLocal && toMinutes(Date.parse(`${value}Z`)) === value, value, 'a date that exists, as YYYY-MM-DDThh:mm');
};

const checkWindow: Check = (value, at) => {
  const { from, to } = value as Partial<Record<'from' | 'to', unknown>>;
  // What the gateway makes of a window across midnight is not documented.
  if (typeof from === 'number' && typeof to === 'number' && from >= to) at.complain('ends before it begins');
};

/** Each form, by the member that tells it: what it has to be, and what may stand beside it. */
const forms = (): Readonly<Record<string, readonly [needed: Readonly<Record<string, Check>>, optional?: Readonly<Record<string, Check>>]>> => ({
  unix: [{ unix: checkWhole(earliest / 1000, latest / 1000 - 1, ' seconds') }],
  at: [{ at: checkInstant, utcOffset: checkOffset }],
  local: [{ local: checkLocal }, { utcOffset: checkOffset }],
  from: [{ from: checkWhole(0, 23, ' hours'), to: checkWhole(1, 24, ' hours') }, { utcOffset: checkOffset }],
  inMinutes: [{ inMinutes: checkWhole(1, 5_256_000) }],
});

const checkTime: Check = (value, at) => {
  if (isDate(value)) return checkInstant(value, at);
  const shape = isObject(value) ? Object.entries(forms()).find(([name]) => Object.hasOwn(value, name))?.[1] : undefined;
  if (!shape) return void at.expect(false, value, 'a Date, { unix }, { at, utcOffset }, { local }, { from, to } or { inMinutes }');
  checkShape(value, at, ...shape);
  checkWindow(value, at);
};

function encodeTime(value: SendTime): Params {
  if (isDate(value)) return { time: `0${Math.ceil(value.getTime() / 1000)}` };
  if ('inMinutes' in value) return { time: `+${value.inMinutes}` };
  if ('unix' in value) return { time: `0${value.unix}` };
  const { utcOffset } = value;
  const zone: Params = utcOffset === undefined ? {} : { tz: tz(utcOffset) };
  if ('from' in value) return { time: `${value.from}-${value.to}`, ...zone };
  const clock = 'local' in value ? value.local : toMinutes(Math.ceil(value.at.getTime() / minuteMs + value.utcOffset * 60) * minuteMs);
  return { time: clock.replace(/^..(..)-(..)-(..)T(..):(..)$/, '$3$2$1$4$5'), ...zone };
}

/** When to send, and the zone that the time is in. */
export const time: Field<SendTime> = {
  params: ['time', 'tz'],
  check: checkTime,
  encode: encodeTime,
};
