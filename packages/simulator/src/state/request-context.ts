import type { Account } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Scheduler } from './scheduler.ts';
import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { fingerprint } from './fingerprint.ts';
import type { RequestLimits } from '../options/limits.ts';
import type { RequestWindows } from './sliding-windows.ts';
import type { DeliveryDelays, PortedNumber } from '../options/options.ts';
import type { Parameters } from '../wire/parameters.ts';
import type { PriceOf } from '../pricing/prices.ts';
import type { PushQueue } from '../push/queue.ts';

/** What every account of a gateway shares. */
export interface GatewayState {
  readonly outcomeOf: (phone: string) => DeliveryOutcome;
  readonly delivery: DeliveryDelays;
  readonly keepMessages: number;
  readonly limits: RequestLimits;
  readonly accounts: Accounts;
  readonly scheduler: Scheduler;
  readonly pushes: PushQueue;
  /** Prices of a tariff, by its number. */
  readonly tariffOf: (tariff: string) => PriceOf;
  /** Beginnings of numbers that have a price of their own. */
  readonly zones: readonly string[];
  readonly ported: readonly PortedNumber[];
  /** Numbers for receiving with their monthly prices, in millionths. */
  readonly rentable: ReadonlyMap<string, bigint>;
  /** The next number of everything that is counted for the whole gateway. */
  readonly serials: { message: number; incoming: number; user: number };
}

/** A request that has been let in: who asks for what, and when. */
export interface RequestContext {
  readonly gateway: GatewayState;
  readonly account: Account;
  readonly parameters: Parameters;
  readonly instant: number;
}

/** A parameter; empty where it is not there. */
export const valueOf = ({ parameters }: RequestContext, name: string): string =>
  parameters.values.get(name) ?? '';

/** Counts a request, and says whether it is one too many in its minute. By default identical ones count. */
export function exceedsLimit(
  call: RequestContext,
  of: keyof RequestWindows,
  key: string = fingerprint(call.parameters),
): boolean {
  const window = call.account.windows[of];
  if (window.full(key, call.instant)) return true;
  window.record(key, call.instant);
  return false;
}
