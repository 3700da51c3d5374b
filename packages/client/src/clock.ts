/** Time, as a client needs it. A test gives its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls once, after so many milliseconds. Gives what calls that off. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The platform's. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits. Says whether the time has passed: `false` when the signal came first. Leaves nothing on the signal. */
export const sleep = (clock: Clock, ms: number, signal?: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const onAbort = (): void => end(false);
    const cancel = clock.after(ms, () => end(true));
    const end = (passed: boolean): void => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
      resolve(passed);
    };
    signal?.addEventListener('abort', onAbort);
  });
