import type { SmscError } from '../core/errors.ts';
import type { Effect } from '../core/operation.ts';

/** HTTP statuses of what stands before the gateway, that pass: too slow, too early, too many, and every failure of a server. */
const passes = (status: number): boolean => [408, 425, 429].includes(status) || status >= 500;

/**
 * Whether the same request can be sent again after a failure, without doing or paying anything twice.
 *
 * What surely did not leave can, whatever it is. What may have arrived can only if a second call does no more than the
 * first, and only after what passes: the network, the time limit, an answer that is not the gateway's. A refusal, bad
 * input, a caller that gave up and an answer that is too large would come to the same again.
 */
export function canRepeat(effect: Effect, error: SmscError): boolean {
  if (error.kind === 'transport')
    return (
      (error.reason === 'network' || error.reason === 'timeout') &&
      (effect !== 'spends' || !error.mayHaveHappened)
    );
  return (
    error.kind === 'unreadable-reply' && effect !== 'spends' && (error.status === 200 || passes(error.status))
  );
}
