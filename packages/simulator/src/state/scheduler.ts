/** What is to happen, and when: mailings, rents and reports wait here until the clock of the caller has come so far. */
export interface Scheduler {
  /** Plans an event. One without an instant that a calendar has never comes. */
  schedule(at: number, event: (at: number) => void): void;
  /** When the next event is due; `undefined` when none is planned. */
  next(): number | undefined;
  /** Lets everything happen that is due up to an instant, in its order, each at its own instant. */
  advance(to: number): void;
}

interface Entry {
  readonly at: number;
  /** Of two events at one instant the one that was planned first comes first. */
  readonly order: number;
  readonly event: (at: number) => void;
}

/** The last instant that a `Date` has. */
const lastInstant = 8.64e15;

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A heap: the next event is always its first. */
export function createScheduler(): Scheduler {
  const heap: Entry[] = [];
  let planned = 0;

  function sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [at * 2 + 1, at * 2 + 2];
      let least = at;
      if (left < heap.length && isBefore(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && isBefore(heap[right]!, heap[least]!)) least = right;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }

  function rise(): void {
    let at = heap.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[above]!)) return;
      [heap[at], heap[above]] = [heap[above]!, heap[at]!];
      at = above;
    }
  }

  return {
    schedule: (at, event) => {
      if (!(Math.abs(at) <= lastInstant)) return;
      heap.push({ at, order: planned++, event });
      rise();
    },
    next: () => heap[0]?.at,
    advance: (to) => {
      while (heap.length > 0 && heap[0]!.at <= to) {
        const first = heap[0]!;
        const last = heap.pop()!;
        if (heap.length > 0) {
          heap[0] = last;
          sink();
        }
        first.event(first.at);
      }
    },
  };
}
