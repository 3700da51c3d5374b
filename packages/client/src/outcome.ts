import type { GatewayError, ReplyError, TransportError } from '@smsc/protocol';

/**
 * What became of a call that spends money: exactly one of four things.
 *
 * - `accepted`: the gateway took it. The result's members stand beside the tag.
 * - `rejected`: the gateway said no. Nothing was charged.
 * - `not-sent`: no byte of it left this machine. It can be tried again.
 * - `unknown`: it may have gone out, and no readable answer came. Do not repeat it: that could charge twice.
 *
 * Bad input is none of these: it is thrown as an `InputError`, since nothing was ever going to be sent.
 */
export type Outcome<Result, Id = string | undefined> = Accepted<Result> | Rejected<Id> | NotSent<Id> | Unknown<Id>;

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

/** No byte left this machine. */
export interface NotSent<Id = string | undefined> {
  readonly outcome: 'not-sent';
  /** The id that the message was to have. */
  readonly id: Id;
  readonly error: TransportError;
}

/** Bytes left, and no readable answer came. */
export interface Unknown<Id = string | undefined> {
  readonly outcome: 'unknown';
  /** The id under which the gateway has the message, if it has it: `status` by this id and a recipient's number tells. */
  readonly id: Id;
  readonly error: TransportError | ReplyError;
}
