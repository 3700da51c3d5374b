import type { QueryStatus } from '../settle.ts';
import type { Clock } from '../state/clock.ts';
import type { LedgerStore } from './store.ts';

/** Everything that the layers of a connected ledger need. */
export interface LedgerContext {
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly queryStatus: QueryStatus;
  /** Maximum number of parallel requests of the account. */
  readonly maxInFlight: number;
  /** Returns the name of the account: its login, or a digest of its API key. */
  readonly account: () => string | Promise<string>;
  /** Longest time from recording a request until the gateway has it, in milliseconds. */
  readonly arrivesWithinMs: number;
}
