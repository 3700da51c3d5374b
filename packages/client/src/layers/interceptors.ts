import { idle, type Layer as AttemptLayer } from '../call.ts';
import { toCallSummary } from '../attempt-result.ts';
import { type AttemptInfo, type Layer, layered } from '../interceptor.ts';

/** Lets the interceptors see each attempt. */
export const observed =
  (layers: readonly Layer<AttemptInfo>[]): AttemptLayer =>
  (next) =>
  (attempt) => {
    const { call, ending } = attempt;
    const info = { ...call.info, attempt: call.attempts, host: call.host };
    return layered(
      layers,
      info,
      () => next(attempt),
      () => idle(call, ending),
      (fate) => toCallSummary(fate, call.effect, 1),
      ending,
    );
  };
