import { type Check, type Checks, checkShape, checkThat } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { copyOwn, isObject, type UnknownRecord } from '../core/own-members.ts';
import type { Params } from '../exchange/wire.ts';
import { isWhole } from '../core/whole.ts';
import { checkWhole } from './number.ts';

/** An instant: a `Date`, or an ISO 8601 text with an offset, such as `2026-11-24T10:00+02:00` or `2026-11-24T08:00:00Z`. */
export type Instant = Date | string;

/**
 * Time of sending.
 *
 * - an {@link Instant}: at that instant.
 * - `{ at, utcOffset }`: at that instant, written as the local time of a zone. `sendList` needs this form or `{ local }`
 *   if its messages have time zones of their own.
 * - `{ local, utcOffset? }`: a local time `YYYY-MM-DDThh:mm`. Without `utcOffset` it is in the zone of the account's
 *   settings.
 * - `{ from, to, utcOffset? }`: only between these two hours. At any other time, the gateway waits for `from`.
 * - `{ inMinutes }`: this many minutes after the gateway has accepted the message.
 *
 * The gateway sends at once if the time is in the past. This package does not read the clock, so it does not reject
 * such a time. `utcOffset` is in whole hours east of UTC: 2 for Kyiv in winter, 5 for Astana. Instants with seconds are
 * rounded up, so that nothing is sent early.
 */
export type SendTime =
  | Instant
  | {
      /** Instant of sending, from 2002 to 2099. */
      readonly at: Instant;
      /** Time zone that the instant is written in: whole hours east of UTC, -12 to 14. */
      readonly utcOffset: number;
    }
  | {
      /** Local time of sending, as `YYYY-MM-DDThh:mm`. */
      readonly local: string;
      /** Time zone of `local`: whole hours east of UTC, -12 to 14. Default: the zone of the account's settings. */
      readonly utcOffset?: number | undefined;
    }
  | {
      /** First hour of the window, 0 to 23. */
      readonly from: number;
      /** Last hour of the window, 1 to 24. */
      readonly to: number;
      /** Time zone of the window: whole hours east of UTC, -12 to 14. Default: the zone of the account's settings. */
      readonly utcOffset?: number | undefined;
    }
  | {
      /** Minutes until the message is sent: 1 to 5256000, which is ten years. */
      readonly inMinutes: number;
    };

/**
 * Limits of instants in ms: 2001-09-09T01:46:40Z and 2099-12-31T00:00Z. An instant is written as `0` and the Unix time
 * in seconds. Before the first limit, the result would have ten digits, and the gateway would read it as a date
 * (`DDMMYYhhmm`). From the second limit on, the local date in some time zones can be in 2100, but a date in a request
 * has only two digits for the year.
 */
const earliest = 1_000_000_000_000;
const latest = 4_102_358_400_000;

/** Returns the parameter `tz`: hours relative to Moscow time, which is UTC+3 all year. Source of the unit: third parties. */
export const tz = (utcOffset: number): number => utcOffset - 3;

/** Checks an offset in hours east of UTC. */
export const checkOffset: Check = /* @__PURE__ */ checkWhole(-12, 14, ' hours');

/**
 * Returns true for `{ at, utcOffset }` and `{ local }`, which are written as a date. The other forms of
 * {@link SendTime} do not allow a time zone for each message of a list.
 */
export const isWallClock = (value: unknown): boolean =>
  isObject(value) && (Object.hasOwn(value, 'at') || Object.hasOwn(value, 'local'));

/** Returns true for a `Date` of this program or of another realm. */
const isDate = (value: unknown): value is Date =>
  typeof (value as Partial<Date> | null | undefined)?.getTime === 'function' &&
  typeof (value as Partial<Date>).toISOString === 'function';

/** Writes an instant as `YYYY-MM-DDThh:mm` in UTC. Returns an empty text for an invalid instant. */
const toMinutes = (ms: number): string => (ms > 0 ? new Date(ms).toISOString().slice(0, 16) : '');

