import { type Effect, type SmscError, TransportError } from '@smsc/protocol';
import { canRepeat } from '@smsc/protocol/adapter';
import type { CallSummary } from './interceptor.ts';

/**
 * What an attempt came to. Every member is its own: none is inherited from what something has added to every object. And
 * what follows from an error is decided when it comes: those who look on are given it, and can write into it.
 */
export interface AttemptResult {
  readonly result: unknown;
  readonly error: SmscError | undefined;
  /** When to come back, as the answer says. */
  readonly retryAfter: string | undefined;
  readonly outcome: 'accepted' | 'rejected' | 'not-sent' | 'unknown';
  /** Whether the same request can be sent again. */
  readonly again: boolean;
}

export function toAttemptResult(
  effect: Effect,
  error: SmscError | undefined,
  result?: unknown,
  retryAfter?: string,
): AttemptResult {
  const outcome = !error
    ? 'accepted'
    : error.mayHaveHappened
      ? 'unknown'
      : error.kind === 'gateway'
        ? 'rejected'
        : 'not-sent';
  return {
    result: error ? undefined : result,
    error,
    retryAfter,
    outcome,
    again: error !== undefined && canRepeat(effect, error),
  };
}

/**
 * What was thrown, if it is one of the four errors. What is none of them says nothing of whether bytes had left, so they
 * may have; and it can hold the request, password included, so nothing of it is kept.
 */
export function toError(thrown: unknown, operation: string): SmscError {
  const error = Object(thrown) as Partial<SmscError>;
  const known = Object.hasOwn(error, 'kind') && typeof error.mayHaveHappened === 'boolean';
  return known
    ? (error as SmscError)
    : new TransportError(`${operation}: the transport failed; the request may have left`, 'sent', 'network');
}

/** A fate in the words of those who look on. */
export function toCallSummary(
  { error, outcome }: AttemptResult,
  effect: Effect,
  attempts: number,
): CallSummary {
  const code = error?.kind === 'gateway' ? error.code : undefined;
  return { outcome: effect === 'spends' ? outcome : error ? 'failed' : 'done', code, error, attempts };
}
