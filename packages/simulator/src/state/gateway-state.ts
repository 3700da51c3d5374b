import { openAccount } from './account.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { type DeliveryOutcome, outcomeRule } from '../options/delivery-outcomes.ts';
import { defaultLimits, type RequestLimits, unlimited } from '../options/limits.ts';
import { readAmount } from '../pricing/money.ts';
import {
  defaultDelivery,
  defaultRentable,
  type DeliveryDelays,
  demoAccount,
  type GatewayOptions,
  type PortedNumber,
} from '../options/options.ts';
import { defaultPrices, type PriceOf, priceList, zonesOf } from '../pricing/prices.ts';
import { createPushQueue, type PushQueue } from '../push/queue.ts';

/** State that all accounts of a gateway share. */
export interface GatewayState {
  readonly outcomeOf: (phone: string) => DeliveryOutcome;
  readonly delivery: DeliveryDelays;
  /** Maximum number of messages that an account keeps. */
  readonly keepMessages: number;
  readonly limits: RequestLimits;
  readonly accounts: Accounts;
  readonly scheduler: Scheduler;
  readonly pushes: PushQueue;
  /** Returns the prices of a tariff by its number. */
  readonly tariffOf: (tariff: string) => PriceOf;
  /** Number prefixes with their own price. */
  readonly zones: readonly string[];
  readonly ported: readonly PortedNumber[];
  /** Monthly prices of the numbers for incoming messages, in millionths. */
  readonly rentable: ReadonlyMap<string, bigint>;
  /** Next serial numbers of records. All accounts share these counters. */
  readonly serials: { message: number; incoming: number; user: number };
}

const defaultKeepMessages = 100_000;
/** One retry after a minute. This is an assumption, because the gateway's own delays are not known. */
const defaultRetriesMs = [60_000];

const limitsOf = (limits: GatewayOptions['limits']): RequestLimits =>
  limits === false ? unlimited : { ...defaultLimits, ...limits };

/** Reads the monthly price of a number. The price must be positive: a rent at no cost would be renewed forever. */
function readRent(phone: string, price: string): bigint {
  const amount = readAmount(`the price of the rentable number ${phone}`, price);
  if (amount <= 0n)
    throw new RangeError(`the price of the rentable number ${phone} is ${price}; expected more than 0`);
  return amount;
}

/** Opens the accounts that the options describe. */
function openAccounts(options: GatewayOptions, limits: RequestLimits, priceOf: PriceOf): Accounts {
  const accounts = createAccounts();
  for (const each of options.accounts ?? [demoAccount]) {
    const { login, password, apiKey } = each;
    if (!password && !apiKey)
      throw new TypeError(`the account «${login}» needs a password or an apiKey, or both`);
    if (accounts.byLogin.has(login))
      throw new TypeError(`two accounts have the login «${login}»; logins must be unique`);
    if (apiKey && accounts.byKey.has(apiKey))
      throw new TypeError(
        `the account «${login}» has the same apiKey as another account; API keys must be unique`,
      );
    const account = openAccount(each, { limits, priceOf, groups: options.groups });
    accounts.addLogin(login, password, account);
    if (apiKey) accounts.addApiKey(apiKey, account);
  }
  return accounts;
}

/**
 * Creates the state of a gateway and opens its accounts.
 *
 * @throws {TypeError} if two accounts have the same credentials, or an account has no credentials
 * @throws {RangeError} for an invalid amount or price
 */
export function createGatewayState(options: GatewayOptions): GatewayState {
  const limits = limitsOf(options.limits);
  const keepMessages = options.keepMessages ?? defaultKeepMessages;
  const prices = options.prices ?? defaultPrices;
  const priceOf = priceList(prices);
  const tariffs = new Map(
    Object.entries(options.tariffs ?? {}).map(([tariff, table]) => [tariff, priceList(table)] as const),
  );
  return {
    outcomeOf: outcomeRule(options.outcomes),
    delivery: { ...defaultDelivery, ...options.delivery },
    keepMessages,
    limits,
    accounts: openAccounts(options, limits, priceOf),
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
      (options.rentable ?? defaultRentable).map(({ phone, price }) => [phone, readRent(phone, price)]),
    ),
    serials: { message: 1, incoming: 1, user: 1 },
  };
}
