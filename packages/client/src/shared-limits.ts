import { type Breaker, createBreaker } from './breaker.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';

/** What clients have in common: the gateway counts by login and by address, not by client. */
export interface SharedLimits {
  readonly gate: Semaphore;
  readonly breaker: Breaker;
  readonly quota: RetryBudget;
}

export const createLimits = (): SharedLimits => ({
  gate: createSemaphore(),
  breaker: createBreaker(),
  quota: createRetryBudget(),
});

/** One for the process: a program can hold this package twice, as a module of either kind. */
const registry: unique symbol = /* @__PURE__ */ Symbol.for('@smsc/client:2') as never;

/** What all who name the same have in common. The names hold secrets, so the list of them is where nobody can look: in a closure. */
export function sharedLimits(names: readonly unknown[]): SharedLimits {
  const place = globalThis as { [registry]?: (key: string) => SharedLimits };
  if (!place[registry]) {
    const shares = new Map<string, SharedLimits>();
    const find = (wanted: string): SharedLimits => {
      const share = shares.get(wanted) ?? createLimits();
      shares.set(wanted, share);
      return share;
    };
    Object.defineProperty(place, registry, { value: find });
  }
  return place[registry]!(JSON.stringify(names));
}
