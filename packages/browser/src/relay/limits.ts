import type { Clock } from '@smsc/client';

/** At most so many in any so many milliseconds. */
export interface Limit {
  /** 1 to 100,000. */
  readonly most: number;
  /** Milliseconds, up to a week. */
  readonly perMs: number;
}

/** How often something may be asked for; `false` for no limit. */
export interface VisitorLimits {
  /** By one visitor. Whatever is asked counts. */
  readonly visitor?: Limit | false | undefined;
  /** By all of them together. What the guard has let pass counts. */
  readonly total?: Limit | false | undefined;
}

/** The last times of something, as many as there may be: a sliding window, exact to the millisecond. */
class Window {
  readonly #limit: Limit;
  readonly #times: number[] = [];
  #next = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Milliseconds until it may be once more; 0 at once. */
  wait(now: number): number {
    const oldest = this.#times.length < this.#limit.most ? undefined : this.#times[this.#next];
    return oldest === undefined ? 0 : Math.max(0, oldest + this.#limit.perMs - now);
  }

  note(now: number): void {
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.#limit.most;
  }
}

interface Known {
  readonly window: Window;
  last: number;
}

/** Counts against a limit for each visitor and one for all. */
export interface Limiter {
  /** Counts one of a visitor's, if there is room for it, and room for all: 0. Otherwise milliseconds until there may be. */
  take(visitor: string): number;
  /** Counts one of all, in the same way, once nothing else keeps it back: whoever is refused takes nothing from others. */
  pass(): number;
}

/**
 * @param maxVisitors how many are remembered. When all of them are still within their time, others have to wait: whoever
 * comes from many addresses makes nobody forgotten
 */
export function createLimiter(
  { visitor: each = false, total = false }: VisitorLimits,
  clock: Pick<Clock, 'now'>,
  maxVisitors: number,
): Limiter {
  const all = total && new Window(total);
  /** The one that was here longest ago comes first. */
  const known = new Map<string, Known>();

  function find(visitor: string, limit: Limit, now: number): Known | number {
    const found = known.get(visitor);
    if (found) return found;
    for (const [name, { last }] of known) {
      if (last + limit.perMs > now) break;
      known.delete(name);
    }
    if (known.size < maxVisitors) return { window: new Window(limit), last: now };
    const [oldest] = known.values();
    return oldest!.last + limit.perMs - now;
  }

  return {
    take: (visitor) => {
      const now = clock.now();
      const one = each && find(visitor, each, now);
      if (typeof one === 'number') return one;
      const wait = Math.max(all ? all.wait(now) : 0, one ? one.window.wait(now) : 0);
      if (wait > 0 || !one) return wait;
      one.window.note(now);
      one.last = now;
      known.delete(visitor);
      known.set(visitor, one);
      return 0;
    },
    pass: () => {
      const now = clock.now();
      const wait = all ? all.wait(now) : 0;
      if (wait === 0 && all) all.note(now);
      return wait;
    },
  };
}
