import type { Recipient } from '../params/recipients.ts';

/**
 * Reason why a recipient has no price.
 *
 * - `no-price`: the price table has no price for the kind and the number.
 * - `no-network-price`: the table has prices for networks of the number's prefix, but not for the network that
 *   `networkOf` returned.
 * - `invalid-number`: not a valid number, address or name for the kind; the gateway would reject it.
 * - `unknown-group`: the members of the group were not given.
 * - `unknown-length`: a call with a file whose length was not given.
 */
export type UnpricedReason =
  'no-price' | 'no-network-price' | 'invalid-number' | 'unknown-group' | 'unknown-length';

/** A recipient without a price. Its cost is unknown and not part of any total or bound. */
export interface UnpricedRecipient {
  /** Index of the message in a list, from 0; `undefined` for a single message. */
  readonly message: number | undefined;
  /** Index in `to`, from 0. For a member of a group, the index of the group. */
  readonly index: number;
  /** The recipient as the caller wrote it. */
  readonly recipient: Recipient;
  /** Reason why there is no price. */
  readonly reason: UnpricedReason;
}

/** Maximum number of listed recipients. Further recipients are only counted. */
export const maxListed = 100;
