import { type Cancellation, raceCancel } from './cancellation.ts';

interface Waiting {
  readonly most: number;
  /** `undefined` when it has given up. */
  go: (() => void) | undefined;
  next: Waiting | undefined;
}

/** Lets so many in at once, first come first served. */
export interface Semaphore {
  /** Waits for a place, if none is free. Says whether there is one: `false` when the ending came first. */
  enter(most: number, ending?: Cancellation): Promise<boolean> | boolean;
  /** Gives the place to whoever is next. */
  leave(): void;
}

/** Makes a gate. */
export function createSemaphore(): Semaphore {
  let inside = 0;
  /** Who is next, and behind whom to stand. */
  let first: Waiting | undefined;
  let last: Waiting | undefined;

  function admit(): void {
    for (; first; first = first.next) {
      if (!first.go) continue;
      if (inside >= first.most) return;
      inside++;
      first.go();
    }
  }

  return {
    enter: (most, ending) => {
      if (!first && inside < most && !ending?.aborted) {
        inside++;
        return true;
      }
      return raceCancel(ending, (go) => {
        const place: Waiting = { most, go, next: undefined };
        if (first) last!.next = place;
        else first = place;
        last = place;
        admit();
        return () => {
          place.go = undefined;
          // Whoever stands behind may have waited for this one alone.
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
