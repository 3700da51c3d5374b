import { type Breaker, createBreaker } from './breaker.ts';
import { createGate, type Gate } from './gate.ts';
import { createQuota, type Quota } from './quota.ts';

/** What clients have in common: the gateway counts by login and by address, not by client. */
export interface Share {
  readonly gate: Gate;
  readonly breaker: Breaker;
  readonly quota: Quota;
}

export const createShare = (): Share => ({ gate: createGate(), breaker: createBreaker(), quota: createQuota() });

/** One for the process: a program can hold this package twice, as a module of either kind. */
const registry: unique symbol = /* @__PURE__ */ Symbol.for('@smsc/client:2') as never;

/** What all who name the same have in common. The names hold secrets, so the list of them is where nobody can look: in a closure. */
export function shareOf(names: readonly unknown[]): Share {
  const place = globalThis as { [registry]?: (key: string) => Share };
  if (!place[registry]) {
    const shares = new Map<string, Share>();
    const find = (wanted: string): Share => {
      const share = shares.get(wanted) ?? createShare();
      shares.set(wanted, share);
      return share;
    };
    Object.defineProperty(place, registry, { value: find });
  }
  return place[registry]!(JSON.stringify(names));
}
