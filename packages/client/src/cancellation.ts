import { TransportError } from '@smsc/protocol';
import type { Clock } from './clock.ts';

/**
 * What ends a call or an attempt: a caller's signal, the end of its time, or whoever has it. Does what a signal of the
 * platform does, in less time; who needs one can have it.
 */
export class Cancellation {
  #over = false;
  #reason: unknown;
  #signal: AbortSignal | undefined;
  #controller: AbortController | undefined;
  /** Of a caller's signal, its one listener, however many wait: of more than ten Node warns. */
  #listener: (() => void) | undefined;
  readonly #runs = new Set<() => void>();

  /** That of a caller's signal. */
  static of(signal: AbortSignal): Cancellation {
    let ending = callers.get(signal);
    if (!ending) {
      ending = new Cancellation();
      ending.#signal = signal;
      ending.#listener = () => ending!.#fire();
      callers.set(signal, ending);
    }
    return ending;
  }

  get aborted(): boolean {
    return this.#signal?.aborted ?? this.#over;
  }

  /** Which it was. `AbortSignal.timeout` has a name of its own for the end of its time. */
  get reason(): 'timeout' | 'aborted' {
    const reason = (this.#signal?.reason ?? this.#reason) as Error | undefined;
    return reason?.name === 'TimeoutError' ? 'timeout' : 'aborted';
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      this.#controller = new AbortController();
      if (this.#over) this.#controller.abort(this.#reason);
      this.#signal = this.#controller.signal;
    }
    return this.#signal;
  }

  abort(reason?: unknown): void {
    // Which came first is which it was.
    if (this.#over) return;
    this.#over = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#fire();
  }

  #fire(): void {
    for (const run of [...this.#runs]) run();
  }

  /** Runs something when it comes. Gives what calls that off, after which nothing is left on a signal. */
  on(run: () => void): () => void {
    const runs = this.#runs;
    if (this.#listener && runs.size === 0) this.#signal!.addEventListener('abort', this.#listener);
    runs.add(run);
    return () => {
      if (runs.delete(run) && this.#listener && runs.size === 0)
        this.#signal!.removeEventListener('abort', this.#listener);
    };
  }
}

const callers = /* @__PURE__ */ new WeakMap<AbortSignal, Cancellation>();

/** An ending that comes with another, and after so many milliseconds. */
export interface Deadline {
  readonly ending: Cancellation;
  /** Leaves nothing behind, on the clock or on the other: one may serve thousands of calls. */
  readonly done: () => void;
}

export function deadlineOf(clock: Clock, outer: Cancellation | undefined, ms: number): Deadline {
  const ending = new Cancellation();
  const follow = (): void => ending.abort(outer!.signal.reason);
  const off = outer?.on(follow);
  if (outer?.aborted) follow();
  const cancel = clock.after(ms, () => ending.abort(new DOMException('it took too long', 'TimeoutError')));
  return {
    ending,
    done: () => {
      cancel();
      off?.();
    },
  };
}

/**
 * Waits for what is begun, or for the ending. Says which came first: `false` is the ending.
 *
 * @param begin begins, and gives what calls it off
 */
export const raceCancel = (
  ending: Cancellation | undefined,
  begin: (done: () => void) => (() => void) | undefined,
): Promise<boolean> =>
  new Promise((resolve) => {
    if (ending?.aborted) return resolve(false);
    const off = ending?.on(() => {
      off!();
      cancel?.();
      resolve(false);
    });
    const cancel = begin(() => {
      off?.();
      resolve(true);
    });
  });

/** What others made, if it has to be waited for: once, since some begin anew each time that they are. */
export const promised = <Value>(made: Value | Promise<Value>): Promise<Value> | undefined =>
  typeof (made as Partial<Promise<Value>> | undefined)?.then === 'function'
    ? Promise.resolve(made)
    : undefined;

/** Waits for what others do, or for the ending. Says which came first: `false` is the ending. */
export const waitUnlessCancelled = (
  ending: Cancellation | undefined,
  work: Promise<unknown>,
): Promise<boolean> => {
  // It can fail when nobody waits for it any more.
  const settled = work.catch(() => undefined);
  return raceCancel(ending, (done) => void settled.then(done));
};

/** Waits. Says whether the time has passed: `false` when the ending came first. */
export const sleep = (clock: Clock, ms: number, ending?: Cancellation): Promise<boolean> =>
  raceCancel(ending, (done) => clock.after(ms, done));

/** A call that ended before anything left. */
export const notSent = (
  operation: string,
  problem: string,
  reason: TransportError['reason'],
): TransportError => new TransportError(`${operation}: ${problem}; nothing was sent`, 'connect', reason);
