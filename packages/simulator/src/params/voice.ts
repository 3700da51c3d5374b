/** How a call rings. */
export interface CallDialing {
  readonly waitSeconds: number;
  /** Absent for the default, which grows from 3 to 14. */
  readonly intervalSeconds: number | undefined;
  readonly attempts: number;
}

/** Source: the gateway's page: n = 8, w = 25, i from 3 to 14. */
const defaults: CallDialing = { waitSeconds: 25, intervalSeconds: undefined, attempts: 8 };

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

/**
 * Reads `param=w,i,n`. A value that is not possible makes all three the defaults, never an error; a possible one outside
 * the working range is brought to it. Source: the gateway's page.
 */
export function readDialing(param: string): CallDialing {
  const match = /^\s*(\d{1,2})\s*,\s*(\d{1,4})\s*,\s*(\d)\s*$/.exec(param);
  if (!match || Number(match[2]) > 3600) return defaults;
  const [waitSeconds = 0, intervalSeconds = 0, attempts = 0] = match.slice(1).map(Number);
  return {
    waitSeconds: between(waitSeconds, 10, 35),
    intervalSeconds: between(intervalSeconds, 10, 3600),
    attempts: between(attempts, 1, 9),
  };
}

/** `m` to `m4`, `w` to `w4`, alone or with the language: `w, fr`. */
export const isVoice = (voice: string): boolean => /^[mw][234]?(?:, ?[a-z]{2})?$/.test(voice);
