import type { RequestLimits } from '../options/limits.ts';
import { createExpiringMap, createSlidingWindow } from './sliding-windows.ts';

/** Blocks client addresses with error 4 after frequent errors. */
export interface AddressBlock {
  isBlocked(address: string | undefined, instant: number): boolean;
  /** Counts an error response. */
  recordError(address: string | undefined, error: number, instant: number): void;
}

/** Errors that count toward the block: those of parameters, credentials and dates. Assumption. */
const countedErrors: ReadonlySet<number> = new Set([1, 2, 5]);

/** Creates the block of client addresses. */
export function createAddressBlock(limits: RequestLimits): AddressBlock {
  const errors = createSlidingWindow(limits.errors);
  const blockedUntil = createExpiringMap<number>(limits.blockMs);
  return {
    isBlocked: (address, instant) =>
      address !== undefined && instant < (blockedUntil.get(address) ?? -Infinity),
    recordError: (address, error, instant) => {
      if (address === undefined || !countedErrors.has(error)) return;
      errors.record(address, instant);
      if (errors.isFull(address, instant)) blockedUntil.set(address, instant + limits.blockMs, instant);
    },
  };
}
