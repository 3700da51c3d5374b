import { TransportError } from '@smsc/protocol';
import { type Clock, createAbort, onAbort } from './clock.ts';

/** What ends a call or an attempt: the caller's signal, the end of its time, or whoever has this. */
export interface Deadline extends Pick<AbortController, 'signal' | 'abort'> {
  /** Leaves nothing behind, on the clock or on the caller's signal: one may serve thousands of calls. */
  readonly end: () => void;
}

/** A deadline that comes with the caller's signal, and after so many milliseconds. */
export function deadlineOf(clock: Clock, outer: AbortSignal | undefined, ms: number): Deadline {
  const { signal, abort } = createAbort();
  const cancel = clock.after(ms, () => abort(new DOMException('it took too long', 'TimeoutError')));
  const follow = (): void => abort(outer!.reason);
  const off = onAbort(outer, follow);
  if (outer?.aborted) follow();
  return {
    signal,
    abort,
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
