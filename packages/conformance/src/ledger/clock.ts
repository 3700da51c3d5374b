import type { Clock } from '@smsc/client';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Start of every case: 16 March 2026, 09:00 UTC. */
const start = Date.UTC(2026, 2, 16, 9);
/** Reading of the monotonic clock at the start of a case, in milliseconds. */
const startMonotonic = 3_600_000;
/** Maximum time that may pass in a case by waiting, in milliseconds. A call that takes longer counts as waiting forever. */
const maxWaitMs = 7_200_000;

/**
 * Clock of a case. It jumps to the next timer as soon as the program waits for nothing else. It stands still while a
 * method of the store runs, so that no time limit passes because a store is slow.
 */
export class CaseClock implements Clock {
  #elapsed = 0;
  /** Time by which the time of day was set ahead, in milliseconds. */
  #ahead = 0;
  #waited = 0;
  #timers: Timer[] = [];
  #isScheduled = false;
  #storeCalls = 0;
  /** Called when the case waits forever. */
  readonly #onEndless: () => void;

  constructor(onEndless: () => void) {
    this.#onEndless = onEndless;
  }

  readonly now = (): number => start + this.#elapsed + this.#ahead;

  readonly monotonic = (): number => startMonotonic + this.#elapsed;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.#elapsed + ms, run };
    this.#timers.push(timer);
    this.#schedule();
    return () => void (this.#timers = this.#timers.filter((each) => each !== timer));
  };

  /** Waits for a time, in milliseconds. */
  readonly sleep = (ms: number): Promise<void> => new Promise((resolve) => void this.after(ms, resolve));

  /** Moves the clock by a time, in milliseconds. Timers fire when the program waits again. */
  advance(ms: number): void {
    this.#elapsed += ms;
  }

  /** Sets the time of day ahead, or back if `ms` is negative. The monotonic clock stays as it is. */
  setTimeOfDay(ms: number): void {
    this.#ahead += ms;
  }

  /** Makes the clock stand still until the promise is settled. Returns the promise. */
  hold<Value>(promise: Promise<Value>): Promise<Value> {
    this.#storeCalls++;
    const release = (): void => {
      this.#storeCalls--;
      this.#schedule();
    };
    promise.then(release, release);
    return promise;
  }

  /** Removes all timers. */
  stop(): void {
    this.#timers = [];
  }

  #schedule(): void {
    if (this.#isScheduled || this.#storeCalls > 0 || this.#timers.length === 0) return;
    this.#isScheduled = true;
    // Waits for two turns of the event loop, so that promises which the last timer resolved are handled first.
    setImmediate(() => setImmediate(() => this.#runNext()));
  }

  #runNext(): void {
    this.#isScheduled = false;
    if (this.#storeCalls > 0) return;
    let next: Timer | undefined;
    for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
    if (!next) return;
    this.#timers = this.#timers.filter((each) => each !== next);
    const wait = Math.max(0, next.at - this.#elapsed);
    this.#waited += wait;
    this.#elapsed += wait;
    if (this.#waited > maxWaitMs) {
      this.stop();
      this.#onEndless();
      return;
    }
    next.run();
    this.#schedule();
  }
}
