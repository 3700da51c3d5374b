import type { RequestLimits } from '../options/limits.ts';
import { createExpiringMap, createSlidingWindow } from './sliding-windows.ts';

/** Addresses that are shut out for a while after frequent errors: error 4. */
export interface Blocking {
  blocked(address: string | undefined, instant: number): boolean;
  /** Takes note of an error that was answered. */
  note(address: string | undefined, error: number, instant: number): void;
}

/** Errors that are the caller's fault in writing the request: parameters, credentials, date. Which count is assumed. */
const faults: ReadonlySet<number> = new Set([1, 2, 5]);

/** Makes the look-out for such addresses. */
export function createBlocking(limits: RequestLimits): Blocking {
  const errors = createSlidingWindow(limits.errors);
  const until = createExpiringMap<number>(limits.blockMs);
  return {
    blocked: (address, instant) => address !== undefined && instant < (until.get(address) ?? -Infinity),
    note: (address, error, instant) => {
      if (address === undefined || !faults.has(error)) return;
      errors.record(address, instant);
      if (errors.full(address, instant)) until.set(address, instant + limits.blockMs, instant);
    },
  };
}
