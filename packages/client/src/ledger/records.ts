import { TransportError } from '@smsc/protocol';
import type { AttemptResult } from '../attempt-result.ts';
import type { Call, SendRecord } from '../call.ts';
import type { FoundOutcome, Settled, Unknown } from '../outcome.ts';
import { createSettle, readSettleOptions } from '../settle.ts';
import { Cancellation } from '../state/cancellation.ts';
import { notSent } from '../transport-error.ts';
import { type Moment, momentOf, since } from '../state/clock.ts';
import type { LedgerContext } from './context.ts';
import { isDoubtful } from './doubtful.ts';
import { readResult, toStoredResult } from './stored-result.ts';
import type { Claim, SendEnd, StoredEntry } from './store.ts';
import { arrival, arrivalWithin } from './wait.ts';

/**
 * Converts the result of a call to the end that is recorded. A rejection that proves nothing leaves the entry in doubt,
 * and so does an unexpected error.
 */
const toEnd = (ended: AttemptResult | undefined, doubtful: boolean): SendEnd => ({
  outcome: !ended || doubtful ? 'unknown' : ended.outcome,
  result: ended?.outcome === 'accepted' ? toStoredResult(ended.result) : undefined,
  code: ended?.error?.kind === 'gateway' ? ended.error.code : undefined,
  ifCertain: false,
  untold: false,
});

/** Time limit for reading an entry, in milliseconds. */
const lookUpWithinMs = 5_000;
/** Time limit for recording an end, in milliseconds. The caller gets the outcome in any case. */
const endWithinMs = 15_000;

/** Default patience for a send that can never become `not-sent`, in milliseconds: the same as without a ledger. */
const foreverPatienceMs = 90_000;

/** A send to settle. */
export interface SendToSettle {
  readonly id: string;
  readonly operation: string;
  /** Without a claim, only `accepted` can be concluded. */
  readonly claim: Claim | undefined;
  readonly certainInMs: number;
  /** True if the program has yet to be told of the outcome. */
  readonly untold: boolean;
}

/** Base of the records: settles a send with the help of the ledger. */
class SettlingRecord {
  protected readonly context: LedgerContext;
  readonly #send: SendToSettle;

  constructor(send: SendToSettle, context: LedgerContext) {
    this.#send = send;
    this.context = context;
  }

  get certainInMs(): number {
    const { claim, certainInMs } = this.#send;
    return claim ? certainInMs : Infinity;
  }

  async confirm(found: FoundOutcome, cancellation: Cancellation): Promise<boolean> {
    const { claim, untold } = this.#send;
    const isAccepted = found.outcome === 'accepted';
    if (!claim) return isAccepted;
    try {
      const recording = this.context.store.ended(claim, {
        outcome: found.outcome,
        result: isAccepted && found.result ? toStoredResult(found.result) : undefined,
        code: undefined,
        ifCertain: !isAccepted,
        untold,
      });
      return (await arrival(recording, cancellation))?.value === true || isAccepted;
    } catch {
      return isAccepted;
    }
  }

