import type { DeliveryOutcomes } from './delivery-outcomes.ts';
import type { RequestLimits } from './limits.ts';
import type { PriceTable } from '../pricing/prices.ts';
import type { PushOptions } from '../push/options.ts';
import type { Deliver } from '../push/request.ts';

/** Account of the gateway. It needs a password, an API key, or both. Logins and API keys have to be unique. */
export interface AccountOptions {
  readonly login: string;
  /** Requests may send it as it is, or as its MD5 in lower-case hexadecimal digits. */
  readonly password?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Decimal with at most six decimals. Default: `1000.00`. */
  readonly balance?: string | undefined;
  /** Amount by which the balance may go below zero, a decimal. Default: none, and `balance.php` does not show it. */
  readonly credit?: string | undefined;
  /** Default: `UAH`. */
  readonly currency?: string | undefined;
  /** Client addresses that may use the account. Others get error 2. Default: all. */
  readonly allowedAddresses?: readonly string[] | undefined;
  /** Registered sender names. Others get error 6. Default: all names are accepted. */
  readonly senders?: readonly string[] | undefined;
  /** Sender of messages without one. Default: `SMSC`. */
  readonly defaultSender?: string | undefined;
  /**
   * Words that are refused with error 6, in any case, anywhere in the text. Default: `casino` and `казино`, which are made up.
   */
  readonly stopWords?: readonly string[] | undefined;
  /** Time zone of the account in hours from UTC. Default: 3, Moscow. */
  readonly utcOffset?: number | undefined;
  /** Accept everything but e-mail at no cost and never send it («virtual sending»). Default: false. */
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
  readonly name: string;
  readonly content: Uint8Array;
  /** Instant of the export, in milliseconds since 1970. Default: 0. */
  readonly madeAt?: number | undefined;
}

/** Phone number that was moved to another network. */
export interface PortedNumber {
  readonly phone: string;
  /** Country and operator codes of its current network. */
  readonly mccmnc: string;
  /** Day of porting, `YYYY-MM-DD`. */
  readonly date: string;
}

/** Phone number for incoming messages that accounts can rent. */
export interface RentableNumber {
  readonly phone: string;
  /** Price of a month, a decimal above zero. */
  readonly price: string;
}

/** Account that exists without the option `accounts`. Its password is not a secret, as the account is on this machine only. */
export const demoAccount: AccountOptions & { readonly password: string; readonly balance: string } = {
  login: 'demo',
  password: 'demo',
  balance: '1000.00',
};

/** Stop words of an account without the option `stopWords`. Made up: the gateway's own are not known. */
export const defaultStopWords: readonly string[] = ['casino', 'казино'];

/** Delays on the way of a message, in milliseconds. */
export interface DeliveryDelays {
  /** From the time of sending until the operator has the message. Default: 1000. */
  readonly toOperatorMs: number;
  /** From the operator to the handset. Default: 4000. */
  readonly toHandsetMs: number;
}

/** Delays that apply without the option `delivery`. */
export const defaultDelivery: DeliveryDelays = { toOperatorMs: 1000, toHandsetMs: 4000 };

/** Numbers that can be rented without the option `rentable`. Made up. */
export const defaultRentable: readonly RentableNumber[] = [
  { phone: '380440000001', price: '150.00' },
  { phone: '79010000001', price: '300.00' },
];

/** Options of a simulated gateway. */
export interface GatewayOptions {
  /** Default: `demo` with the password `demo` and a balance of `1000.00`. */
  readonly accounts?: readonly AccountOptions[] | undefined;
  /** Prices by kind and number prefix. Default: `defaultPrices`. */
  readonly prices?: PriceTable | undefined;
  /** Default: one second to the operator, four more to the handset. */
  readonly delivery?: Partial<DeliveryDelays> | undefined;
  /** Final statuses of messages. Default: the magic numbers. */
  readonly outcomes?: DeliveryOutcomes | undefined;
  /** Prices by tariff number, for sub-accounts with a tariff of their own. Default: `prices` for every tariff. */
  readonly tariffs?: Readonly<Record<number, PriceTable>> | undefined;
  /** Members of the contact groups of every account, by group number, for `phones=G<number>`. Default: two empty groups. */
  readonly groups?: Readonly<Record<number, readonly string[]>> | undefined;
  /** Limits that differ from the gateway's. `false` lifts all of them. Default: those of {@link RequestLimits}. */
  readonly limits?: Partial<RequestLimits> | false | undefined;
  /** Maximum size of a body in bytes. Larger ones get HTTP 413. Default: 20 MiB. The gateway's own limit is not known. */
  readonly maxBodyBytes?: number | undefined;
  /** Numbers for incoming messages. Default: two, made up. */
  readonly rentable?: readonly RentableNumber[] | undefined;
  /** Records of `get_mnp.php`. They do not affect sending. Default: none. */
  readonly ported?: readonly PortedNumber[] | undefined;
  /** Delivers webhooks. Default: HTTP in a server; otherwise they are only listed. */
  readonly deliver?: Deliver | undefined;
  /** Delays before each retry of a webhook, in milliseconds. Default: one retry after a minute. The gateway's own are not known. */
  readonly pushRetriesMs?: readonly number[] | undefined;
  /** Maximum number of messages that an account keeps. The oldest are dropped first. Default: 100 000. */
  readonly keepMessages?: number | undefined;
}

/** Options of a simulator that listens for HTTP requests. */
export interface ServerOptions extends GatewayOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: `127.0.0.1`, this machine only. */
  readonly host?: string | undefined;
  /** Clock, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Delay of every response, in milliseconds. Its request is in flight meanwhile. Default: 0. */
  readonly latencyMs?: number | undefined;
}
