/** One claim of an id. A new claim of the id makes all earlier ones void, even after the entry was deleted. */
export interface Claim {
  /** Id of the message. */
  readonly id: string;
  /** Fencing token of the claim: a whole number that no other claim of the store has. */
  readonly token: number;
}

/** A send that a client claims. */
export interface ClaimRequest {
  /** Id of the message. The only key: two accounts cannot use the same id. */
  readonly id: string;
  /** Name of the operation. */
  readonly operation: string;
  /**
   * Canonical text of everything that is charged for: the operation, the recipients, the message. A store must keep
   * only a keyed digest of it.
   */
  readonly content: string;
  /**
   * Recipients as written in the request: numbers without separators, addresses, names; groups as `G5`. A store that
   * writes them to a disk must encrypt them.
   */
  readonly to: readonly string[];
  /** The account: its login, or a digest of its API key. A store that writes it to a disk must encrypt it. */
  readonly account: string;
  /** True if the client created the id. The store deletes the entry as soon as its outcome is certain. */
  readonly temporary: boolean;
}

/**
 * Answer to a claim:
 *
 * - `yours`: the caller holds the claim and may send. Any earlier claim of the id is void.
 * - `known`: the message was accepted. It must not be sent again.
 * - `in-doubt`: an earlier request may have been sent. The outcome must be settled first.
 * - `busy`: a client that is still alive holds the claim.
 * - `conflict`: the id was used for other content.
 */
export type ClaimAnswer =
  | { readonly state: 'yours'; readonly claim: Claim }
  | {
      readonly state: 'known';
      /** The text that was passed to `ended`. `undefined` if no response was ever read. */
      readonly result: string | undefined;
    }
  | { readonly state: 'in-doubt'; readonly send: DoubtfulSend }
  | { readonly state: 'busy' | 'conflict' };

/** A send in the ledger that may have taken effect. */
export interface DoubtfulSend extends Pick<ClaimRequest, 'operation' | 'to' | 'account'> {
  /** Claim under which the outcome can be recorded, as long as nobody claims the id again. */
  readonly claim: Claim;
  /**
   * Time from now until no request of this send can arrive any more, in milliseconds. Only after this time, the
   * gateway's answer "no such message" proves that nothing was sent. 0 if the time has passed.
   */
  readonly certainInMs: number;
}

/** Certain outcome of a send. */
export type CertainOutcome = 'accepted' | 'rejected' | 'not-sent';

/** An entry that `recover()` has to report. */
export type OpenSend =
  | (DoubtfulSend & { readonly outcome?: undefined })
  /** A send whose outcome is certain, but may not have been told to the program. */
  | {
      readonly claim: Claim;
      readonly operation: string;
      readonly outcome: CertainOutcome;
      readonly result: string | undefined;
    };

/** End of a send. */
export interface SendEnd {
  /** `unknown` keeps the entry in doubt. */
  readonly outcome: CertainOutcome | 'unknown';
  /** Result of the operation as text, if it was accepted and its response was read. A store must encrypt it. */
  readonly result?: string | undefined;
  /** The gateway's error number, if it rejected the request. */
  readonly code?: number | undefined;
  /**
   * True if the outcome is valid only when no request can arrive any more. The store then checks this itself before it
   * records the outcome: another client may have written a further request meanwhile. Default: false.
   */
  readonly ifCertain?: boolean | undefined;
  /** True if the program has yet to be told. `recover()` reports the entry until `told` is called. Default: false. */
  readonly untold?: boolean | undefined;
}

/** An entry of a ledger, as applications see it. */
export interface LedgerEntry {
  /** Id of the message. */
  readonly id: string;
  /** Name of the operation, such as `send`. */
  readonly operation: string;
  /** Outcome. `unknown`: in doubt, settle it. `running`: a client that is still alive is sending it. */
  readonly outcome: CertainOutcome | 'unknown' | 'running';
  /** The gateway's error number, if it rejected the request. */
  readonly code: number | undefined;
  /** Result of the operation, with parts and cost. `undefined` unless it was accepted and its response was read. */
  readonly result: unknown;
  /** Time of the first claim. */
  readonly claimedAt: Date;
  /** Time at which the outcome became certain. `undefined` before. */
  readonly endedAt: Date | undefined;
}

/** An entry as a store returns it: with its result as text. */
export interface StoredEntry extends LedgerEntry {
  readonly result: string | undefined;
}

/** A value, or a promise of it. */
type Awaitable<Value> = Value | Promise<Value>;

/** Items of a list or of an asynchronous source. */
export type AnyIterable<Item> = Iterable<Item> | AsyncIterable<Item>;

/**
 * Stores the entries of a ledger. All methods are atomic for every client that shares the store. `@smsc/conformance` contains
 * tests for implementations.
 */
export interface LedgerStore {
  /**
   * Claims an id. An entry that ended as `rejected` or `not-sent` can be claimed again. So can an entry of a dead owner
   * for which no request was written. If a request was written, the entry is in doubt. If the promise rejects, the
   * caller holds no claim: a claim whose answer was lost must not stay `busy`.
   */
  claim(request: ClaimRequest): Awaitable<ClaimAnswer>;
  /**
   * Records that a request is about to be sent. Resolves to `false` if the claim is void; the request must then not be
   * sent. Rejects if nothing could be recorded; the request must then not be sent either.
   *
   * @param arrivesWithinMs longest time from now until the gateway has the request, in milliseconds
   */
  written(claim: Claim, arrivesWithinMs: number): Awaitable<boolean>;
  /**
   * Records an outcome. Resolves to `false` if the claim is void, if the entry has a certain outcome already, or if
   * `ifCertain` is true and a request can still arrive. The caller holds no claim afterwards, even if the outcome could
   * not be recorded. In that case the entry is in doubt if a request was written.
   */
  ended(claim: Claim, end: SendEnd): Awaitable<boolean>;
  /**
   * Lists the entries that `recover()` has to report and that no owner is working on. Entries with a certain outcome come
   * first. Entries of dead owners are included: in doubt if a request was written, else ended as `not-sent`.
   */
  open(): AnyIterable<OpenSend>;
  /** Records that the program has been told the outcome of an entry from `open`. */
  told(claim: Claim): Awaitable<void>;
  /**
   * Takes one of `max` slots for a request of an account. Resolves to a function that frees the slot, or to `undefined`
   * if all slots are taken. Slots of dead owners are free.
   */
  enter(account: string, max: number): Awaitable<(() => void) | undefined>;
  /** Returns the entry of an id. */
  entry(id: string): Awaitable<StoredEntry | undefined>;
  /** Lists the entries, or those with one outcome. */
  entries(outcome?: LedgerEntry['outcome']): AnyIterable<StoredEntry>;
  /** Deletes an entry that is not running. Resolves to `true` if there was one. */
  forget(id: string): Awaitable<boolean>;
  /** Records an outcome that a person decided. Resolves to `false` if the entry is not in doubt. */
  resolve(id: string, outcome: CertainOutcome): Awaitable<boolean>;
  /** Closes the store. Every further claim rejects. */
  close(): Awaitable<void>;
}
