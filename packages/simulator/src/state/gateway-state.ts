import { openAccount } from './account.ts';
import { createAccounts } from './accounts.ts';
import { createScheduler } from './scheduler.ts';
import type { GatewayState } from './request-context.ts';
import { outcomeRule } from '../options/delivery-outcomes.ts';
import { defaultLimits, type RequestLimits, unlimited } from '../options/limits.ts';
import { readAmount } from '../pricing/money.ts';
import {
  type AccountOptions,
  defaultDelivery,
  defaultRentable,
  type GatewayOptions,
} from '../options/options.ts';
import { defaultPrices, priceList, zonesOf } from '../pricing/prices.ts';
import { createPushQueue } from '../push/queue.ts';

/** An account where none are given. It is on one's own machine, so its password is no secret. */
export const demoAccount: AccountOptions = { login: 'demo', password: 'demo', balance: '1000.00' };

const defaultKeepMessages = 100_000;
/** One repeat, after a minute. The gateway's own are not known: assumed. */
const defaultRetriesMs = [60_000];

const limitsOf = (limits: GatewayOptions['limits']): RequestLimits =>
  limits === false ? unlimited : { ...defaultLimits, ...limits };

/** A monthly price; without one, rents would cost nothing for ever. */
function readRent(price: string): bigint {
  const amount = readAmount(price);
  if (amount <= 0n) throw new RangeError('a number for receiving costs more than nothing');
  return amount;
}

/** What all accounts of a gateway share, and the accounts. Throws a `TypeError` when a request could mean two of them, or one can never be meant. */
export function createGatewayState(options: GatewayOptions): GatewayState {
  const limits = limitsOf(options.limits);
  const accounts = createAccounts();
  const keepMessages = options.keepMessages ?? defaultKeepMessages;
  const prices = options.prices ?? defaultPrices;
  const priceOf = priceList(prices);
  const tariffs = new Map(
    Object.entries(options.tariffs ?? {}).map(([tariff, table]) => [tariff, priceList(table)] as const),
  );
  for (const each of options.accounts ?? [demoAccount]) {
    const { login, password, apiKey } = each;
    if (!password && !apiKey) throw new TypeError('an account needs a password or an apiKey');
    if (accounts.byLogin.has(login)) throw new TypeError(`two accounts have the login «${login}»`);
    if (apiKey && accounts.byKey.has(apiKey))
      throw new TypeError(`the account «${login}» has the API key of another`);
    const account = openAccount(each, { limits, priceOf, groups: options.groups });
    accounts.addLogin(login, password, account);
    if (apiKey) accounts.addApiKey(apiKey, account);
  }
  return {
    outcomeOf: outcomeRule(options.outcomes),
    delivery: { ...defaultDelivery, ...options.delivery },
    keepMessages,
    limits,
    accounts,
    scheduler: createScheduler(),
    pushes: createPushQueue({
      deliver: options.deliver,
      retriesMs: options.pushRetriesMs ?? defaultRetriesMs,
      keep: keepMessages,
    }),
    tariffOf: (tariff) => tariffs.get(tariff) ?? priceOf,
    zones: zonesOf(prices),
    ported: options.ported ?? [],
    rentable: new Map(
      (options.rentable ?? defaultRentable).map(({ phone, price }) => [phone, readRent(price)]),
    ),
    serials: { message: 1, incoming: 1, user: 1 },
  };
}
