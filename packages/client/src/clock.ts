/** Time, as a client needs it. A test gives its own. */
export interface Clock {
  /** Milliseconds since 1970: the time of day, which can be set. */
  readonly now: () => number;
  /** Milliseconds since whenever, of a clock that nobody sets. Default: `now`. */
  readonly monotonic?: (() => number) | undefined;
  /** Calls once, after so many milliseconds. Gives what calls that off. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The platform's. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** How long it is since whenever, in milliseconds. */
export const monotonicNow = (clock: Clock): number =>
  typeof clock.monotonic === 'function' ? clock.monotonic() : clock.now();

/** A moment, by both clocks. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

export const momentOf = (clock: Clock): Moment => ({ now: clock.now(), monotonic: monotonicNow(clock) });

/**
 * How long ago a moment was, in milliseconds: the least and the most that it can be. The time of day may have been set
 * meanwhile, and the other clock may have stood still, as it does on some machines while they sleep.
 */
export const since = (clock: Clock, { now, monotonic }: Moment): readonly [least: number, most: number] => {
  const both = [clock.now() - now, monotonicNow(clock) - monotonic];
  return [Math.min(...both), Math.max(...both)];
};
