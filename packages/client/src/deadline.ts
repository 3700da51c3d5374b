import { TransportError } from '@smsc/protocol';
import { type Clock, onAbort } from './clock.ts';

/** What ends a call or an attempt: the caller's signal, the end of its time, or whoever has the controller. */
export interface Deadline {
  readonly controller: AbortController;
  /** Leaves nothing behind, on the clock or on the caller's signal: one may serve thousands of calls. */
  readonly end: () => void;
}

/**
 * A controller of its own, aborted with the caller's signal, and after so many milliseconds.
 *
 * @param over is told when either has come
 */
export function deadlineOf(clock: Clock, signal: AbortSignal | undefined, ms: number, over?: () => void): Deadline {
  const controller = new AbortController();
  const abort = (reason: unknown): void => {
    controller.abort(reason);
    over?.();
  };
  const cancel = clock.after(ms, () => abort(new DOMException('it took too long', 'TimeoutError')));
  const follow = (): void => abort(signal!.reason);
  const off = onAbort(signal, follow);
  if (signal?.aborted) follow();
  return {
    controller,
    end: () => {
      cancel();
      off();
    },
  };
}

/** What a signal was aborted for. `AbortSignal.timeout` has a name of its own for it. */
export const reasonOf = (signal: AbortSignal | undefined): 'timeout' | 'aborted' =>
  (signal?.reason as Error | null | undefined)?.name === 'TimeoutError' ? 'timeout' : 'aborted';

/** A call that ended before anything left. */
export const notSent = (operation: string, problem: string, reason: TransportError['reason']): TransportError =>
  new TransportError(`${operation}: ${problem}; nothing was sent`, 'connect', reason);
