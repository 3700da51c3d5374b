import type { LedgerNeed, LedgerSubject } from './subject.ts';
import type { LedgerWorld } from './world.ts';

/** One case of the contract of ledger stores. */
export interface LedgerCase {
  /** Sentence that describes the required behavior. */
  readonly title: string;
  /** Optional members of the subject that the case uses. */
  readonly needs: readonly LedgerNeed[];
  /**
   * Runs the case with a store.
   *
   * @throws {Error} if the store fails the case; the message says what was expected and what was found
   */
  readonly run: (subject: LedgerSubject) => Promise<void>;
}

/** A case as it is written. */
export interface CaseInWorld {
  readonly title: string;
  /** Default: none. */
  readonly needs?: readonly LedgerNeed[];
  readonly run: (world: LedgerWorld) => Promise<void>;
}
