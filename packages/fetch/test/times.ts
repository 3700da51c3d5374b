import type { SendTime, Validity } from '@smsc/protocol';
import fc from 'fast-check';
import { hour, minute, noon } from './world.ts';

const instant = fc.integer({ min: noon - 48 * hour, max: noon + 30 * 24 * hour });
/** Hours from UTC, as zones have them. */
export const offset: fc.Arbitrary<number> = fc.integer({ min: -12, max: 14 });

/** Times to send at, in every form. */
export const sendTime: fc.Arbitrary<SendTime> = fc.oneof(
  instant.map((ms) => new Date(ms)),
  instant.map((ms) => ({ unix: Math.floor(ms / 1000) })),
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
 * When a time is meant, in milliseconds since 1970.
 *
 * @param zone of the account
 * @param own of a message of a list
 */
export function meant(time: SendTime | undefined, now: number, zone: number, own?: number): number {
  if (time === undefined) return now;
  const later = (ms: number): number => Math.max(ms, now);
  if (time instanceof Date) return later(Math.ceil(time.getTime() / 1000) * 1000);
  if ('unix' in time) return later(time.unix * 1000);
  if ('inMinutes' in time) return now + time.inMinutes * minute;
  if ('at' in time) {
    const clock = Math.ceil(time.at.getTime() / minute) * minute + time.utcOffset * hour;
    return later(clock - (own ?? time.utcOffset) * hour);
  }
  const utcOffset = own ?? time.utcOffset ?? zone;
  if ('local' in time) return later(Date.parse(`${time.local}Z`) - utcOffset * hour);
  const at = time.utcOffset ?? zone;
  // Hour by hour, the stupid way.
  const isWithin = (ms: number): boolean => {
    const local = new Date(ms + at * hour).getUTCHours();
    return local >= time.from && local < time.to;
  };
  let found = now;
  while (!isWithin(found)) found = (Math.floor(found / hour) + 1) * hour;
  return found;
}

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':') as `${number}:${number}`);

/** For how long an operator may try, in either form. */
export const validity: fc.Arbitrary<Validity> = fc.oneof(
  fc.integer({ min: 1, max: 24 }),
  clock,
  fc.constant('24:00' as const),
);

/** The same in milliseconds. */
export const validMs = (valid: Validity = 24): number => {
  if (typeof valid === 'number') return valid * hour;
  const [hours = 0, minutes = 0] = valid.split(':').map(Number);
  return hours * hour + minutes * minute;
};
