import type { LedgerNeed } from './subject.ts';
import type { LedgerWorld } from './world.ts';

/** One case of the contract of ledger stores. */
export interface LedgerCase {
  /** Sentence that describes the required behavior. */
  readonly title: string;
  /** Optional members of the subject that the case uses. Default: none. */
  readonly needs?: readonly LedgerNeed[];
  /** Runs the case. Throws if the store fails it. */
  readonly run: (world: LedgerWorld) => Promise<void>;
}
