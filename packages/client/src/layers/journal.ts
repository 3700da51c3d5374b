import type { Credentials } from '@smsc/protocol';
import type { AttemptResult } from '../attempt-result.ts';
import { type AttemptLayer, type Call, heldBack, neverStarted, type SendRecord } from '../call.ts';
import type { JournalRecord, JournalStore } from '../journal.ts';
import type { SettleOptions } from '../outcome.ts';
import { type Recovered, recoverFrom, type RecoverySettings } from '../recover.ts';
import type { QueryStatus } from '../settle.ts';
import { asPromise, waitUnlessCancelled } from '../state/cancellation.ts';
import type { Clock } from '../state/clock.ts';

/** A store of sends that can be connected to a client. Create one with {@link createJournal}. */
export interface Journal extends JournalStore {
  /** Connects the journal to a client. Called by the client. */
  connect(client: JournalClient): ConnectedJournal;
}

/** The parts of a client that a journal uses. */
export interface JournalClient {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly queryStatus: QueryStatus;
}

/** A journal that is connected to a client. */
export interface ConnectedJournal {
  /** Records a send before its first request. Returns the result of the call if the call must stop here, else `undefined`. */
  plan(call: Call): Promise<AttemptResult | undefined>;
  /** Records each request just before it is sent. If recording fails, the request is not sent. */
  readonly layer: AttemptLayer;
  /** Settles the open sends of the client's account. */
  recover(options?: SettleOptions): Promise<readonly Recovered[]>;
}

/**
 * Creates a journal from a store of your own, such as a table of a database.
 *
 * ```ts
 * const smsc = createSmsc({ apiKey, journal: createJournal({ plan, open }) });
 * ```
 */
export const createJournal = <Store extends JournalStore>(store: Store): Store & Journal => ({
  ...store,
  connect: (client) => connect(store, client),
});

function connect(store: JournalStore, { credentials, clock, queryStatus }: JournalClient): ConnectedJournal {
  const account = accountOf(credentials);
  const toRecord = (record: JournalRecord): SendRecord => ({
    written: () => record.written(clock.now()),
    ended: (outcome, cancellation) => {
      let writing: Promise<void> | undefined;
      try {
        writing = asPromise(record.ended(outcome));
      } catch {
        // Ignore the error: the send stays open and can be settled later.
      }
      return writing && waitUnlessCancelled(cancellation, writing);
    },
  });
  return {
    plan: (call) => planSend(call, { store, account, clock, toRecord }),
    layer: journalLayer,
    recover: (options) => recoverFrom({ store, account, clock, queryStatus, toRecord }, options),
  };
}

/** Creates the function that returns the name of an account in a journal: the login, or a digest of the API key. */
function accountOf({ login, apiKey }: Credentials): () => string | Promise<string> {
  let account: string | undefined = login;
  const digest = async (): Promise<string> => {
    const key = new TextEncoder().encode(apiKey);
    account = String(new Uint8Array(await crypto.subtle.digest('SHA-256', key), 0, 16));
    return account;
  };
  return () => account ?? digest();
}

const journalLayer: AttemptLayer = (next) => async (attempt) => {
  const { call, cancellation } = attempt;
  try {
    const writing = asPromise(call.record?.written());
    if (writing && !(await waitUnlessCancelled(cancellation, writing)))
      return neverStarted(call, cancellation);
    await writing;
  } catch {
    return heldBack(call, 'the journal could not be written');
  }
  return next(attempt);
};

async function planSend(
  call: Call,
  { store, account, clock, toRecord }: Omit<RecoverySettings, 'queryStatus'>,
): Promise<AttemptResult | undefined> {
  const { id, to, info, cancellation } = call;
  if (!id) return undefined;
  const { operation } = info;
  try {
    const planned = store.plan({ id, operation, to, account: await account(), at: clock.now() });
    const planning = asPromise(planned);
    if (planning && !(await waitUnlessCancelled(cancellation, planning))) {
      void planning.then((late) => late.ended('not-sent')).catch(() => undefined);
      return neverStarted(call, cancellation);
    }
    call.record = toRecord(planning ? await planning : (planned as JournalRecord));
    return undefined;
  } catch {
    return heldBack(call, 'the journal could not be written');
  }
}