  wrap(settle: Unknown['settle']): Unknown['settle'] {
    const wrapped: Unknown['settle'] = async (options) => {
      const { signal, patienceMs, probe } = readSettleOptions('settle', options);
      const patience = patienceMs ?? (this.certainInMs === Infinity ? foreverPatienceMs : undefined);
      const entry = await this.#lookUp(signal);
      const known = entry && toSettled(entry, this.#send.operation);
      return known ?? this.refresh(await settle({ signal, patienceMs: patience, probe }), wrapped, signal);
    };
    return wrapped;
  }

  /** Creates the `settle()` of a send whose request this client does not have, so that it cannot send it again. */
  settle(to: readonly string[], error: Unknown['error']): Unknown['settle'] {
    const { clock, queryStatus } = this.context;
    const { id, operation } = this.#send;
    const send = { info: { operation }, id, to, error, sentAt: undefined, record: this, replay: undefined };
    return this.wrap(createSettle(clock, queryStatus, send));
  }

  /**
   * Returns the current outcome. Another client may have sent a message again since it was found to be `not-sent`.
   *
   * @param settle the `settle()` of the outcome `unknown`
   */
  async refresh(
    settled: Settled,
    settle: Unknown['settle'],
    signal: AbortSignal | undefined,
  ): Promise<Settled> {
    if (settled.outcome === 'accepted') return settled;
    const { id, operation } = this.#send;
    const entry = await this.#lookUp(signal);
    const now = entry && toSettled(entry, operation);
    if (settled.outcome === 'unknown') return now ?? { ...settled, settle };
    if (!entry || now?.outcome === 'not-sent') return settled;
    return now ?? { outcome: 'unknown', id, error: sentAgain(operation), settle };
  }

  /** Returns the entry, in which another client, `recover()` or a person may have recorded an outcome. */
  async #lookUp(signal: AbortSignal | undefined): Promise<StoredEntry | undefined> {
    const { store, clock } = this.context;
    try {
      const caller = signal && Cancellation.of(signal);
      return (await arrivalWithin(lookUpWithinMs, store.entry(this.#send.id), clock, caller))?.value;
    } catch {
      // Without the ledger, the gateway is asked.
      return undefined;
    }
  }
}

/** Record of a send that this client does not hold. It can only be settled. */
export class DoubtRecord extends SettlingRecord implements SendRecord {
  written(): boolean {
    return false;
  }

  answered(): void {
    // Nothing was sent.
  }
}

/** Record of a send that this client has claimed. */
export class ClaimedRecord extends SettlingRecord implements SendRecord {
  readonly #claim: Claim;
  readonly #cancellation: Cancellation | undefined;
  #isDoubtful = false;
  /** Time of the latest request. */
  #writtenAt: Moment | undefined;

  constructor({ id, info, cancellation }: Call, claim: Claim, context: LedgerContext) {
    super({ id: id!, operation: info.operation, claim, certainInMs: 0, untold: false }, context);
    this.#claim = claim;
    this.#cancellation = cancellation;
  }

  /** Time from now until certainty, counted from the record of the request, as other clients count it. */
  override get certainInMs(): number {
    const { arrivesWithinMs, clock } = this.context;
    return this.#writtenAt ? Math.max(0, arrivesWithinMs - since(clock, this.#writtenAt)[0]) : 0;
  }

  written(): boolean | Promise<boolean> {
    const written = this.context.store.written(this.#claim, this.context.arrivesWithinMs);
    this.#writtenAt = momentOf(this.context.clock);
    return written;
  }

  answered(result: AttemptResult): void {
    this.#isDoubtful = isDoubtful(result);
  }

  /**
   * Records the result of the call; `undefined` is an unexpected error. Resolves to `false` if the claim is void, and to
   * `undefined` if nothing could be recorded; the entry is then in doubt and can be settled later.
   */
  async ended(result: AttemptResult | undefined): Promise<boolean | undefined> {
    const { store, clock } = this.context;
    try {
      const recording = store.ended(this.#claim, toEnd(result, this.#isDoubtful));
      return (await arrivalWithin(endWithinMs, recording, clock, this.#cancellation))?.value;
    } catch {
      return undefined;
    }
  }
}

/** Creates the error of a message that was not sent, but that another client may have sent again. */
const sentAgain = (operation: string): TransportError =>
  new TransportError(`${operation}: another client may have sent it again`, 'sent', 'held-back');

/** Returns the current outcome for one that was found earlier. */
export function asItIsNow(
  settled: Settled,
  { id, operation }: Pick<SendToSettle, 'id' | 'operation'>,
  context: LedgerContext,
): Promise<Settled> {
  const send = { id, operation, claim: undefined, certainInMs: Infinity, untold: false };
  const record = new DoubtRecord(send, context);
  return record.refresh(settled, record.settle([], sentAgain(operation)), undefined);
}

/** Converts an entry to the outcome of its message. `undefined` if the outcome is not certain. */
export function toSettled(
  { id, outcome, result }: Pick<StoredEntry, 'id' | 'outcome' | 'result'>,
  operation: string,
): Settled | undefined {
  switch (outcome) {
    case 'accepted':
      return { outcome, id, status: undefined, result: readResult(result) };
    case 'rejected':
    case 'not-sent':
      return {
        outcome: 'not-sent',
        id,
        error: notSent(operation, `the outcome is ${outcome} in the ledger`, 'held-back'),
      };
    default:
      return undefined;
  }
}
