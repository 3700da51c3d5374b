import { type AttemptLayer, heldBack, neverStarted } from '../call.ts';
import { sleep } from '../state/cancellation.ts';
import { type Clock, monotonicNow } from '../state/clock.ts';
import type { RecipientThrottle } from '../state/recipient-throttle.ts';

/** Waits until the throttle allows another message to the recipients. */
export const throttleLayer =
  (throttle: RecipientThrottle | undefined, clock: Clock): AttemptLayer =>
  (next) =>
    throttle === undefined
      ? next
      : async (attempt) => {
          const { call, cancellation, throttled } = attempt;
          try {
            while (throttled) {
              const ms = throttle.take(throttled, monotonicNow(clock));
              if (!(ms > 0)) break;
              if (!(await sleep(clock, ms, cancellation))) return neverStarted(call, cancellation);
            }
          } catch {
            return heldBack(call, 'the recipient throttle failed');
          }
          return next(attempt);
        };
