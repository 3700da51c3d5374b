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
    const check = breaker.check(monotonicNow(clock), () => (attempt.pending = probe()));
    if (check && !(await waitUnlessCancelled(cancellation, check))) return neverStarted(call, cancellation);
    const reason = check && (await check);
    return reason ? heldBack(call, reason) : next(attempt);
  };
