import { TransportError } from '@smsc/protocol';
import type { SendRecord } from './call.ts';
import type { JournalRecord, JournalStore, OpenSend } from './journal.ts';
import type { Settled, SettleOptions } from './outcome.ts';
import { createSettle, type QueryStatus } from './settle.ts';
import { notSent } from './state/cancellation.ts';
import type { Clock } from './state/clock.ts';

/** Result of settling a send from the journal. */
export type Recovered = Settled & {
  /** Name of the operation. */
  readonly operation: string;
};

/** The source of open sends, and the parts of the client that settle them. */
export interface RecoverySettings {
  readonly store: JournalStore;
  readonly account: () => string | Promise<string>;
  readonly clock: Clock;
  readonly queryStatus: QueryStatus;
  /** Converts a record of the store to the record that `settle` writes to. */
  readonly toRecord: (record: JournalRecord) => SendRecord;
}

/** Settles the open sends of an account in a journal. */
export async function recoverFrom(
  { store, account, clock, queryStatus, toRecord }: RecoverySettings,
  options?: SettleOptions,
): Promise<readonly Recovered[]> {
  const open = await store.open();
  const own = open.length ? await account() : undefined;
  const recover = async ({ id, operation, to, writtenAt, record }: OpenSend): Promise<Recovered> => {
    if (writtenAt === undefined) {
      await toRecord(record).ended('not-sent');
      const error = notSent(operation, 'the program ended before the send', 'held-back');
      return { operation, outcome: 'not-sent', id, error };
    }
    const error = new TransportError(
      `${operation}: the program ended during the send; the request may have been sent`,
      'sent',
      'network',
    );
    // The time is not known: the request may have been sent later than `writtenAt`, even just before the program ended.
    const sentAt = undefined;
    const settle = createSettle(clock, queryStatus, {
      info: { operation },
      id,
      to,
      error,
      sentAt,
      record: toRecord(record),
      replay: undefined,
    });
    return { operation, ...(await settle(options)) };
  };
  return Promise.all(open.filter((each) => each.account === own).map(recover));
}
