import type { Recipient } from '../params/recipients.ts';

/**
 * Why a recipient has no price.
 *
 * - `no-price`: the table has none for the kind and the number.
 * - `no-network-price`: it has prices for networks of the number's prefix, but not for the one that `networkOf` named.
 * - `wrong-number`: the recipient is no number, or whatever else the kind is sent to; the gateway would refuse it.
 * - `unknown-group`: a group whose members were not given.
 * - `unknown-length`: a call with a file, whose seconds were not given.
 */
export type UnpricedReason =
  'no-price' | 'no-network-price' | 'wrong-number' | 'unknown-group' | 'unknown-length';

/** A recipient that has no price. What it will cost is not known; it is in no total and no bound. */
export interface UnpricedRecipient {
  /** Where the recipient stands: of a list the message's place, from 0. */
  readonly message: number | undefined;
  /** Its place in `to`, from 0; for a member of a group, the group's. */
  readonly index: number;
  /** As the caller wrote it. */
  readonly recipient: Recipient;
  readonly reason: UnpricedReason;
}

/** How many of them are listed. The count goes on. */
export const maxListed = 100;
