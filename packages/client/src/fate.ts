import { type Effect, type SmscError, TransportError } from '@smsc/protocol';
import type { Ended } from './interceptor.ts';

/** What an attempt came to: a result, or an error and when to come back. Every member is its own: none is inherited from what something has added to every object. */
export interface Fate {
  readonly result: unknown;
  readonly error: SmscError | undefined;
  readonly retryAfter: string | undefined;
}

export const failed = (error: SmscError, retryAfter?: string): Fate => ({ result: undefined, error, retryAfter });

/**
 * What was thrown, if it is one of the four errors. What is none of them says nothing of whether bytes had left, so they
 * may have; and it can hold the request, password included, so nothing of it is kept.
 */
export function toError(thrown: unknown, operation: string): SmscError {
  const error = Object(thrown) as Partial<SmscError>;
  const known = Object.hasOwn(error, 'kind') && typeof error.mayHaveHappened === 'boolean';
  return known ? (error as SmscError) : new TransportError(`${operation}: the transport failed; the request may have left`, 'sent', 'network');
}

/** A fate in the words of those who look on. They may keep the error, and not change it: the next attempt goes by it. */
export function endedOf({ error }: Fate, effect: Effect, attempts: number): Ended {
  Object.freeze(error);
  const spends = effect === 'spends';
  const code = error?.kind === 'gateway' ? error.code : undefined;
  const outcome = error?.mayHaveHappened ? 'unknown' : code === undefined ? 'not-sent' : 'rejected';
  return { outcome: error ? (spends ? outcome : 'failed') : spends ? 'accepted' : 'done', code, error, attempts };
}
