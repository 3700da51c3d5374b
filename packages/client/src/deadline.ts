import { TransportError } from '@smsc/protocol';
import type { Clock } from './clock.ts';

/** A signal that ends a call: the caller's, or the end of its time. */
export interface Deadline {
  readonly signal: AbortSignal | undefined;
  /** Leaves nothing behind, on the clock or on the caller's signal. */
  readonly end: () => void;
}

/** The caller's signal, with a limit in milliseconds if there is one. */
export function deadlineOf(clock: Clock, signal: AbortSignal | undefined, ms: number | undefined): Deadline {
  if (ms === undefined) return { signal, end: () => undefined };
  const controller = new AbortController();
  const cancel = clock.after(ms, () => controller.abort(new DOMException('the call took too long', 'TimeoutError')));
  const onAbort = (): void => controller.abort(signal!.reason);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  return {
    signal: controller.signal,
    end: () => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

/** What a signal was aborted for. `AbortSignal.timeout` has a name of its own for it. */
export const reasonOf = (signal: AbortSignal | undefined): 'timeout' | 'aborted' =>
  (signal?.reason as Error | null | undefined)?.name === 'TimeoutError' ? 'timeout' : 'aborted';

/** A call that ended before anything left. */
export const notSent = (operation: string, problem: string, reason: TransportError['reason']): TransportError =>
  new TransportError(`${operation}: ${problem}; nothing was sent`, 'connect', reason);
