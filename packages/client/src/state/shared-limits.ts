import { type Breaker, createBreaker } from './breaker.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';

/**
 * Limits that several clients share, because the gateway counts requests and errors by login and by IP address, not by
 * client.
 */
export interface SharedLimits {
  readonly semaphore: Semaphore;
  readonly breaker: Breaker;
  readonly retryBudget: RetryBudget;
}

/** Default maximum number of parallel requests. The gateway rejects a fifteenth. */
export const defaultMaxInFlight = 10;

/** Creates new limits. */
export const createLimits = (): SharedLimits => ({
  semaphore: createSemaphore(),
  breaker: createBreaker(),
  retryBudget: createRetryBudget(),
});

/** Key of the registry on `globalThis`. A program can load this package twice, as ESM and as CommonJS; both use one registry. */
const registry: unique symbol = /* @__PURE__ */ Symbol.for('@smsc/client:3') as never;

/** Returns the limits shared by all clients with the same key. Keys contain secrets, so the map is hidden in a closure. */
export function sharedLimits(key: readonly unknown[]): SharedLimits {
  const holder = globalThis as { [registry]?: (key: string) => SharedLimits };
  if (!holder[registry]) {
    const limitsByKey = new Map<string, SharedLimits>();
    const find = (wanted: string): SharedLimits => {
      if (!limitsByKey.has(wanted)) limitsByKey.set(wanted, createLimits());
      return limitsByKey.get(wanted)!;
    };
    Object.defineProperty(holder, registry, { value: find });
  }
  return holder[registry]!(JSON.stringify(key));
}
