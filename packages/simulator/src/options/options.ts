import type { DeliveryOutcomes } from './delivery-outcomes.ts';
import type { RequestLimits } from './limits.ts';
import type { PriceTable } from '../pricing/prices.ts';
import type { PushOptions } from '../push/options.ts';
import type { Deliver } from '../push/request.ts';

/** Account of the gateway. It needs a password, an API key, or both. Logins and API keys have to be unique. */
export interface AccountOptions {
  /** Login of the account. */
  readonly login: string;
  /** Password of the account. Requests may send the password itself, or its MD5 in lower-case hexadecimal digits. */
  readonly password?: string | undefined;
  /** API key of the account. Default: none. */
  readonly apiKey?: string | undefined;
  /** Initial balance, with at most six digits after the decimal point. Default: `1000.00`. */
  readonly balance?: string | undefined;
  /** Amount by which the balance may go below zero, as a decimal. Default: none, and `balance.php` returns no credit. */
  readonly credit?: string | undefined;
  /** Currency of the balance. Default: `UAH`. */
  readonly currency?: string | undefined;
  /** Client addresses that may use the account. Other addresses get error 2. Default: all. */
  readonly allowedAddresses?: readonly string[] | undefined;
  /** Registered sender names. Other names get error 6. Default: all names are accepted. */
  readonly senders?: readonly string[] | undefined;
  /** Sender name of messages that do not give one. Default: `SMSC`. */
  readonly defaultSender?: string | undefined;
  /**
   * Texts that contain one of these words get error 6. Upper and lower case are not distinguished. Default: `casino` and
   * `казино`, which are made up.
   */
  readonly stopWords?: readonly string[] | undefined;
  /** Time zone of the account in hours from UTC. Default: 3, Moscow. */
  readonly utcOffset?: number | undefined;
  /** Turns on virtual sending: all messages but e-mail are accepted at no cost and never sent. Default: false. */
  readonly testMode?: boolean | undefined;
  /** Webhooks for statuses, incoming messages and calls. Default: none. */
  readonly push?: PushOptions | undefined;
  /** Files of `downloads.php`. Default: none. */
  readonly downloads?: readonly ExportedFile[] | undefined;
  /** Records of `get.php?get_mega_accounts=1`. Default: none. */
  readonly megafonAccounts?: readonly Readonly<Record<string, string>>[] | undefined;
}

/** File that was exported on the gateway's web site. */
export interface ExportedFile {
  /** Name of the file. */
  readonly name: string;
  /** Content of the file. */
  readonly content: Uint8Array;
  /** Instant of the export, in milliseconds since 1970. Default: 0. */
  readonly madeAt?: number | undefined;
}

/** Phone number that was moved to another network. */
export interface PortedNumber {
  /** Number: digits in international form. */
  readonly phone: string;
  /** Country and operator codes of the current network. */
  readonly mccmnc: string;
  /** Day of porting, `YYYY-MM-DD`. */
  readonly date: string;
}

/** Phone number for incoming messages that accounts can rent. */
export interface RentableNumber {
  /** Number: digits in international form. */
  readonly phone: string;
  /** Price of a month, a decimal above zero. */
  readonly price: string;
}

/**
 * Account that is created if the option `accounts` is absent. Its password is not a secret, because the account exists on
 * this machine only.
 */
export const demoAccount: AccountOptions & { readonly password: string; readonly balance: string } = {
  login: 'demo',
  password: 'demo',
  balance: '1000.00',
};

/**
 * Stop words of an account without the option `stopWords`. They are made up, because the gateway's own stop words are not
 * known.
 */
export const defaultStopWords: readonly string[] = ['casino', 'казино'];

/** Delays in the delivery of a message, in milliseconds. */
export interface DeliveryDelays {
  /** From the time of sending until the operator has the message. Default: 1000. */
  readonly toOperatorMs: number;
  /** From the operator to the handset. Default: 4000. */
  readonly toHandsetMs: number;
}

/** Default of the option `delivery`. */
export const defaultDelivery: DeliveryDelays = { toOperatorMs: 1000, toHandsetMs: 4000 };

/** Default of the option `rentable`. The numbers are made up. */
export const defaultRentable: readonly RentableNumber[] = [
  { phone: '380440000001', price: '150.00' },
  { phone: '79010000001', price: '300.00' },
];

/** Options of a simulated gateway. */
export interface GatewayOptions {
  /** Accounts of the gateway. Default: one account, `demo`, with the password `demo` and a balance of `1000.00`. */
  readonly accounts?: readonly AccountOptions[] | undefined;
  /** Prices by kind and number prefix. Default: `defaultPrices`. */
  readonly prices?: PriceTable | undefined;
  /** Delays of delivery. Default: one second to the operator, and four more to the handset. */
  readonly delivery?: Partial<DeliveryDelays> | undefined;
  /** Final statuses of messages. Default: the magic numbers. */
  readonly outcomes?: DeliveryOutcomes | undefined;
  /** Prices by tariff number, for sub-accounts with their own tariff. Default: `prices` for every tariff. */
  readonly tariffs?: Readonly<Record<number, PriceTable>> | undefined;
  /** Contact groups of every account: the members by group number, for `phones=G<number>`. Default: two empty groups. */
  readonly groups?: Readonly<Record<number, readonly string[]>> | undefined;
  /** Limits to change; all other limits keep their defaults, see {@link RequestLimits}. `false` lifts all limits. */
  readonly limits?: Partial<RequestLimits> | false | undefined;
  /** Maximum size of a body in bytes. Larger bodies get HTTP 413. Default: 20 MiB. The gateway's own limit is not known. */
  readonly maxBodyBytes?: number | undefined;
  /** Numbers for incoming messages. Default: two made-up numbers. */
  readonly rentable?: readonly RentableNumber[] | undefined;
  /** Records that `get_mnp.php` lists. Sending ignores them. Default: none. */
  readonly ported?: readonly PortedNumber[] | undefined;
  /** Delivers webhooks. Default: `startGateway` delivers them over HTTP, `createGateway` only lists them. */
  readonly deliver?: Deliver | undefined;
  /**
   * Delays before each retry of a webhook, in milliseconds. Default: one retry after a minute. The gateway's own delays are
   * not known.
   */
  readonly pushRetriesMs?: readonly number[] | undefined;
  /** Maximum number of messages that an account keeps. The oldest are dropped first. Default: 100 000. */
  readonly keepMessages?: number | undefined;
}

/** Options of a simulator that listens for HTTP requests. */
export interface ServerOptions extends GatewayOptions {
  /** Port to listen on. Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: `127.0.0.1`, this machine only. */
  readonly host?: string | undefined;
  /** Clock, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Delay of every response, in milliseconds. The request stays in flight during the delay. Default: 0. */
  readonly latencyMs?: number | undefined;
}
