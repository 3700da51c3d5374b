/** A send that is about to be made. */
export interface Planned {
  /** Id of the message. */
  readonly id: string;
  /** Name of the operation. */
  readonly operation: string;
  /**
   * Recipients as written in the request: numbers without separators, addresses, names; groups as `G5`. A journal that
   * stores recipients should encrypt them.
   */
  readonly to: readonly string[];
  /** The account: its login, or a digest of its API key. Only a client with the same account can settle the send. */
  readonly account: string;
  /** Time at which the send was planned, in milliseconds since 1970. */
  readonly at: number;
}

/** The record of one send. If `written` fails, the request is not sent. If `ended` fails, the send stays open. */
export interface JournalRecord {
  /**
   * Records that a request is about to be sent, and the time in milliseconds since 1970. From then on, the send may
   * take effect.
   */
  written(at: number): void | Promise<void>;
  /** Records the outcome of the send. A send with the outcome `unknown` stays open. */
  ended(outcome: 'accepted' | 'rejected' | 'not-sent' | 'unknown'): void | Promise<void>;
}

/** A send in the journal that has no certain outcome yet. */
export interface OpenSend extends Planned {
  /** Time of the latest request, in milliseconds since 1970. `undefined` if no request was started. */
  readonly writtenAt: number | undefined;
  /** Record of the send, for its further requests and its outcome. */
  readonly record: JournalRecord;
}

/** Stores sends until they have ended, so that the program can settle them after a restart. */
export interface JournalStore {
  /** Records a send before its first request. */
  plan(planned: Planned): JournalRecord | Promise<JournalRecord>;
  /** Returns the sends that have no certain outcome and are not running in this program. */
  open(): readonly OpenSend[] | Promise<readonly OpenSend[]>;
}
