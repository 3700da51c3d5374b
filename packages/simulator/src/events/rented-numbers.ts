import type { RentedNumber } from '../state/records.ts';
import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import { canAfford, recordTransaction } from '../state/turnover.ts';

const hour = 3_600_000;
/** A hundredth of the currency unit, in millionths. */
const hundredth = 10_000n;

/** Returns the instant at which the next month begins in a time zone. */
function nextMonth(instant: number, utcOffset: number): number {
  const local = new Date(instant + utcOffset * hour);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1) - utcOffset * hour;
}

/**
 * Computes the price of a number for the rest of the month. Documented: buying a number «charges the remaining days of the
 * current month». Assumptions: today is one of these days, and the amount is rounded up to whole hundredths.
 */
export function priceForRestOfMonth(price: bigint, instant: number, utcOffset: number): bigint {
  const local = new Date(instant + utcOffset * hour);
  const days = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  const left = days - local.getUTCDate() + 1;
  const exact = (price * BigInt(left)) / BigInt(days || 1);
  return ((exact + hundredth - 1n) / hundredth) * hundredth;
}

/**
 * Schedules the renewal of a rent at the end of the month. Assumption: the rent ends if its renewal is turned off or the
 * balance is too low.
 */
export function scheduleRenewal(
  rent: RentedNumber,
  account: Account,
  gateway: GatewayState,
  instant: number,
): void {
  gateway.scheduler.schedule(nextMonth(instant, account.utcOffset), (at) => {
    if (account.rents.get(rent.phone) !== rent) return;
    if (rent.ends || !canAfford(account.wallet, rent.price)) {
      account.rents.delete(rent.phone);
      return;
    }
    recordTransaction(account, at, { spent: rent.price });
    scheduleRenewal(rent, account, gateway, at);
  });
}
