import type { Effect, SmscError, WireReply } from '@smsc/protocol';
import { canRetry } from '@smsc/protocol/adapter';
import type { CallSummary } from './interceptor.ts';
import { transportError } from './transport-error.ts';

/**
 * Result of an attempt. Every member is an own property, so a polluted prototype adds nothing. `outcome` and `canRetry`
 * are computed as soon as the error is known, because interceptors receive the error and can change it.
 */
export interface AttemptResult {
  readonly result: unknown;
  readonly error: SmscError | undefined;
  /** The gateway's reply, if a whole one arrived. */
  readonly reply: WireReply | undefined;
  readonly outcome: 'accepted' | 'rejected' | 'not-sent' | 'unknown';
  /** True if the same request can be sent again. */
  readonly canRetry: boolean;
}

/** Returns the outcome for an error, or `accepted` if there is no error. */
function outcomeOf(error: SmscError | undefined): AttemptResult['outcome'] {
  if (!error) return 'accepted';
  if (error.mayHaveHappened) return 'unknown';
  return error.kind === 'gateway' ? 'rejected' : 'not-sent';
}

/** Creates the result of an attempt. */
export const toAttemptResult = (
  effect: Effect,
  error: SmscError | undefined,
  result?: unknown,
  reply?: WireReply,
): AttemptResult => ({
  result: error ? undefined : result,
  error,
  reply,
  outcome: outcomeOf(error),
  canRetry: error !== undefined && canRetry(effect, error),
});

/**
 * Returns the thrown value if it is one of the four errors. Anything else becomes a `TransportError` that says the
 * request may have been sent. The thrown value itself is not kept, because it may contain the request and its password.
 */
export function toError(thrown: unknown, operation: string): SmscError {
  const error = Object(thrown) as Partial<SmscError>;
  const known = Object.hasOwn(error, 'kind') && typeof error.mayHaveHappened === 'boolean';
  return known ? (error as SmscError) : transportError(operation, 'the transport failed', 'sent', 'network');
}

/** Describes a result for interceptors. */
export function toCallSummary(
  { error, outcome }: AttemptResult,
  effect: Effect,
  attempts: number,
): CallSummary {
  const code = error?.kind === 'gateway' ? error.code : undefined;
  const plain = error ? 'failed' : 'done';
  return { outcome: effect === 'spends' ? outcome : plain, code, error, attempts };
}
