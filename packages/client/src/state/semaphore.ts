import { type Cancellation, raceCancel } from './cancellation.ts';

interface Waiter {
  readonly max: number;
  /** `undefined` once the waiter has given up. */
  enter: (() => void) | undefined;
  next: Waiter | undefined;
}

/** Limits how many calls run at the same time. Waiting calls enter in the order in which they came. */
export interface Semaphore {
  /**
   * Waits until fewer than `max` calls hold a slot, then takes one. Returns `true` at once if a slot is free. Resolves
   * to `false` if cancelled first.
   */
  enter(max: number, cancellation?: Cancellation): Promise<boolean> | boolean;
  /** Frees one slot and lets the next call in. */
  leave(): void;
}

/** Creates a semaphore. */
export function createSemaphore(): Semaphore {
  let inside = 0;
  let first: Waiter | undefined;
  let last: Waiter | undefined;

  function admit(): void {
    for (; first; first = first.next) {
      if (!first.enter) continue;
      if (inside >= first.max) return;
      inside++;
      first.enter();
    }
  }

  return {
    enter: (max, cancellation) => {
      if (!first && inside < max && !cancellation?.aborted) {
        inside++;
        return true;
      }
      return raceCancel(cancellation, (enter) => {
        const waiter: Waiter = { max, enter, next: undefined };
        if (first) last!.next = waiter;
        else first = waiter;
        last = waiter;
        admit();
        return () => {
          waiter.enter = undefined;
          // Admit later waiters that waited only because this waiter was ahead of them.
          admit();
        };
      });
    },
    leave: () => {
      inside--;
      admit();
    },
  };
}
