import { type Check, checkShape, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn, isObject, type UnknownRecord } from '../core/own-members.ts';
import type { Params } from '../exchange/wire.ts';
import { checkWhole, isWhole } from './number.ts';

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

/**
 * 2001-09-09T01:46:40Z and 2099-12-31T00:00Z. Seconds of fewer than ten digits would make ten with the nought in front of
 * them, which is a date (`DDMMYYhhmm`); and two digits of a year reach no further in any zone.
 */
const earliest = 1_000_000_000_000;
const latest = 4_102_358_400_000;

/** The parameter `tz`: the gateway counts zones from Moscow's time, which is UTC+3 the year round. That it counts hours is third party. */
export const tz = (utcOffset: number): number => utcOffset - 3;

/** Complains of an offset that no zone has. */
export const checkOffset: Check = /* @__PURE__ */ checkWhole(-12, 14, ' hours');

/** Whether a time is written as a date, the one form in which the messages of a list can have zones of their own. */
export const isWallClock = (value: unknown): boolean =>
  isObject(value) && (Object.hasOwn(value, 'at') || Object.hasOwn(value, 'local'));

/** Whether this is a date: a `Date` of this program or of another realm. */
const isDate = (value: unknown): value is Date =>
  typeof (value as Partial<Date> | null | undefined)?.getTime === 'function' &&
  typeof (value as Partial<Date>).toISOString === 'function';

const checkInstant: Check = /* @__PURE__ */ checkThat(
  (value) => isDate(value) && isWhole(value.getTime(), earliest, latest - 1),
  'a Date between 2002 and 2099',
);

/** An instant as `YYYY-MM-DDThh:mm` of UTC; what is no instant as nothing. */
const toMinutes = (ms: number): string => (ms > 0 ? new Date(ms).toISOString().slice(0, 16) : '');

const checkLocal: Check = /* @__PURE__ */ checkThat(
  // The 31st of February is read as a day of March, and no longer reads as it was written.
  (value) =>
    typeof value === 'string' &&
    /^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(value) &&
    toMinutes(Date.parse(`${value}Z`)) === value,
  'a date that exists, as YYYY-MM-DDThh:mm',
);

type Checks = Readonly<Record<string, Check>>;

const zone: Checks = { utcOffset: checkOffset };

/** What each form has to have, the member that tells it first, and what may stand beside it. */
const forms = (): readonly (readonly [needed: Checks, optional?: Checks])[] => [
  [{ unix: checkWhole(earliest / 1000, latest / 1000 - 1, ' seconds') }],
  [{ at: checkInstant, ...zone }],
  [{ local: checkLocal }, zone],
  [{ from: checkWhole(0, 23, ' hours'), to: checkWhole(1, 24, ' hours') }, zone],
  [{ inMinutes: checkWhole(1, 5_256_000) }],
];

const checkTime: Check = (value, at) => {
  if (isDate(value)) return checkInstant(value, at);
  const form = isObject(value) && forms().find(([needed]) => Object.hasOwn(value, Object.keys(needed)[0]!));
  if (!form)
    return void at.expect(
      false,
      value,
      'a Date, { unix }, { at, utcOffset }, { local }, { from, to } or { inMinutes }',
    );
  checkShape(value, at, ...form);
  const { from, to } = copyOwn<UnknownRecord>(value);
  // What the gateway makes of a window across midnight is not documented.
  if (typeof from === 'number' && typeof to === 'number' && from >= to) at.addIssue('ends before it begins');
};

/** The members of every form. */
interface Forms {
  readonly unix?: number;
  readonly at?: Date;
  readonly local?: string;
  readonly from?: number;
  readonly to?: number;
  readonly inMinutes?: number;
  readonly utcOffset?: number | undefined;
}

function encodeTime(value: SendTime): Params | string {
  if (isDate(value)) return `0${Math.ceil(value.getTime() / 1000)}`;
  const { unix, at, local, from, to, inMinutes, utcOffset } = copyOwn<Forms>(value);
  if (inMinutes) return `+${inMinutes}`;
  if (unix) return `0${unix}`;
  const clock = at ? toMinutes(Math.ceil(at.getTime() / 60_000 + utcOffset! * 60) * 60_000) : local;
  const time = clock ? clock.replace(/^..(..)-(..)-(..)T(..):(..)$/, '$3$2$1$4$5') : `${from}-${to}`;
  return utcOffset === undefined ? time : { time, tz: tz(utcOffset) };
}

/** When to send, and the zone that the time is in. */
export const time: Field<SendTime> = {
  params: ['time', 'tz'],
  check: checkTime,
  encode: encodeTime,
};
