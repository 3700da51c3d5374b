import type { AttemptResult } from '../attempt-result.ts';
import type { Call, SendRecord } from '../call.ts';
import type { Settled, Unknown } from '../outcome.ts';
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

/** Creates the record of a send that this client has claimed. */
export function recordOf({ id, info, cancellation }: Call, claim: Claim, context: LedgerContext): SendRecord {
  let doubtful = false;
  return {
    ...doubtRecord({ id: id!, operation: info.operation, claim }, context),
    answered: (result) => void (doubtful = isDoubtful(result)),
    written: () => context.store.written(claim, context.arrivesWithinMs),
    ended: (result) => {
      let writing: Promise<unknown> | undefined;
      try {
        writing = asPromise(context.store.ended(claim, toEnd(result, doubtful)));
      } catch {
        // Ignore the error: the entry is in doubt and can be settled later.
      }
      return writing && waitUnlessCancelled(cancellation, writing);
    },
  };
}

/** Time limit for reading an entry, in milliseconds. */
const lookUpWithinMs = 5_000;

/** A send to settle. Without a claim, its outcome cannot be recorded. */
interface SendToSettle {
  readonly id: string;
  readonly operation: string;
  readonly claim?: Claim | undefined;
  readonly certainInMs?: number | undefined;
  /** True if the program has yet to be told of the outcome. */
  readonly untold?: boolean | undefined;
}

/** Creates the parts of a record that settle a send. */
export function doubtRecord(
  { id, operation, claim, certainInMs = claim ? undefined : Infinity, untold }: SendToSettle,
  { store, clock }: LedgerContext,
): Pick<SendRecord, 'certainInMs' | 'confirm' | 'wrap'> {
  /** Returns the outcome if another client, `recover()` or a person has recorded it. */
  const lookUp = async (signal: AbortSignal | undefined): Promise<Settled | undefined> => {
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
  };
  return {
    certainInMs,
    confirm: async (found, cancellation) => {
      const isAccepted = found.outcome === 'accepted';
      const result = isAccepted && found.result ? toStoredResult(found.result) : undefined;
      try {
        const recording =
          claim &&
          store.ended(claim, {
            outcome: found.outcome,
            result,
            code: undefined,
            ifCertain: !isAccepted && certainInMs !== undefined,
            untold,
          });
        const promise = asPromise(recording);
        if (promise && !(await waitUnlessCancelled(cancellation, promise))) return isAccepted;
        return (await recording) === true || isAccepted;
      } catch {
        return isAccepted;
      }
    },
    wrap: (settle) => {
      const wrapped: Unknown['settle'] = async (options) => {
        const { signal } = readSettleOptions('settle', options);
        const settled = (await lookUp(signal)) ?? (await settle(options));
        if (settled.outcome !== 'unknown') return settled;
        return (await lookUp(signal)) ?? { ...settled, settle: wrapped };
      };
      return wrapped;
    },
  };
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
