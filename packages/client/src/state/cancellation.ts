import type { Clock } from './clock.ts';

/**
 * Lightweight cancellation of a call or an attempt. Fires when the caller's signal is aborted, or when `abort` is
 * called. Creates a real `AbortSignal` only on demand, because creating one is slow.
 */
export class Cancellation {
  #aborted = false;
  #reason: unknown;
  #signal: AbortSignal | undefined;
  #controller: AbortController | undefined;
  /**
   * The only listener on a caller's signal, for all callbacks together. Node warns if a signal has more than ten
   * listeners.
   */
  #listener: (() => void) | undefined;
  readonly #callbacks = new Set<() => void>();

  /** Returns the cancellation that follows a caller's signal. The same signal always gets the same cancellation. */
  static of(signal: AbortSignal): Cancellation {
    let cancellation = bySignal.get(signal);
    if (!cancellation) {
      const created = new Cancellation();
      created.#signal = signal;
      created.#listener = () => created.#fire();
      bySignal.set(signal, created);
      cancellation = created;
    }
    return cancellation;
  }

  get aborted(): boolean {
    return this.#signal?.aborted ?? this.#aborted;
  }

  /** `timeout` if a time limit has passed, including one set by `AbortSignal.timeout`; else `aborted`. */
  get reason(): 'timeout' | 'aborted' {
    const reason = (this.#signal?.reason ?? this.#reason) as Error | undefined;
    return reason?.name === 'TimeoutError' ? 'timeout' : 'aborted';
  }

  /** The cancellation as an `AbortSignal`. */
  get signal(): AbortSignal {
    if (!this.#signal) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort(this.#reason);
      this.#signal = this.#controller.signal;
    }
    return this.#signal;
  }

  /** Fires the cancellation. Only the first reason counts. */
  abort(reason?: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#fire();
  }

  #fire(): void {
    for (const run of [...this.#callbacks]) run();
  }

  /**
   * Calls `run` when the cancellation fires. Returns a function that removes `run`. Removing the last callback also
   * removes the listener from the caller's signal.
   */
  on(run: () => void): () => void {
    const callbacks = this.#callbacks;
    if (this.#listener && callbacks.size === 0) this.#signal!.addEventListener('abort', this.#listener);
    callbacks.add(run);
    return () => {
      if (callbacks.delete(run) && this.#listener && callbacks.size === 0)
        this.#signal!.removeEventListener('abort', this.#listener);
    };
  }
}

const bySignal = /* @__PURE__ */ new WeakMap<AbortSignal, Cancellation>();

/** A cancellation that fires after a time limit, or when an outer cancellation fires. */
export interface Deadline {
  readonly cancellation: Cancellation;
  /** Stops the timer and removes the callback from the outer cancellation, which may serve thousands of calls. */
  readonly done: () => void;
}

/**
 * Starts a time limit of `ms` milliseconds.
 *
 * @param outer if this cancellation fires, the new one fires as well
 */
export function startDeadline(clock: Clock, outer: Cancellation | undefined, ms: number): Deadline {
  const cancellation = new Cancellation();
  const follow = (): void => cancellation.abort(outer!.signal.reason);
  const stopFollowing = outer?.on(follow);
  if (outer?.aborted) follow();
  const stopTimer = clock.after(ms, () =>
    cancellation.abort(new DOMException('the time limit has passed', 'TimeoutError')),
  );
  return {
    cancellation,
    done: () => {
      stopTimer();
      stopFollowing?.();
    },
  };
}

/**
 * Runs an operation until it is done or the cancellation fires. Resolves to `true` if the operation is done first, else
 * to `false`.
 *
 * @param begin starts the operation, and may return a function that stops it. Not called if already cancelled
 */
export const raceCancel = (
  cancellation: Cancellation | undefined,
  begin: (done: () => void) => (() => void) | undefined,
): Promise<boolean> =>
  new Promise((resolve) => {
    if (cancellation?.aborted) return resolve(false);
    const off = cancellation?.on(() => {
      off!();
      stop?.();
      resolve(false);
    });
    const stop = begin(() => {
      off?.();
      resolve(true);
    });
  });

/**
 * Returns the value as a promise if it has a `then` method, else `undefined`. Calls `then` only once, because some
 * objects start their work again at each call.
 */
export const asPromise = <Value>(value: Value | Promise<Value>): Promise<Value> | undefined =>
  typeof (value as Partial<Promise<Value>> | undefined)?.then === 'function'
    ? Promise.resolve(value)
    : undefined;

/** Waits until a promise is settled or the cancellation fires. Resolves to `false` if the cancellation fires first. */
export const waitUnlessCancelled = (
  cancellation: Cancellation | undefined,
  work: Promise<unknown>,
): Promise<boolean> => {
  // Avoids an unhandled rejection if the promise rejects after the wait has ended.
  const settled = work.catch(() => undefined);
  return raceCancel(cancellation, (done) => void settled.then(done));
};

/** Waits for a time, in milliseconds. Resolves to `false` if the cancellation fires first. */
export const sleep = (clock: Clock, ms: number, cancellation?: Cancellation): Promise<boolean> =>
  raceCancel(cancellation, (done) => clock.after(ms, done));
