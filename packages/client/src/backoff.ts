const baseMs = 250;
const longestMs = 20_000;
/** Longer than this nobody waits because an answer says so. */
const longestAskedMs = 60_000;

/** What `Retry-After` asks for, in milliseconds: seconds, or a date. 0 for nothing that can be read. */
function asked(retryAfter: string | undefined, now: number): number {
  const written = retryAfter?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(written) ? Number(written) * 1000 : Date.parse(written) - now;
  return ms > 0 ? ms : 0;
}

/**
 * How long to wait before the next attempt, in milliseconds: any time up to a quarter of a second, then up to twice as
 * long each time and up to 20 seconds; but no less than the answer asks for. `undefined` when it asks for more than a
 * minute.
 *
 * @param attempts how many there were
 */
export function pauseBefore(
  attempts: number,
  retryAfter: string | undefined,
  now: number,
  random: () => number,
): number | undefined {
  const least = asked(retryAfter, now);
  if (least > longestAskedMs) return undefined;
  return Math.max(least, Math.floor(random() * Math.min(longestMs, baseMs * 2 ** (attempts - 1))));
}
