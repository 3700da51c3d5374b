import type { GatewayError } from '@smsc/protocol';
import type { Breaker } from '../breaker.ts';
import { held, idle, type Layer } from '../call.ts';
import { type Clock, monotonicNow } from '../clock.ts';
import { waitUnlessCancelled } from '../cancellation.ts';

/** Holds everything back while the breaker is open. */
export const guarded =
  (breaker: Breaker, probe: () => Promise<GatewayError | boolean>, clock: Clock): Layer =>
  (next) =>
  async (attempt) => {
    const { call, ending } = attempt;
    const verdict = breaker.pass(monotonicNow(clock), () => {
      const probing = probe();
      attempt.busy = probing;
      return probing;
    });
    if (verdict) {
      if (!(await waitUnlessCancelled(ending, verdict))) return idle(call, ending);
      const why = await verdict;
      if (why) return held(call, why);
    }
    return next(attempt);
  };
