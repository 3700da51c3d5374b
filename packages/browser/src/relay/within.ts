import type { Clock } from '@smsc/client';

/** Waits for something for so long, and until the signal. What comes too late is nobody's, a failure too. */
export function within<Value>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  work: Promise<Value>,
  late: () => Error,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', onLate);
    };
    const onLate = (): void => {
      end();
      reject(late());
    };
    const cancel = clock.after(ms, onLate);
    signal.addEventListener('abort', onLate);
    work
      .then(resolve, reject)
      .finally(end)
      .catch(() => undefined);
    if (signal.aborted) onLate();
  });
}
