import { type GatewayError, InputError, type ReplyError, type TransportError } from '@smsc/protocol';
import type { Accepted, NotSent, Outcome, Rejected, Settled, Unknown } from './outcome.ts';

type Failed = Rejected<unknown> | NotSent<unknown> | Unknown<unknown>;

/** Error thrown by {@link unwrap} for an outcome other than `accepted`. Its members describe the outcome. */
export class OutcomeError extends Error {
  /** Name of the class. */
  override readonly name = 'OutcomeError';
  /** Always `outcome`. Distinguishes this error from the errors of `@smsc/protocol`. */
  readonly kind = 'outcome';
  /** The outcome. */
  declare readonly outcome: 'rejected' | 'not-sent' | 'unknown';
  /** Id of the message. */
  declare readonly id: unknown;
  /** The error of the outcome. */
  declare readonly error: GatewayError | TransportError | ReplyError;
  /** The gateway's error number. `undefined` unless `rejected`. */
  declare readonly code: number | undefined;
  /** Cause of the rejection. `undefined` unless `rejected`. */
  declare readonly fault: Rejected['fault'] | undefined;
  /** Finds out what became of the message. `undefined` unless `unknown`. */
  declare readonly settle: Unknown<unknown>['settle'] | undefined;

  constructor(failed: Failed) {
    super(`${failed.outcome}: ${failed.error.message}`);
    this.outcome = failed.outcome;
    this.id = failed.id;
    this.error = failed.error;
    this.code = failed.outcome === 'rejected' ? failed.code : undefined;
    this.fault = failed.outcome === 'rejected' ? failed.fault : undefined;
    this.settle = failed.outcome === 'unknown' ? failed.settle : undefined;
  }
}

/**
 * Returns an accepted outcome. Throws an error for any other outcome. Use `unwrap` if you prefer exceptions.
 *
 * ```ts
 * const { id, parts } = unwrap(await smsc.send(input));
 * ```
 *
 * @throws {OutcomeError} for every other outcome
 * @throws {InputError} for a value that is not an outcome, such as a promise that was not awaited
 */
export function unwrap<Result>(outcome: Outcome<Result, unknown>): Accepted<Result>;
export function unwrap<Result, Id>(
  outcome: Settled<Result, Id>,
): Extract<Settled<Result, Id>, { outcome: 'accepted' }>;
export function unwrap(outcome: Outcome<unknown, unknown> | Settled): unknown {
  const { outcome: tag } = Object(outcome) as { readonly outcome?: unknown };
  if (tag === 'accepted') return outcome;
  if (tag === undefined)
    throw new InputError('unwrap', [
      { path: 'outcome', message: 'expected the outcome of a send; await the call first' },
    ]);
  throw new OutcomeError(outcome as Failed);
}
