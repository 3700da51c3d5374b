import TinyQueue from 'tinyqueue';

/** Schedule of future events: jobs, rents and webhooks. It has no clock; the caller advances it. */
export interface Scheduler {
  /** Adds an event. An instant beyond the range of `Date` is ignored. */
  schedule(at: number, event: (at: number) => void): void;
  /** Returns the instant of the next event, or `undefined` if there is none. */
  next(): number | undefined;
  /** Runs all events up to an instant in order, each with its own instant. An event may schedule further events. */
  advance(until: number): void;
}

interface ScheduledEvent {
  readonly at: number;
  /** Number of events that were scheduled earlier. Events at the same instant run in this order. */
  readonly order: number;
  readonly run: (at: number) => void;
}

/** Largest time value of a `Date`. */
const lastInstant = 8.64e15;

/** Creates an empty schedule. */
export function createScheduler(): Scheduler {
  const queue = new TinyQueue<ScheduledEvent>([], (a, b) => a.at - b.at || a.order - b.order);
  let scheduled = 0;
  return {
    schedule: (at, run) => {
      if (Math.abs(at) <= lastInstant) queue.push({ at, order: scheduled++, run });
    },
    next: () => queue.peek()?.at,
    advance: (until) => {
      for (let next = queue.peek(); next && next.at <= until; next = queue.peek()) {
        queue.pop();
        next.run(next.at);
      }
    },
  };
}
