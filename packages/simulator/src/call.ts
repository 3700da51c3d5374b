import type { Account } from './account.ts';
import type { Fate } from './fates.ts';
import type { Delivery } from './options.ts';
import type { Parameters } from './parameters.ts';
import type { PriceOf } from './prices.ts';
import type { Groups } from './recipients.ts';

/** What every account of a gateway shares, and no request changes. */
export interface House {
  readonly priceOf: PriceOf;
  readonly fateOf: (phone: string) => Fate;
  readonly delivery: Delivery;
  readonly groups: Groups;
  readonly keepMessages: number;
}

/** A request that has been let in: who asks for what, and when. */
export interface Call {
  readonly house: House;
  readonly account: Account;
  readonly parameters: Parameters;
  readonly instant: number;
}