/**
 * Returns true if a local time exists. `Date` converts 31 February to a day of March, so the result differs from
 * `local`.
 */
const exists = (local: string): boolean => toMinutes(Date.parse(`${local}Z`)) === local;

/** Matches an ISO 8601 time with an offset. Seconds and their fraction are optional. Source: RFC 3339, 5.6. */
const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:[0-5]\d(?:\.(\d{1,9}))?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * Converts an instant to milliseconds since 1970. Rounds fractions of a second in a text up to a whole second. Returns
 * NaN for an invalid value.
 */
function toMs(value: unknown): number {
  if (isDate(value)) return value.getTime();
  const [, local = '', seconds = '', fraction, offset = ''] = iso.exec(String(value)) ?? [];
  if (!exists(local)) return NaN;
  // eslint-disable-next-line smsc/no-host -- the text ends in Z or in an offset, so the time zone of the machine is not used
  return Date.parse(local + seconds.slice(0, 3) + offset) + (Number(fraction) > 0 ? 1000 : 0);
}

const checkInstant: Check = /* @__PURE__ */ checkThat(
  (value) => (typeof value === 'string' || isDate(value)) && isWhole(toMs(value), earliest, latest - 1),
  'a Date or an ISO 8601 text with an offset, from 2002 to 2099',
);

const checkLocal: Check = /* @__PURE__ */ checkThat(
  (value) => typeof value === 'string' && /^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(value) && exists(value),
  'an existing time as YYYY-MM-DDThh:mm',
);

const zone: Checks = { utcOffset: checkOffset };

/** Required and optional members of each form. The first required member identifies the form. */
const forms = (): readonly (readonly [needed: Checks, optional?: Checks])[] => [
  [{ at: checkInstant, ...zone }],
  [{ local: checkLocal }, zone],
  [{ from: checkWhole(0, 23, ' hours'), to: checkWhole(1, 24, ' hours') }, zone],
  [{ inMinutes: checkWhole(1, 5_256_000) }],
];

const checkTime: Check = (value, at) => {
  if (typeof value === 'string' || isDate(value)) return checkInstant(value, at);
  const form = isObject(value) && forms().find(([needed]) => Object.hasOwn(value, Object.keys(needed)[0]!));
  if (!form)
    return void at.expect(
      false,
      value,
      'a Date or an ISO 8601 text with an offset, { at, utcOffset }, { local }, { from, to } or { inMinutes }',
    );
  checkShape(value, at, ...form);
  const { from, to } = copyOwn<UnknownRecord>(value);
  // Rejects windows across midnight, because the gateway does not document them.
  if (typeof from === 'number' && typeof to === 'number' && from >= to)
    at.addIssue('expected `from` before `to`');
};

/** The members of all forms. */
interface Forms {
  readonly at?: Instant;
  readonly local?: string;
  readonly from?: number;
  readonly to?: number;
  readonly inMinutes?: number;
  readonly utcOffset?: number | undefined;
}

function encodeTime(value: SendTime): Params | string {
  if (typeof value === 'string' || isDate(value)) return `0${Math.ceil(toMs(value) / 1000)}`;
  const { at, local, from, to, inMinutes, utcOffset } = copyOwn<Forms>(value);
  if (inMinutes) return `+${inMinutes}`;
  const clock = at ? toMinutes(Math.ceil(toMs(at) / 60_000 + utcOffset! * 60) * 60_000) : local;
  const time = clock ? clock.replace(/^..(..)-(..)-(..)T(..):(..)$/, '$3$2$1$4$5') : `${from}-${to}`;
  return utcOffset === undefined ? time : { time, tz: tz(utcOffset) };
}

/** Time of sending, and its time zone. */
export const time: Field<SendTime> = {
  params: ['time', 'tz'],
  check: checkTime,
  encode: encodeTime,
};
