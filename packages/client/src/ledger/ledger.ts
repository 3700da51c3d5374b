import { checkChoice, checkThat, readOptions } from '@smsc/protocol/adapter';
import { type ConnectedLedger, connectLedger, type LedgerClient } from './connect.ts';
import { readResult } from './stored-result.ts';
import type { AnyIterable, CertainOutcome, LedgerEntry, LedgerStore, StoredEntry } from './store.ts';

/** Records sends, so that a message with an id of your own is never charged twice. */
export interface Ledger {
  /** Returns the entry of an id. `undefined` if the ledger has none. */
  outcome(id: string): Promise<LedgerEntry | undefined>;
  /** Iterates over the entries, oldest first. */
  entries(filter?: { readonly outcome?: LedgerEntry['outcome'] | undefined }): AsyncIterable<LedgerEntry>;
  /**
   * Deletes an entry, so that its id can be used again. Resolves to `false` if there is none, or if a client is sending
   * it now. Deleting an entry that is in doubt can charge its message twice.
   */
  forget(id: string): Promise<boolean>;
  /**
   * Records an outcome for an entry in doubt, such as one that you found in the gateway's web interface. Resolves to
   * `false` if the entry is not in doubt. After `accepted`, the message is not sent again as long as the entry is kept.
   * After `rejected` or `not-sent`, it can be sent again.
   */
  resolve(id: string, outcome: CertainOutcome): Promise<boolean>;
  /** Closes the ledger. Every later send through it ends as `not-sent`. */
  close(): Promise<void>;
  /** Connects the ledger to a client. Called by the client. */
  connect(client: LedgerClient): ConnectedLedger;
}

const toEntry = (entry: StoredEntry): LedgerEntry => ({ ...entry, result: readResult(entry.result) });

async function* readEntries(entries: AnyIterable<StoredEntry>): AsyncGenerator<LedgerEntry> {
  for await (const entry of entries) yield toEntry(entry);
}

const certainOutcomes = ['accepted', 'rejected', 'not-sent'] as const;
const filterChecks = { outcome: /* @__PURE__ */ checkChoice([...certainOutcomes, 'unknown', 'running']) };
const resolveChecks = { outcome: /* @__PURE__ */ checkChoice(certainOutcomes) };
const idChecks = { id: /* @__PURE__ */ checkThat((value) => typeof value === 'string', 'text') };

/** Checks an id. @throws {InputError} */
const checkedId = (owner: string, id: string): string => readOptions(owner, { id }, {}, idChecks).id;

/**
 * Creates a ledger over a store of your own, such as a table of a database. `@smsc/conformance` tests such stores.
 *
 * ```ts
 * const smsc = createSmsc({ apiKey, ledger: createLedger(store) });
 * ```
 */
export const createLedger = (store: LedgerStore): Ledger => ({
  outcome: async (id) => {
    const entry = await store.entry(checkedId('outcome', id));
    return entry && toEntry(entry);
  },
  entries: (filter = {}) => readEntries(store.entries(readOptions('entries', filter, filterChecks).outcome)),
  forget: async (id) => store.forget(checkedId('forget', id)),
  resolve: async (id, outcome) =>
    store.resolve(checkedId('resolve', id), readOptions('resolve', { outcome }, {}, resolveChecks).outcome),
  close: async () => store.close(),
  connect: (client) => connectLedger(store, client),
});
