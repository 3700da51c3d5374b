import { held, idle, type Layer } from '../call.ts';
import { type Clock, ticksOf } from '../clock.ts';
import { sleep } from '../ending.ts';
import type { Spacing } from '../spacing.ts';

/** Waits until the recipients may be sent to again. */
export const spaced =
  (spacing: Spacing | undefined, clock: Clock): Layer =>
  (next) =>
    spacing === undefined
      ? next
      : async (attempt) => {
          const { call, ending, spacedBy } = attempt;
          try {
            for (let ms; spacedBy && (ms = spacing.take(spacedBy, ticksOf(clock))) > 0; ) if (!(await sleep(clock, ms, ending))) return idle(call, ending);
          } catch {
            return held(call, 'the spacing failed');
          }
          return next(attempt);
        };
