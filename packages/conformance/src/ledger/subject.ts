import type { Clock, LedgerStore } from '@smsc/client';

/** A value, or a promise of it. */
export type Awaitable<Value> = Value | Promise<Value>;

/** Options with which a case opens a store. */
export interface LedgerOpening {
  /** Time for which an entry is kept after its end, in milliseconds. */
  readonly keepMs: number;
  /**
   * Clock of the entries. The case moves it. Use `now` and `monotonic` for the times of entries; do not set timers with
   * it. Use the system's time instead to detect dead owners.
   */
  readonly clock: Clock;
}

/**
 * The store under test. Each optional member makes more cases possible. A store without a member is not tested in the
 * cases that need it.
 */
export interface LedgerSubject<Store extends LedgerStore = LedgerStore> {
  /** Opens a store with no entries. */
  open(options: LedgerOpening): Awaitable<Store>;
  /**
   * Opens the data of a store once more, as another process does. The given store may be closed already. Without this
   * member, two clients share one store, and entries need not survive the end of the program.
   */
  openAnother?(store: Store): Awaitable<Store>;
  /**
   * Makes the owner of a store look dead, as if its process had been killed or stopped for too long. The methods of the
   * store can still be called. Needs `openAnother`.
   */
  kill?(store: Store): Awaitable<void>;
  /**
   * Makes every write fail, as on a full disk. Returns a function that makes writes work again.
   */
  failWrites?(store: Store): Awaitable<() => Awaitable<void>>;
  /** Returns everything that the store has written outside the memory of the program. */
  raw?(store: Store): Awaitable<Iterable<Uint8Array>>;
  /** Deletes the data of a store. Called once after each case, when all its stores have been closed. */
  remove?(store: Store): Awaitable<void>;
}

/** An optional member of {@link LedgerSubject} that a case needs. */
export type LedgerNeed = 'openAnother' | 'kill' | 'failWrites' | 'raw';
