import { type AttemptLayer, neverStarted } from '../call.ts';
import type { Semaphore } from '../state/semaphore.ts';

/** Waits for a free slot, and frees it when the attempt has ended. */
export const concurrencyLayer =
  (semaphore: Semaphore, maxInFlight: number): AttemptLayer =>
  (next) =>
  async (attempt) => {
    const { call, cancellation } = attempt;
    const entered = semaphore.enter(maxInFlight, cancellation);
    if (entered !== true && !(await entered)) return neverStarted(call, cancellation);
    try {
      return await next(attempt);
    } finally {
      // A running probe keeps its slot even if its caller was cancelled.
      if (attempt.pending) void attempt.pending.then(semaphore.leave);
      else semaphore.leave();
    }
  };
