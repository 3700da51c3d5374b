import type { Kind } from '../operations/kinds.ts';
import type { RecipientAddress } from './recipient-address.ts';
import { type Destination, destinationOf, destinationOfAddress, inNetwork, type Tariff } from './tariff.ts';
import type { UnpricedReason } from './unpriced.ts';

/** Members of contact groups, by group number. */
export type GroupMembers = Readonly<Record<number, readonly string[]>>;

/** Facts that determine the price of a recipient. */
export interface PricingContext {
  readonly kind: Kind;
  readonly tariff: Tariff;
  readonly groups: GroupMembers;
  /** Returns the network of a number as MCC and MNC digits, or `undefined` if it is not known. */
  readonly networkOf: ((phone: string) => string | undefined) | undefined;
}

/** Destination of a recipient. */
export interface Route {
  /** Index of the destination; 0 if the recipient has no price. */
  readonly destination: number;
  /** Reason why the recipient has no price. Only valid if `destination` is 0. */
  readonly reason: UnpricedReason;
}

/**
 * Finds the destination of an address. Uses the network of the number if the price depends on the network and the
 * network is known.
 */
export function routeOf({ phone, isNumber }: RecipientAddress, { tariff, networkOf }: PricingContext): Route {
  const found = isNumber ? destinationOf(tariff, phone) : destinationOfAddress(tariff);
  const destination =
    isNumber && networkOf && tariff.destinations[found]!.networks
      ? inNetwork(tariff, found, networkOf(phone))
      : found;
  return { destination, reason: found > 0 && destination === 0 ? 'no-network-price' : 'no-price' };
}

/** Returns the destination of the digits as the caller wrote them; 0 if these digits are not a valid number. */
const routeAsWritten = (written: string, context: PricingContext): number =>
  /^[1-9]\d{7,14}$/.test(written)
    ? routeOf({ phone: written, isNumber: true, asWritten: undefined }, context).destination
    : 0;

/** Amounts that widen the price bounds of a corrected number: `less` lowers the lower bound, `more` raises the upper. */
export interface CorrectionBounds {
  readonly less: bigint;
  readonly more: bigint;
}

/**
 * Returns the amounts by which the correction of a number widens the price bounds. The gateway may send to the number
 * as the caller wrote it, so the bounds cover both numbers. If the number as written has no price, the gateway may
 * reject it and charge nothing.
 *
 * @param isTaken `true` if the number as written is another recipient of the same text, so that it would add no cost
 */
export function correctionBounds(
  corrected: Destination,
  asWritten: string,
  isTaken: boolean,
  context: PricingContext,
): CorrectionBounds {
  const other = context.tariff.destinations[routeAsWritten(asWritten, context)]!;
  const least = isTaken ? 0n : other.least;
  return {
    less: corrected.least > least ? corrected.least - least : 0n,
    more: other.most > corrected.most ? other.most - corrected.most : 0n,
  };
}
