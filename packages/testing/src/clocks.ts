// Clocks for tests. They have the shape of the client's `Clock`, so this package needs no other package of the workspace.

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Default start time of a clock: 16 March 2026, 09:00 UTC. */
const defaultStart = Date.UTC(2026, 2, 16, 9);

/** Timers in the order in which they are due. Timers that are due at the same time keep the order in which they were added. */
class TimerQueue {
  /** Sorted, the next timer last. */
  readonly #timers: Timer[] = [];

  get size(): number {
    return this.#timers.length;
  }

  /** Time of the next timer. `undefined` if there is none. */
  get nextAt(): number | undefined {
    return this.#timers.at(-1)?.at;
  }

  /** Adds a timer. Returns a function that removes it. */
  add(timer: Timer): () => void {
    let [from, to] = [0, this.#timers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#timers[middle]!.at > timer.at) from = middle + 1;
      else to = middle;
    }
    this.#timers.splice(from, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Removes the next timer and returns it. */
  take(): Timer | undefined {
    return this.#timers.pop();
  }
}

/** A clock that moves only when a test calls `advance`. */
export class ManualClock {
  #now: number;
  readonly #timers = new TimerQueue();

  constructor(start: number = defaultStart) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) =>
    this.#timers.add({ at: this.#now + ms, run });

  /** Number of timers that have not fired. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves the clock by `ms`, then runs the timers that are due. */
  advance(ms: number): void {
    this.#now += ms;
    while ((this.#timers.nextAt ?? Infinity) <= this.#now) this.#timers.take()!.run();
  }
}

/** A clock that moves by itself: as soon as the program waits for nothing else, it jumps to the next timer and runs it. */
export class VirtualClock {
  #now: number;
  #scheduled = false;
  readonly #timers = new TimerQueue();

  constructor(start: number = defaultStart) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const cancel = this.#timers.add({ at: this.#now + ms, run });
    this.#schedule();
    return cancel;
  };

  /** Number of timers that have not fired. */
  get pending(): number {
    return this.#timers.size;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Waits for two turns of the event loop, so that promises which the last timer resolved are handled first.
    setImmediate(() => setImmediate(() => this.#runNext()));
  }

  #runNext(): void {
    this.#scheduled = false;
    const next = this.#timers.take();
    if (!next) return;
    this.#now = Math.max(this.#now, next.at);
    next.run();
    if (this.#timers.size > 0) this.#schedule();
  }
}

/** A clock that always shows 0 and runs each timer in a microtask, whatever its delay. */
export const instantClock: {
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
} = {
  now: () => 0,
  after: (_, run) => {
    queueMicrotask(run);
    return () => undefined;
  },
};
