import { held, idle, type Layer } from '../call.ts';
import type { Clock } from '../clock.ts';
import { promised, waitUnlessCancelled } from '../cancellation.ts';

/** Writes into the journal that a request is about to leave. What cannot be written does not leave. */
export const recorded =
  (clock: Clock): Layer =>
  (next) =>
  async (attempt) => {
    const { call, ending, isLate } = attempt;
    try {
      const writing = promised(call.record?.written(clock.now()));
      if (writing && !(await waitUnlessCancelled(ending, writing))) return idle(call, ending);
      await writing;
    } catch {
      return held(call, 'the journal could not be written');
    }
    return isLate?.() ? held(call, 'it is too late for a probe') : next(attempt);
  };
