import type { RentedNumber } from '../state/records.ts';
import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/request-context.ts';
import { canAfford, recordTransaction } from '../state/turnover.ts';

const hour = 3_600_000;

/** When the month after an instant begins in a time zone. */
function nextMonth(instant: number, utcOffset: number): number {
  const local = new Date(instant + utcOffset * hour);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1) - utcOffset * hour;
}

/** «Buying charges the remaining days of the current month», today among them: assumed. In whole hundredths, rounded up: assumed. */
export function priceForRestOfMonth(price: bigint, instant: number, utcOffset: number): bigint {
  const local = new Date(instant + utcOffset * hour);
  const days = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  const left = days - local.getUTCDate() + 1;
  const hundredth = 10_000n;
  const exact = (price * BigInt(left)) / BigInt(days || 1);
  return ((exact + hundredth - 1n) / hundredth) * hundredth;
}

/** Goes on with a rent when the month is over, if it is to and there is money; otherwise gives the number back: assumed. */
export function scheduleRenewal(
  rent: RentedNumber,
  account: Account,
  house: GatewayState,
  instant: number,
): void {
  house.scheduler.schedule(nextMonth(instant, account.utcOffset), (at) => {
    if (account.rents.get(rent.phone) !== rent) return;
    if (rent.ends || !canAfford(account.wallet, rent.price)) {
      account.rents.delete(rent.phone);
      return;
    }
    recordTransaction(account, at, { spent: rent.price });
    scheduleRenewal(rent, account, house, at);
  });
}
