import type { AnyIterable, LedgerStore } from '@smsc/client';
import type { CaseClock } from './clock.ts';

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as Partial<Promise<unknown>> | null | undefined)?.then === 'function';

async function* heldItems<Item>(items: AnyIterable<Item>, clock: CaseClock): AsyncGenerator<Item> {
  if (!(Symbol.asyncIterator in items)) {
    yield* items;
    return;
  }
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await clock.hold(iterator.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Creates a store that passes every call on to another store, except for the given methods. */
export const overrideStore = (store: LedgerStore, methods: Partial<LedgerStore>): LedgerStore => ({
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

/** Creates a store that makes the clock stand still while a method of another store runs. */
export function holdClock(store: LedgerStore, clock: CaseClock): LedgerStore {
  const held = <Value>(value: Value): Value => (isPromise(value) ? (clock.hold(value) as Value) : value);
  return {
    claim: (request) => held(store.claim(request)),
    written: (claim, arrivesWithinMs) => held(store.written(claim, arrivesWithinMs)),
    ended: (claim, end) => held(store.ended(claim, end)),
    open: () => heldItems(store.open(), clock),
    told: (claim) => held(store.told(claim)),
    enter: (account, max) => held(store.enter(account, max)),
    entry: (id) => held(store.entry(id)),
    entries: (outcome) => heldItems(store.entries(outcome), clock),
    forget: (id) => held(store.forget(id)),
    resolve: (id, outcome) => held(store.resolve(id, outcome)),
    close: () => held(store.close()),
  };
}
