import { isAskable } from '../recipients.ts';
import { type AttemptLayer, heldBack, neverStarted } from '../call.ts';
import { sleep } from '../state/cancellation.ts';
import { type Clock, monotonicNow } from '../state/clock.ts';

/** Limits the rate of messages to the same recipient. */
export interface RecipientThrottle {
  /**
   * Counts one message for each recipient and returns 0. If a recipient has reached the limit, counts none and returns the
   * number of milliseconds to wait before asking again.
   */
  take(recipients: readonly string[], now: number): number;
  /** Creates the layer that delays attempts. Called by the client. */
  layer(clock: Clock): AttemptLayer;
}

/**
 * Creates a throttle with a rule of your own.
 *
 * @param take counts one message for each recipient and returns 0, or counts none and returns the milliseconds to wait
 */
export const customThrottle = (take: RecipientThrottle['take']): RecipientThrottle => ({
  take,
  layer: (clock) => (next) => async (attempt) => {
    const { call, cancellation, isLate } = attempt;
    const throttled = call.to.filter(isAskable);
    try {
      // The gateway rejects a message that is sent again, so it does not count.
      while (call.hasId && !isLate) {
        const ms = take(throttled, monotonicNow(clock));
        if (!(ms > 0)) break;
        if (!(await sleep(clock, ms, cancellation))) return neverStarted(call, cancellation);
      }
    } catch {
      return heldBack(call, 'the recipient throttle failed');
    }
    return next(attempt);
  },
});
