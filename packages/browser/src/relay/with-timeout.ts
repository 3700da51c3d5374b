import type { Clock } from '@smsc/client';

/** Limits of a wait. */
export interface Timeout {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Ends the wait early. */
  readonly signal: AbortSignal;
}

/** Resolves like the promise. Rejects with `createError()` after the timeout or when the signal aborts; a later result is ignored. */
export function withTimeout<Value>(
  promise: Promise<Value>,
  { clock, timeoutMs, signal }: Timeout,
  createError: () => Error,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cleanUp = (): void => {
      cancelTimer();
      signal.removeEventListener('abort', onTimeout);
    };
    const onTimeout = (): void => {
      cleanUp();
      reject(createError());
    };
    const cancelTimer = clock.after(timeoutMs, onTimeout);
    signal.addEventListener('abort', onTimeout);
    promise
      .then(resolve, reject)
      .finally(cleanUp)
      .catch(() => undefined);
    if (signal.aborted) onTimeout();
  });
}
