/** Time, as a client needs it. A test gives its own. */
export interface Clock {
  /** Milliseconds since 1970: the time of day, which can be set. */
  readonly now: () => number;
  /** Milliseconds since whenever, of a clock that nobody sets. Default: `now`. */
  readonly ticks?: (() => number) | undefined;
  /** Calls once, after so many milliseconds. Gives what calls that off. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The platform's. */
export const systemClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** How long it is since whenever, in milliseconds. */
export const ticksOf = (clock: Clock): number => (typeof clock.ticks === 'function' ? clock.ticks() : clock.now());

/** A moment, by both clocks. */
export interface Moment {
  readonly now: number;
  readonly ticks: number;
}

export const momentOf = (clock: Clock): Moment => ({ now: clock.now(), ticks: ticksOf(clock) });

/**
 * How long ago a moment was, in milliseconds: the least and the most that it can be. The time of day may have been set
 * meanwhile, and the other clock may have stood still, as it does on some machines while they sleep.
 */
export const since = (clock: Clock, { now, ticks }: Moment): readonly [least: number, most: number] => {
  const both = [clock.now() - now, ticksOf(clock) - ticks];
  return [Math.min(...both), Math.max(...both)];
};

interface Watch {
  readonly runs: Set<() => void>;
  readonly fire: () => void;
}

const watches = /* @__PURE__ */ new WeakMap<AbortSignal, Watch>();

/**
 * Runs something when a signal is aborted. Gives what calls that off, after which nothing is left on the signal. However
 * many wait for one signal, it has one listener: of more than ten Node warns.
 */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (!signal) return () => undefined;
  let watch = watches.get(signal);
  if (!watch) {
    const all = new Set<() => void>();
    watch = {
      runs: all,
      fire: () => {
        for (const each of [...all]) each();
      },
    };
    watches.set(signal, watch);
  }
  const { runs, fire } = watch;
  if (runs.size === 0) signal.addEventListener('abort', fire);
  runs.add(run);
  return () => {
    if (runs.delete(run) && runs.size === 0) signal.removeEventListener('abort', fire);
  };
}

/**
 * Waits for what is begun, or for the signal. Says which came first: `false` is the signal.
 *
 * @param begin begins, and gives what calls it off
 */
export const orAborted = (signal: AbortSignal | undefined, begin: (done: () => void) => (() => void) | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const off = onAbort(signal, () => {
      off();
      cancel?.();
      resolve(false);
    });
    const cancel = begin(() => {
      off();
      resolve(true);
    });
  });

/** Waits. Says whether the time has passed: `false` when the signal came first. */
export const sleep = (clock: Clock, ms: number, signal?: AbortSignal): Promise<boolean> => orAborted(signal, (done) => clock.after(ms, done));
