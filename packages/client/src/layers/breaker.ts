import { type AttemptLayer, heldBack, neverStarted } from '../call.ts';
import type { Breaker, ProbeResult } from '../state/breaker.ts';
import { waitUnlessCancelled } from '../state/cancellation.ts';
import { type Clock, monotonicNow } from '../state/clock.ts';

/** Holds attempts back while the breaker is open. */
export const breakerLayer =
  (breaker: Breaker, probe: () => Promise<ProbeResult>, clock: Clock): AttemptLayer =>
  (next) =>
  async (attempt) => {
    const { call, cancellation } = attempt;
    const check = breaker.check(monotonicNow(clock), () => {
      const probing = probe();
      attempt.pending = probing;
      return probing;
    });
    if (check) {
      if (!(await waitUnlessCancelled(cancellation, check))) return neverStarted(call, cancellation);
      const reason = await check;
      if (reason) return heldBack(call, reason);
    }
    return next(attempt);
  };
