import { idle, type Layer } from '../call.ts';
import type { Semaphore } from '../semaphore.ts';

/** Waits for one of the places, and gives it back. */
export const limited =
  (gate: Semaphore, most: number): Layer =>
  (next) =>
  async (attempt) => {
    const { call, ending } = attempt;
    const entered = gate.enter(most, ending);
    if (entered !== true && !(await entered)) return idle(call, ending);
    try {
      return await next(attempt);
    } finally {
      // A probe that goes on without whoever began it has its place until it is answered.
      if (attempt.busy) void attempt.busy.then(gate.leave);
      else gate.leave();
    }
  };
