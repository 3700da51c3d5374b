import type { AttemptResult } from '../attempt-result.ts';
import type { Call, SendRecord } from '../call.ts';
import type { FoundOutcome, Settled, Unknown } from '../outcome.ts';
import { readSettleOptions } from '../settle.ts';
import {
  asPromise,
  Cancellation,
  notSent,
  startDeadline,
  waitUnlessCancelled,
} from '../state/cancellation.ts';
import type { LedgerContext } from './context.ts';
import { isDoubtful } from './doubtful.ts';
import { readResult, toStoredResult } from './stored-result.ts';
import type { Claim, SendEnd, StoredEntry } from './store.ts';

/** Result of an attempt as the ledger keeps it. A rejection that proves nothing leaves the entry in doubt. */
const toEnd = ({ outcome, error, result }: AttemptResult, doubtful: boolean): SendEnd => ({
  outcome: doubtful ? 'unknown' : outcome,
  result: outcome === 'accepted' ? toStoredResult(result) : undefined,
  code: error?.kind === 'gateway' ? error.code : undefined,
  ifCertain: false,
  untold: false,
});

/** Time limit for reading an entry, in milliseconds. */
const lookUpWithinMs = 5_000;

/** A send to settle. */
export interface SendToSettle {
  readonly id: string;
  readonly operation: string;
  /** Without a claim, only `accepted` can be concluded. */
  readonly claim: Claim | undefined;
  readonly certainInMs: number | undefined;
  /** True if the program has yet to be told of the outcome. */
  readonly untold: boolean;
}

/** The parts of a record that settle a send. */
class SettlingRecord {
  readonly certainInMs: number | undefined;
  protected readonly context: LedgerContext;
  readonly #send: SendToSettle;

  constructor(send: SendToSettle, context: LedgerContext) {
    this.#send = send;
    this.context = context;
    this.certainInMs = send.claim ? send.certainInMs : Infinity;
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
        ifCertain: !isAccepted && this.certainInMs !== undefined,
        untold,
      });
      const promise = asPromise(recording);
      if (promise && !(await waitUnlessCancelled(cancellation, promise))) return isAccepted;
      return (await recording) || isAccepted;
    } catch {
      return isAccepted;
    }
  }

  wrap(settle: Unknown['settle']): Unknown['settle'] {
    const wrapped: Unknown['settle'] = async (options) => {
      const { signal } = readSettleOptions('settle', options);
      const settled = (await this.#lookUp(signal)) ?? (await settle(options));
      if (settled.outcome !== 'unknown') return settled;
      return (await this.#lookUp(signal)) ?? { ...settled, settle: wrapped };
    };
    return wrapped;
  }

  /** Returns the outcome if another client, `recover()` or a person has recorded it. */
  async #lookUp(signal: AbortSignal | undefined): Promise<Settled | undefined> {
    const { store, clock } = this.context;
    const { id, operation } = this.#send;
    const { cancellation, done } = startDeadline(clock, signal && Cancellation.of(signal), lookUpWithinMs);
    try {
      const reading = store.entry(id);
      const promise = asPromise(reading);
      const isRead = !promise || (await waitUnlessCancelled(cancellation, promise));
      return isRead ? toSettled(await reading, operation) : undefined;
    } catch {
      // Without the ledger, the gateway is asked.
      return undefined;
    } finally {
      done();
    }
  }
}

/** Record of a send that is in doubt, or that another client holds. It can only be settled. */
export class DoubtRecord extends SettlingRecord implements SendRecord {
  written(): boolean {
    return false;
  }

  answered(): void {
    // Nothing was sent.
  }

  ended(): undefined {
    // The client holds no claim.
  }
}

/** Record of a send that this client has claimed. */
export class ClaimedRecord extends SettlingRecord implements SendRecord {
  readonly #claim: Claim;
  readonly #cancellation: Cancellation | undefined;
  #isDoubtful = false;

  constructor({ id, info, cancellation }: Call, claim: Claim, context: LedgerContext) {
    super({ id: id!, operation: info.operation, claim, certainInMs: undefined, untold: false }, context);
    this.#claim = claim;
    this.#cancellation = cancellation;
  }

  written(): boolean | Promise<boolean> {
    return this.context.store.written(this.#claim, this.context.arrivesWithinMs);
  }

  answered(result: AttemptResult): void {
    this.#isDoubtful = isDoubtful(result);
  }

  ended(result: AttemptResult): Promise<unknown> | undefined {
    let writing: Promise<unknown> | undefined;
    try {
      writing = asPromise(this.context.store.ended(this.#claim, toEnd(result, this.#isDoubtful)));
    } catch {
      // Ignore the error: the entry is in doubt and can be settled later.
    }
    return writing && waitUnlessCancelled(this.#cancellation, writing);
  }
}

/** Converts an entry to the outcome of its message. `undefined` if the outcome is not certain. */
function toSettled(entry: StoredEntry | undefined, operation: string): Settled | undefined {
  switch (entry?.outcome) {
    case 'accepted':
      return { outcome: 'accepted', id: entry.id, status: undefined, result: readResult(entry.result) };
    case 'rejected':
    case 'not-sent':
      return {
        outcome: 'not-sent',
        id: entry.id,
        error: notSent(operation, `the outcome is ${entry.outcome} in the ledger`, 'held-back'),
      };
    default:
      return undefined;
  }
}
