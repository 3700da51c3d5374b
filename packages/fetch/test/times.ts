import type { SendTime, Validity } from '@smsc/protocol';
import fc from 'fast-check';
import { hour, minute, noon } from './world.ts';

const instant = fc.integer({ min: noon - 48 * hour, max: noon + 30 * 24 * hour });
/** Generates a time zone, as hours from UTC. */
export const offset: fc.Arbitrary<number> = fc.integer({ min: -12, max: 14 });

/** Formats an instant as ISO 8601 text in a time zone, to the minute. */
const isoText = (ms: number, utcOffset: number): string => {
  const local = new Date(ms + utcOffset * hour).toISOString().slice(0, 16);
  return `${local}${utcOffset < 0 ? '-' : '+'}${String(Math.abs(utcOffset)).padStart(2, '0')}:00`;
};

/** Generates send times in every form. */
export const sendTime: fc.Arbitrary<SendTime> = fc.oneof(
  instant.map((ms) => new Date(ms)),
  instant.map((ms) => new Date(ms).toISOString()),
  fc.tuple(instant, offset).map(([ms, utcOffset]) => isoText(ms, utcOffset)),
  fc.tuple(instant, offset).map(([ms, utcOffset]) => ({ at: new Date(ms), utcOffset })),
  fc
    .tuple(instant, fc.option(offset, { nil: undefined }))
    .map(([ms, utcOffset]) => ({ local: new Date(ms).toISOString().slice(0, 16), utcOffset })),
  fc
    .tuple(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 1, max: 24 }),
      fc.option(offset, { nil: undefined }),
    )
    .filter(([from, to]) => from < to)
    .map(([from, to, utcOffset]) => ({ from, to, utcOffset })),
  fc.integer({ min: 1, max: 100_000 }).map((inMinutes) => ({ inMinutes })),
);

/**
 * Returns the instant that a send time means, in milliseconds since 1970.
 *
 * @param zone time zone of the account, as hours from UTC
 * @param own time zone of a message in a list; `undefined` if the message has no time zone
 */
export function dueTime(time: SendTime | undefined, now: number, zone: number, own?: number): number {
  if (time === undefined) return now;
  const later = (ms: number): number => Math.max(ms, now);
  if (typeof time === 'string' || time instanceof Date)
    return later(Math.ceil(new Date(time).getTime() / 1000) * 1000);
  if ('inMinutes' in time) return now + time.inMinutes * minute;
  if ('at' in time) {
    const clock = Math.ceil(new Date(time.at).getTime() / minute) * minute + time.utcOffset * hour;
    return later(clock - (own ?? time.utcOffset) * hour);
  }
  const utcOffset = own ?? time.utcOffset ?? zone;
  if ('local' in time) return later(Date.parse(`${time.local}Z`) - utcOffset * hour);
  const at = time.utcOffset ?? zone;
  // Searches hour by hour on purpose, so that the arithmetic under test is not repeated here.
  const isWithin = (ms: number): boolean => {
    const local = new Date(ms + at * hour).getUTCHours();
    return local >= time.from && local < time.to;
  };
  let found = now;
  while (!isWithin(found)) found = (Math.floor(found / hour) + 1) * hour;
  return found;
}

/** Generates validity periods in either unit. */
export const validity: fc.Arbitrary<Validity> = fc.oneof(
  fc.integer({ min: 1, max: 24 }).map((hours) => ({ hours })),
  fc.integer({ min: 1, max: 1440 }).map((minutes) => ({ minutes })),
);

/** Converts a validity period to milliseconds. */
export const validMs = (valid: Validity = { hours: 24 }): number =>
  'hours' in valid ? valid.hours * hour : valid.minutes * minute;
