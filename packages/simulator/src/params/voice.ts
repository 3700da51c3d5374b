/** Ringing and redialing of a voice call. */
export interface CallDialing {
  /** Ringing time of each attempt. */
  readonly waitSeconds: number;
  /** Time between attempts. `undefined` for the gateway's default, which grows from 3 to 14 seconds. */
  readonly intervalSeconds: number | undefined;
  /** Maximum number of attempts. */
  readonly attempts: number;
}

/** Defaults of `param`. Source: the gateway's page (w = 25, i from 3 to 14, n = 8). */
const defaults: CallDialing = { waitSeconds: 25, intervalSeconds: undefined, attempts: 8 };

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/**
 * Reads `param=w,i,n`. Never fails: an impossible value gives the defaults for all three numbers, and a number outside its
 * working range is clamped. Source: the gateway's page.
 */
export function readDialing(param: string): CallDialing {
  if (param === '') return defaults;
  const match = /^\s*(\d{1,2})\s*,\s*(\d{1,4})\s*,\s*(\d)\s*$/.exec(param);
  if (!match || Number(match[2]) > 3600) return defaults;
  const [waitSeconds = 0, intervalSeconds = 0, attempts = 0] = match.slice(1).map(Number);
  return {
    waitSeconds: clamp(waitSeconds, 10, 35),
    intervalSeconds: clamp(intervalSeconds, 10, 3600),
    attempts: clamp(attempts, 1, 9),
  };
}

/** Returns true for a voice: `m` to `m4` or `w` to `w4`, alone or with a language as in `w, fr`. */
export const isVoice = (voice: string): boolean => /^[mw][234]?(?:, ?[a-z]{2})?$/.test(voice);
