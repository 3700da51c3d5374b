import type { SmscError } from '../core/errors.ts';
import type { Effect } from '../core/operation.ts';

/** Returns true for temporary HTTP statuses of a proxy: 408, 425, 429 and all of 500 and above. */
const isTemporary = (status: number): boolean => [408, 425, 429].includes(status) || status >= 500;

/**
 * Returns true if the same request can be sent again after a failure without doing or paying anything twice.
 *
 * A request that did not leave can always be retried. A request that may have arrived can be retried only if the
 * operation does not spend, and only after a temporary failure: the network, a timeout, or a response of a proxy. A
 * refusal, bad input, a cancelled call and a response that is too large would fail again.
 */
export function canRetry(effect: Effect, error: SmscError): boolean {
  if (error.kind === 'transport')
    return (
      (error.reason === 'network' || error.reason === 'timeout') &&
      (effect !== 'spends' || !error.mayHaveHappened)
    );
  return (
    error.kind === 'unreadable-reply' &&
    effect !== 'spends' &&
    (error.status === 200 || isTemporary(error.status))
  );
}
