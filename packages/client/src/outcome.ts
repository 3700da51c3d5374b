import type { GatewayError, ReplyError, Status, TransportError } from '@smsc/protocol';

/**
 * What became of a call that spends money: exactly one of four things.
 *
 * - `accepted`: the gateway took it. The result's members stand beside the tag.
 * - `rejected`: the gateway said no. Nothing was charged.
 * - `not-sent`: it did not happen. It can be tried again.
 * - `unknown`: it may have gone out, and no readable answer came. Do not repeat it, that could charge twice: `settle` it.
 *
 * Bad input is none of these: it is thrown as an `InputError`, since nothing was ever going to be sent.
 */
export type Outcome<Result, Id = string | undefined> =
  Accepted<Result> | Rejected<Id> | NotSent<Id> | Unknown<Id, Result>;

/** The gateway took it. */
export type Accepted<Result> = { readonly outcome: 'accepted' } & Result;

/**
 * The gateway said no to this request; nothing was charged for it.
 *
 * With `code` 9 it says that an equal request came less than a minute before, or that too many came at once. Which, it does
 * not say; and the earlier one may have been accepted. Where it could have been yours, ask `status` by its id before
 * sending again.
 */
export interface Rejected<Id = string | undefined> {
  readonly outcome: 'rejected';
  /** The gateway's error number. */
  readonly code: number;
  /** What the number means, in English. */
  readonly meaning: string;
  /** The id that the message was to have: yours, or the one that was made up for it. */
  readonly id: Id;
  readonly error: GatewayError;
}

/** Nothing was sent: no byte left this machine, or the gateway has no such message a minute later. */
export interface NotSent<Id = string | undefined> {
  readonly outcome: 'not-sent';
  /** The id that the message was to have. */
  readonly id: Id;
  readonly error: TransportError;
}

/** Bytes left, and no readable answer came. */
export interface Unknown<Id = string | undefined, Result = unknown> {
  readonly outcome: 'unknown';
  /** The id under which the gateway has the message, if it has it: `status` by this id and a recipient's number tells. */
  readonly id: Id;
  readonly error: TransportError | ReplyError;
  /**
   * Finds out what became of it: asks the gateway by the id and up to twenty recipients, with patience. Of a group, and of
   * Telegram names, it cannot be asked; a mailing to such, or to more than twenty, is found or stays `unknown`. So does a
   * message to a number that the gateway may have mended: without `+`, and beginning with 0 or 8 or with fewer than eleven
   * digits in a row. Never throws but for options that cannot be meant. Can be called again, and by many at once: they
   * share their questions.
   */
  readonly settle: (options?: SettleOptions) => Promise<Settled<Result, Id>>;
}

/** How to find out. */
export interface SettleOptions {
  /** Ends the search: it stays `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * For how long to ask, in milliseconds, 0 to 86,400,000. Default: 90,000. That there is no such message counts a minute
   * after the request was given up at the earliest: until then it could be on its way. A probe, and a journal that takes
   * note, have a minute more.
   */
  readonly patienceMs?: number | undefined;
  /**
   * Sends the same request once more first, byte for byte and to the same host, if it can leave within 50 seconds after the
   * lost one: the gateway refuses an equal message within a minute, so it cannot be charged twice. Once, and only of
   * messages: what else spends money the gateway would do twice. Accepted, it is the message. Error 9 is no proof, since it
   * is the answer to too many requests at once as well: then it is asked for as without this. Default: false, as the
   * gateway's rule is its own: what counts as equal is not documented.
   */
  readonly probe?: boolean | undefined;
}

/** What was found out. */
export type Settled<Result = unknown, Id = string | undefined> =
  Found<Result, Id> | NotSent<Id> | Unknown<Id, Result>;

/** The gateway has the message: it was accepted, whatever has become of it since. That it could not be delivered, its status says. */
export interface Found<Result = unknown, Id = string | undefined> {
  readonly outcome: 'accepted';
  readonly id: Id;
  /** How far it has come, to the recipient that was asked about. Absent if it was found by a probe. */
  readonly status: Status | undefined;
  /** The gateway's answer, if a probe brought it. What it cost and in how many parts it went cannot be known otherwise. */
  readonly result: Result | undefined;
}
