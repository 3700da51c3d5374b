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

/** Who waits for a signal, and its one listener: of more than ten Node warns. */
interface Watch {
  readonly runs: Set<() => void>;
  readonly listener: (() => void) | undefined;
}

/** On a signal that was made here. Nobody listens to it: that would cost more than all else that a wait does. */
const watch: unique symbol = /* @__PURE__ */ Symbol() as never;
type Watched = AbortSignal & { [watch]?: Watch };

const foreign = /* @__PURE__ */ new WeakMap<AbortSignal, Watch>();

const fire = (runs: Watch['runs']): void => {
  for (const each of [...runs]) each();
};

/** An `AbortController` for what is waited for here. */
export function createAbort(): Pick<AbortController, 'signal' | 'abort'> {
  const controller = new AbortController();
  const signal: Watched = controller.signal;
  const runs: Watch['runs'] = new Set();
  signal[watch] = { runs, listener: undefined };
  return {
    signal,
    abort: (reason) => {
      controller.abort(reason);
      fire(runs);
    },
  };
}

/** Runs something when a signal is aborted. Gives what calls that off, after which nothing is left on the signal. */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (!signal) return () => undefined;
  let known = (signal as Watched)[watch] ?? foreign.get(signal);
  if (!known) {
    const runs: Watch['runs'] = new Set();
    known = { runs, listener: () => fire(runs) };
    foreign.set(signal, known);
  }
  const { runs, listener } = known;
  if (listener && runs.size === 0) signal.addEventListener('abort', listener);
  runs.add(run);
  return () => {
    if (runs.delete(run) && listener && runs.size === 0) signal.removeEventListener('abort', listener);
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
