import type { SmscError } from '../core/errors.ts';
import type { Effect } from '../core/operation.ts';

/** Returns true for HTTP statuses that mean a temporary error of a proxy: 408, 425, 429, and 500 or more. */
const isTemporary = (status: number): boolean => [408, 425, 429].includes(status) || status >= 500;

/**
 * Returns true if a failed request can be retried without a second effect or charge.
 *
 * A request that was not sent because of a network error or a timeout can always be retried. A request that may have
 * arrived can be retried only if the operation does not spend, and only after a temporary failure: a network error, a
 * timeout, or an unreadable response. A call is not retried after a rejection, invalid input, a cancellation, or a
 * response that is too large.
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
