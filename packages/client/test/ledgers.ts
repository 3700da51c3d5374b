import { createLedger, createMemoryStore, type Ledger, type LedgerStore } from '../src/index.ts';
import { VirtualClock } from '@smsc/testing/clocks';

/** Returns a store that passes each call on to another store, except for the given methods. */
export const storeOver = (store: LedgerStore, methods: Partial<LedgerStore>): LedgerStore => ({
  claim: (request) => store.claim(request),
  written: (claim, arrivesWithinMs) => store.written(claim, arrivesWithinMs),
  ended: (claim, end) => store.ended(claim, end),
  open: () => store.open(),
  told: (claim) => store.told(claim),
  enter: (account, max) => store.enter(account, max),
  entry: (id) => store.entry(id),
  entries: (outcome) => store.entries(outcome),
  forget: (id) => store.forget(id),
  resolve: (id, outcome) => store.resolve(id, outcome),
  close: () => store.close(),
  ...methods,
});

/** Options of a client: a ledger, and the virtual clock that both use. */
export interface VirtualLedger {
  readonly ledger: Ledger;
  readonly clock: VirtualClock;
}

/** Creates a store in memory on a virtual clock. */
export function virtualStore(): { readonly store: LedgerStore; readonly clock: VirtualClock } {
  const clock = new VirtualClock();
  return { store: createMemoryStore({ clock }), clock };
}

/** Creates a ledger in memory on a virtual clock, with some methods of its store replaced. */
export function virtualLedger(
  methods: (store: LedgerStore) => Partial<LedgerStore> = () => ({}),
): VirtualLedger {
  const { store, clock } = virtualStore();
  return { ledger: createLedger(storeOver(store, methods(store))), clock };
}

/** Returns all items of an asynchronous source. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
