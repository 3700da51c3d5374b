import type { Fault, GatewayError, ReplyError, Status, TransportError } from '@smsc/protocol';

/**
 * The end of a call that spends money. It is one of four:
 *
 * - `accepted`: the gateway took it. The members of the result stand beside `outcome`.
 * - `rejected`: the gateway refused it. Nothing was charged.
 * - `not-sent`: nothing was sent. You can try again.
 * - `unknown`: it may have been sent, and no readable answer came. Call `settle()`; do not send it again, since that could
 *   charge twice.
 *
 * Bad input is not an outcome: it is thrown as an `InputError` before anything is sent.
 */
export type Outcome<Result, Id = string | undefined> =
  Accepted<Result> | Rejected<Id> | NotSent<Id> | Unknown<Id, Result>;

/** The gateway took it. */
export type Accepted<Result> = {
  /** `accepted`: the gateway took it. Delivery is another question: ask `status`. */
  readonly outcome: 'accepted';
} & Result;

/**
 * The gateway refused the request and charged nothing for it.
 *
 * Code 9 means that an equal request came within the last minute, or that too many came at once; it does not say which. The
 * earlier request may have been accepted. If it may have been yours, ask `status` by its id before you send again.
 */
export interface Rejected<Id = string | undefined> {
  /** `rejected`: the gateway refused it. Nothing was charged. */
  readonly outcome: 'rejected';
  /** The gateway's error number. */
  readonly code: number;
  /** The part that has to change before it can succeed: the account, the message, the request, or the pace. */
  readonly fault: Fault;
  /** The meaning of the number, in English. */
  readonly meaning: string;
  /** Id of the message: yours, or the one that was created for it. */
  readonly id: Id;
  /** The same as an error. */
  readonly error: GatewayError;
}

/** Nothing was sent: no byte left this machine, or the gateway has no such message a minute later. You can try again. */
export interface NotSent<Id = string | undefined> {
  /** `not-sent`: nothing was sent and nothing was charged. You can try again. */
  readonly outcome: 'not-sent';
  /** Id of the message: yours, or the one that was created for it. */
  readonly id: Id;
  /** The reason: `error.message` says it in words, `error.reason` as a tag. */
  readonly error: TransportError;
}

/** The request may have left, and no readable answer came. */
export interface Unknown<Id = string | undefined, Result = unknown> {
  /** `unknown`: it may have been sent and charged. Call `settle()`; do not send it again. */
  readonly outcome: 'unknown';
  /** Id under which the gateway has the message, if it has it. `status` takes it, with a recipient's number. */
  readonly id: Id;
  /** The reason: `error.message` says it in words. */
  readonly error: TransportError | ReplyError;
  /**
   * Finds out what became of the message: asks the gateway for its status by id and recipient, for 90 seconds at most.
   *
   * Resolves to `accepted`, `not-sent` or, if it could not find out, `unknown` again. It asks about at most twenty recipients
   * and cannot ask about groups and Telegram names, so messages to those are found or stay `unknown`. The gateway may correct
   * numbers without `+` that begin with 0 or 8 or have fewer than eleven digits; if one is not found, the outcome stays
   * `unknown`.
   *
   * Throws only an `InputError` about its options. Can be called several times, and at the same time: all calls share their
   * status requests.
   */
  readonly settle: (options?: SettleOptions) => Promise<Settled<Result, Id>>;
}

/** Options of `settle()` and `recover()`. */
export interface SettleOptions {
  /** Stops the search. The outcome stays `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Maximum time of the search, in milliseconds, 0 to 86,400,000. Default: 90,000. `not-sent` is certain a minute after the
   * request was given up at the earliest, since it may be in transit until then. A probe and a slow journal get a minute more.
   */
  readonly patienceMs?: number | undefined;
  /**
   * Sends the identical request once more first, to the same host, if it can leave within 50 seconds after the first one. The
   * gateway rejects equal messages within a minute, so it cannot be charged twice. If it is accepted, that is the message.
   * Error 9 proves nothing, because it also means too many requests at once. Only for messages, and only once. Default: false,
   * because the gateway does not document what counts as equal.
   */
  readonly probe?: boolean | undefined;
}

/** Result of `settle()`. */
export type Settled<Result = unknown, Id = string | undefined> =
  Found<Result, Id> | NotSent<Id> | Unknown<Id, Result>;

/** The gateway has the message, so it was accepted. `status` says whether it was delivered. */
export interface Found<Result = unknown, Id = string | undefined> {
  /** `accepted`: the gateway has the message. */
  readonly outcome: 'accepted';
  /** Id of the message. */
  readonly id: Id;
  /** Status of the message to the recipient that was asked about. `undefined` if a probe found the message. */
  readonly status: Status | undefined;
  /** The gateway's answer to a probe. `undefined` otherwise: cost and parts are then not known. */
  readonly result: Result | undefined;
}
