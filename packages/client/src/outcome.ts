import type { Fault, GatewayError, ReplyError, Status, TransportError } from '@smsc/protocol';

/**
 * Outcome of a call that spends money, one of four:
 *
 * - `accepted`: the gateway accepted the request. The object also has the members of the operation's result.
 * - `rejected`: the gateway rejected the request. Nothing was charged.
 * - `not-sent`: nothing was sent. You can try again.
 * - `unknown`: the request may have been sent, but no readable response came. Call `settle()`. Do not send the
 *   message again: you could be charged twice.
 *
 * Invalid input is not an outcome: it throws an `InputError` before anything is sent.
 */
export type Outcome<Result, Id = string | undefined> =
  Accepted<Result> | Rejected<Id> | NotSent<Id> | Unknown<Id, Result>;

/** The gateway accepted the request. */
export type Accepted<Result> = {
  /** `accepted`: the gateway accepted the request. This says nothing about delivery: query `status`. */
  readonly outcome: 'accepted';
  /**
   * True if the message was accepted earlier and the ledger knows it. No request was sent now. If the earlier response
   * was lost, `parts` is 0 and the cost is not known: query `status`.
   */
  readonly repeated?: true;
} & Result;

/**
 * The gateway refused the request and charged nothing for it.
 *
 * Code 9 has two meanings, and the gateway does not say which one applies: an equal request came within the last
 * minute, or too many requests came at once. An earlier equal request may have been accepted. If you may have sent that
 * request, query `status` with its id before you send again.
 */
export interface Rejected<Id = string | undefined> {
  /** `rejected`: the gateway rejected the request. Nothing was charged. */
  readonly outcome: 'rejected';
  /** The gateway's error number. */
  readonly code: number;
  /**
   * Cause of the rejection, and the thing to change before you send again: the account, the message, the request, or
   * the request rate (`limit`). `unknown` if the error number has no documented meaning.
   */
  readonly fault: Fault;
  /** Meaning of the error number, in English. */
  readonly meaning: string;
  /** Id of the message: yours, or the one that was created for it. */
  readonly id: Id;
  /** The rejection as an error object. */
  readonly error: GatewayError;
}

/**
 * Nothing was sent: no byte left this machine, or the gateway did not have the message when the request could no longer
 * arrive. You can try again.
 */
export interface NotSent<Id = string | undefined> {
  /** `not-sent`: nothing was sent and nothing was charged. You can try again. */
  readonly outcome: 'not-sent';
  /** Id of the message: yours, or the one that was created for it. */
  readonly id: Id;
  /** The reason: `error.message` describes it, `error.reason` is its code. */
  readonly error: TransportError;
}

/** The request may have been sent, but no readable response came. */
export interface Unknown<Id = string | undefined, Result = unknown> {
  /** `unknown`: the message may have been sent and charged. Call `settle()`; do not send the message again. */
  readonly outcome: 'unknown';
  /** Id of the message: yours, or the one that was created for it. Pass it to `status` with a recipient's number. */
  readonly id: Id;
  /** The reason: `error.message` describes it. */
  readonly error: TransportError | ReplyError;
  /**
   * Finds out whether the gateway has the message: looks in the ledger, if there is one, and then queries the message's
   * status by id and recipient. By default, this takes up to 90 seconds, or up to three minutes with a ledger.
   *
   * Resolves to `accepted`, to `not-sent`, or to `unknown` again if neither could be proven. `not-sent` requires a
   * query for every recipient, so it is impossible for groups, for Telegram names, and for more than twenty recipients.
   * It is also impossible for numbers that the gateway may correct: numbers without `+` that begin with 0 or 8 or have
   * fewer than eleven digits.
   *
   * Throws only an `InputError` for invalid options. Can be called several times, even in parallel: all calls share
   * their status requests.
   */
  readonly settle: (options?: SettleOptions) => Promise<Settled<Result, Id>>;
}

/** Options of `settle()` and `recover()`. */
export interface SettleOptions {
  /** Stops the search. The outcome stays `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Maximum time of the search, in milliseconds, 0 to 86,400,000. `not-sent` is certain only a minute after the client
   * stopped waiting for the response, because the request may still be in transit until then. With a ledger, `not-sent`
   * is certain half a minute, the time limit of an attempt and a minute after the request was recorded. The default is
   * half a minute more than that: 90,000 without a ledger. A probe or a slow ledger can take up to a minute longer.
   */
  readonly patienceMs?: number | undefined;
  /**
   * Sends the identical request to the same host once more before the first query, if less than 50 seconds have passed
   * since the first request. The gateway rejects equal messages within a minute, so the message cannot be charged
   * twice. If the probe is accepted, the outcome is `accepted`. Error 9 proves nothing, because it also means too many
   * requests at once. Works only for messages. Only the first probe of an outcome is sent. Default: false, because the
   * gateway does not document which requests count as equal.
   */
  readonly probe?: boolean | undefined;
}

/** Result of `settle()`. */
export type Settled<Result = unknown, Id = string | undefined> =
  Found<Result, Id> | NotSent<Id> | Unknown<Id, Result>;

/** A certain result of `settle()`. */
export type FoundOutcome<Result = unknown, Id = string | undefined> = Found<Result, Id> | NotSent<Id>;

/** The gateway has the message, so it was accepted. `status` says whether it was delivered. */
export interface Found<Result = unknown, Id = string | undefined> {
  /** `accepted`: the gateway has the message. */
  readonly outcome: 'accepted';
  /** Id of the message. */
  readonly id: Id;
  /** Status of the message for the queried recipient. `undefined` if a probe found the message. */
  readonly status: Status | undefined;
  /** Result of the probe. `undefined` if a status request found the message; cost and parts are then not known. */
  readonly result: Result | undefined;
}
