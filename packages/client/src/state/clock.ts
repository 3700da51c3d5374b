/** Clock and timer of a client. Tests pass their own. */
export interface Clock {
  /** Current time in milliseconds since 1970. It may jump when the system's clock is set. */
  readonly now: () => number;
  /** Milliseconds since an arbitrary moment, from a clock that never jumps. Default: `now`. */
  readonly monotonic?: (() => number) | undefined;
  /** Calls `run` once after `ms` milliseconds. Returns a function that cancels the timer. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The platform's clock: `Date.now`, `performance.now` and `setTimeout`. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Returns the clock's monotonic time, or `now()` if the clock has none. */
export const monotonicNow = (clock: Clock): number =>
  typeof clock.monotonic === 'function' ? clock.monotonic() : clock.now();

/** A moment, as wall-clock time and as monotonic time. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

/** Returns the current moment. */
export const momentOf = (clock: Clock): Moment => ({ now: clock.now(), monotonic: monotonicNow(clock) });

/**
 * Returns the smallest and the largest possible time since a moment, in milliseconds. The two clocks can disagree: the time
 * of day may have been set meanwhile, and the monotonic clock of some machines stops while they sleep.
 */
export const since = (clock: Clock, { now, monotonic }: Moment): readonly [least: number, most: number] => {
  const both = [clock.now() - now, monotonicNow(clock) - monotonic];
  return [Math.min(...both), Math.max(...both)];
};
