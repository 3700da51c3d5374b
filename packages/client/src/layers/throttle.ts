import { held, idle, type Layer } from '../call.ts';
import { type Clock, monotonicNow } from '../clock.ts';
import { sleep } from '../cancellation.ts';
import type { RecipientThrottle } from '../recipient-throttle.ts';

/** Waits until the recipients may be sent to again. */
export const spaced =
  (spacing: RecipientThrottle | undefined, clock: Clock): Layer =>
  (next) =>
    spacing === undefined
      ? next
      : async (attempt) => {
          const { call, ending, spacedBy } = attempt;
          try {
            for (let ms; spacedBy && (ms = spacing.take(spacedBy, monotonicNow(clock))) > 0;)
              if (!(await sleep(clock, ms, ending))) return idle(call, ending);
          } catch {
            return held(call, 'the spacing failed');
          }
          return next(attempt);
        };
