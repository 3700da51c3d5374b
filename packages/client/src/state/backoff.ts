import type { WireReply } from '@smsc/protocol';

const baseMs = 250;
const maxPauseMs = 20_000;
/** Longest accepted `Retry-After`, in milliseconds. */
const maxRetryAfterMs = 60_000;

/**
 * Converts `Retry-After`, a number of seconds or a date, to milliseconds from `now`. Returns 0 if the header is missing
 * or invalid.
 */
function readRetryAfter(header: string | undefined, now: number): number {
  const value = header?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return ms > 0 ? ms : 0;
}

/**
 * Computes the pause before the next attempt, in milliseconds. The pause is random: up to 250 ms after the first attempt,
 * and the maximum doubles with each attempt, to 20 s at most. It is never shorter than `Retry-After`. Returns `undefined` if
 * `Retry-After` is longer than a minute.
 *
 * @param attempts number of attempts made so far
 */
export function pauseBefore(
  attempts: number,
  reply: WireReply | undefined,
  now: number,
  random: () => number,
): number | undefined {
  const minMs = readRetryAfter(reply?.retryAfter, now);
  if (minMs > maxRetryAfterMs) return undefined;
  return Math.max(minMs, Math.floor(random() * Math.min(maxPauseMs, baseMs * 2 ** (attempts - 1))));
}
