import { type GatewayError, InputError, type ReplyError, type TransportError } from '@smsc/protocol';
import type { Accepted, NotSent, Outcome, Rejected, Settled, Unknown } from './outcome.ts';

type Failed = Rejected<unknown> | NotSent<unknown> | Unknown<unknown>;

/** What {@link unwrap} throws: an outcome that is not `accepted`, with the same tag and the same members. */
export class OutcomeError extends Error {
  override readonly name = 'OutcomeError';
  readonly kind = 'outcome';
  declare readonly outcome: 'rejected' | 'not-sent' | 'unknown';
  /** The id that the message was to have. */
  declare readonly id: unknown;
  /** What it comes from. */
  declare readonly error: GatewayError | TransportError | ReplyError;
  /** The gateway's error number, of `rejected`. */
  declare readonly code: number | undefined;
  /** Finds out what became of it, of `unknown`. */
  declare readonly settle: Unknown<unknown>['settle'] | undefined;

  constructor(failed: Failed) {
    super(`${failed.outcome}: ${failed.error.message}`);
    this.outcome = failed.outcome;
    this.id = failed.id;
    this.error = failed.error;
    this.code = failed.outcome === 'rejected' ? failed.code : undefined;
    this.settle = failed.outcome === 'unknown' ? failed.settle : undefined;
  }
}

/**
 * For those who prefer exceptions: what was accepted, or an exception with the outcome's tag.
 *
 * ```ts
 * const { id, parts } = unwrap(await smsc.send(input));
 * ```
 *
 * @throws {OutcomeError} for every other outcome
 * @throws {InputError} for what is no outcome: a promise of one, for example
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
      { path: 'outcome', message: 'expected what a send resolves to; await it first' },
    ]);
  throw new OutcomeError(outcome as Failed);
}
