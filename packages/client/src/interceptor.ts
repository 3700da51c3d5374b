import type { Effect, SmscError } from '@smsc/protocol';
import type { Cancellation } from './state/cancellation.ts';

/**
 * Facts about a call, for interceptors. They contain no secret, no message text and no phone number. They do contain
 * the message id, so do not use a phone number as an id.
 */
export interface CallInfo {
  /** Name of the operation, such as `send`. */
  readonly operation: string;
  /** Effect of the operation: `reads`, `idempotent` or `spends`. */
  readonly effect: Effect;
  /** Id of the message, the same in every attempt. `undefined` if the operation has none. */
  readonly id: string | undefined;
}

/** Facts about one attempt, for interceptors. */
export interface AttemptInfo extends CallInfo {
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** Host of the attempt. `undefined` if the transport chooses it. */
  readonly host: string | undefined;
}

/** Describes how a call or an attempt ended, for interceptors. */
export interface CallSummary {
  /** One of the four outcomes if the operation spends money; else `done` or `failed`. */
  readonly outcome: 'accepted' | 'rejected' | 'not-sent' | 'unknown' | 'done' | 'failed';
  /** The gateway's error number. `undefined` unless the gateway rejected the request. */
  readonly code: number | undefined;
  /** Error of the call or the attempt. `undefined` if it succeeded. */
  readonly error: SmscError | undefined;
  /** Number of attempts of the call. 1 in the summary of an attempt. */
  readonly attempts: number;
}

/**
 * A function that wraps calls or attempts. It receives facts, calls `next`, and returns the summary that `next`
 * resolved to.
 */
export type Layer<Info> = (info: Info, next: () => Promise<CallSummary>) => Promise<CallSummary>;

/**
 * Observes calls and attempts: for logs, spans, metrics and your own limits. `call` runs around the whole call, waits
 * and retries included; `attempt` runs around each request. The first interceptor of a list is the outermost.
 *
 * To hold a call back, throw, or return without calling `next`. The call then ends as `not-sent`, and calling `next`
 * later has no effect. An interceptor cannot change what has happened: its return value, errors thrown after `next`,
 * and further calls of `next` are ignored.
 *
 * An attempt keeps its `maxInFlight` slot while its interceptors run. Call the same client only from `call`: from
 * `attempt`, the inner call might wait forever for a free slot.
 */
export interface Interceptor {
  /** Wraps each call. Default: none. */
  readonly call?: Layer<CallInfo> | undefined;
  /** Wraps each attempt of a call. Default: none. */
  readonly attempt?: Layer<AttemptInfo> | undefined;
}

/** The function that the innermost interceptor wraps, and the other values that `runLayers` needs. */
export interface LayeredWork<Result> {
  /** Runs the wrapped function. Called at most once. Its promise settles soon after the cancellation. */
  readonly run: () => Promise<Result>;
  /** Creates the result if an interceptor did not call the function. */
  readonly heldBack: () => Result;
  /** Describes the result for the layers. */
  readonly summarize: (result: Result) => CallSummary;
  readonly cancellation: Cancellation | undefined;
}

/**
 * Runs work inside layers. Every layer gets the summary of the real result, whatever the inner layers return or throw.
 * If a layer ends, or the cancellation fires, before the work has started, the work never starts.
 */
export function runLayers<Info, Result>(
  layers: readonly Layer<Info>[],
  info: Info,
  { run, heldBack, summarize, cancellation }: LayeredWork<Result>,
): Promise<Result> {
  let result: Promise<Result> | undefined;
  const runFrom = (index: number): Promise<Result> => {
    const layer = layers[index];
    if (!layer || result) return (result ??= run());
    return new Promise((resolve) => {
      let inner: Promise<CallSummary> | undefined;
      const end = (): void => {
        off?.();
        result ??= Promise.resolve(heldBack());
        resolve(result);
      };
      const off = cancellation?.on(end);
      try {
        // A layer may return and throw anything.
        Promise.resolve(layer(info, () => (inner ??= runFrom(index + 1).then(summarize)))).then(end, end);
      } catch {
        end();
      }
      if (cancellation?.aborted) end();
    });
  };
  return runFrom(0);
}
