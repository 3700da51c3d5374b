import { toCallSummary } from '../attempt-result.ts';
import { type AttemptLayer, neverStarted } from '../call.ts';
import { type AttemptInfo, type Layer, runLayers } from '../interceptor.ts';

/** Runs the interceptors' `attempt` functions around each attempt. */
export const interceptorLayer =
  (layers: readonly Layer<AttemptInfo>[]): AttemptLayer =>
  (next) =>
  (attempt) => {
    const { call, cancellation } = attempt;
    const info = { ...call.info, attempt: call.attempts, host: call.host };
    return runLayers(layers, info, {
      run: () => next(attempt),
      heldBack: () => neverStarted(call, cancellation),
      summarize: (result) => toCallSummary(result, call.effect, 1),
      cancellation,
    });
  };
