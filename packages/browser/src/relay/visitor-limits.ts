import type { Clock } from '@smsc/client';

/** Maximum number of calls in any period of a given length. */
export interface Limit {
  /** Number of calls, 1 to 100,000. */
  readonly most: number;
  /** Length of the period in ms, up to a week. */
  readonly perMs: number;
}

/** Limits on the number of calls. `false` means no limit. */
export interface VisitorLimits {
  /** Limit for one visitor. Counts every request. */
  readonly visitor?: Limit | false | undefined;
  /** Limit for all visitors together. Counts the calls that the guard allowed. */
  readonly total?: Limit | false | undefined;
}

/** Sliding window, exact to the millisecond. Keeps the times of the last calls, at most as many as the limit allows. */
class SlidingWindow {
  readonly #limit: Limit;
  readonly #times: number[] = [];
  #next = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Returns the time until the next call is allowed, in ms. 0 means now. */
  waitMs(now: number): number {
    const oldest = this.#times.length < this.#limit.most ? undefined : this.#times[this.#next];
    return oldest === undefined ? 0 : Math.max(0, oldest + this.#limit.perMs - now);
  }

  /** Records a call. */
  add(now: number): void {
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.#limit.most;
  }
}

interface KnownVisitor {
  readonly window: SlidingWindow;
  /** Time of the last counted call. */
  lastAt: number;
}

/** Windows of the visitors that called recently. */
class VisitorWindows {
  readonly #limit: Limit;
  readonly #maxVisitors: number;
  /** Known visitors in the order of their last calls, oldest first. */
  readonly #visitors = new Map<string, KnownVisitor>();

  constructor(limit: Limit, maxVisitors: number) {
    this.#limit = limit;
    this.#maxVisitors = maxVisitors;
  }

  /** Finds or creates the entry of a visitor. If there is no room for a new entry, returns the time to wait, in ms. */
  find(visitor: string, now: number): KnownVisitor | number {
    const found = this.#visitors.get(visitor);
    if (found) return found;
    this.#removeExpired(now);
    if (this.#visitors.size < this.#maxVisitors)
      return { window: new SlidingWindow(this.#limit), lastAt: now };
    const [oldest] = this.#visitors.values();
    return oldest!.lastAt + this.#limit.perMs - now;
  }

  /** Records a call of a visitor. */
  add(visitor: string, known: KnownVisitor, now: number): void {
    known.window.add(now);
    known.lastAt = now;
    this.#visitors.delete(visitor);
    this.#visitors.set(visitor, known);
  }

  #removeExpired(now: number): void {
    for (const [name, { lastAt }] of this.#visitors) {
      if (lastAt + this.#limit.perMs > now) break;
      this.#visitors.delete(name);
    }
  }
}

/** Counts requests against a limit for each visitor and a limit for all visitors together. */
export interface Limiter {
  /**
   * Counts one request of a visitor, if both limits have room. Returns 0, or the time until there may be room, in ms.
   */
  take(visitor: string): number;
  /**
   * Counts one call against the limit for all visitors. Returns 0 or a time, as `take` does. Called only after the guard has
   * allowed the call, so that refused calls do not use up the limit that all visitors share.
   */
  pass(): number;
}

/**
 * Creates a limiter.
 *
 * @param maxVisitors maximum number of visitors that are remembered. When it is reached, new visitors must wait, so an
 *   attacker with many addresses cannot make the limiter forget other visitors
 */
export function createLimiter(
  { visitor: perVisitor = false, total = false }: VisitorLimits,
  clock: Pick<Clock, 'now'>,
  maxVisitors: number,
): Limiter {
  const all = total && new SlidingWindow(total);
  const visitors = perVisitor && new VisitorWindows(perVisitor, maxVisitors);
  const waitForAll = (now: number): number => (all ? all.waitMs(now) : 0);
  return {
    take: (visitor) => {
      const now = clock.now();
      if (!visitors) return waitForAll(now);
      const known = visitors.find(visitor, now);
      if (typeof known === 'number') return known;
      const waitMs = Math.max(waitForAll(now), known.window.waitMs(now));
      if (waitMs === 0) visitors.add(visitor, known, now);
      return waitMs;
    },
    pass: () => {
      const now = clock.now();
      const waitMs = waitForAll(now);
      if (all && waitMs === 0) all.add(now);
      return waitMs;
    },
  };
}
