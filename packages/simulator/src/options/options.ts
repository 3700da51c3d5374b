import type { DeliveryOutcomes } from './delivery-outcomes.ts';
import type { RequestLimits } from './limits.ts';
import type { PriceTable } from '../pricing/prices.ts';
import type { PushOptions } from '../push/options.ts';
import type { Deliver } from '../push/request.ts';

/** One account of the gateway. It needs a password, an API key, or both; no two have the same login or key. */
export interface AccountOptions {
  readonly login: string;
  /** Requests may carry it clear, or as its MD5 in lower-case hexadecimal digits. */
  readonly password?: string | undefined;
  readonly apiKey?: string | undefined;
  /** A decimal with at most six decimals. Default: `1000.00`. */
  readonly balance?: string | undefined;
  /** How far the balance may go below zero; a decimal as well. Default: none, and then `balance.php` does not name it. */
  readonly credit?: string | undefined;
  /** Default: `UAH`. */
  readonly currency?: string | undefined;
  /** Addresses that may use the account; all others get error 2. Default: every address. */
  readonly allowedAddresses?: readonly string[] | undefined;
  /** Registered sender names; every other gets error 6. Default: every name is taken. */
  readonly senders?: readonly string[] | undefined;
  /** The sender where a request names none. Default: `SMSC`. */
  readonly defaultSender?: string | undefined;
  /** Words that get a message refused with error 6, in any case, anywhere in the text. Default: `casino` and `казино`. */
  readonly stopWords?: readonly string[] | undefined;
  /** Hours from UTC of the account's time zone. Default: 3, Moscow. */
  readonly utcOffset?: number | undefined;
  /** Everything but e-mail is accepted at no cost and never sent («virtual sending»). Default: false. */
  readonly testMode?: boolean | undefined;
  /** Where states, incoming messages and calls are pushed to. Default: nowhere. */
  readonly push?: PushOptions | undefined;
  /** What `downloads.php` has. Default: nothing. */
  readonly downloads?: readonly ExportedFile[] | undefined;
  /** What `get.php?get_mega_accounts=1` tells. Default: nothing. */
  readonly megafonAccounts?: readonly Readonly<Record<string, string>>[] | undefined;
}

/** An export that was asked for in the cabinet. */
export interface ExportedFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** When it was made, in milliseconds since 1970. Default: 0. */
  readonly madeAt?: number | undefined;
}

/** A number that went to another network. */
export interface PortedNumber {
  readonly phone: string;
  /** Country and operator that it belongs to now. */
  readonly mccmnc: string;
  /** The day, `YYYY-MM-DD`. */
  readonly date: string;
}

/** A number for receiving messages that can be rented. */
export interface RentableNumber {
  readonly phone: string;
  /** For a month; a decimal above zero. */
  readonly price: string;
}

/** Words that are refused where no others are given. Made up; the gateway's own are not known. */
export const defaultStopWords: readonly string[] = ['casino', 'казино'];

/** How long the way of a message takes, in milliseconds. */
export interface DeliveryDelays {
  /** From the time of sending until the operator has it. Default: 1000. */
  readonly toOperatorMs: number;
  /** From the operator to the handset. Default: 4000. */
  readonly toHandsetMs: number;
}

export const defaultDelivery: DeliveryDelays = { toOperatorMs: 1000, toHandsetMs: 4000 };

/** Made up. */
export const defaultRentable: readonly RentableNumber[] = [
  { phone: '380440000001', price: '150.00' },
  { phone: '79010000001', price: '300.00' },
];

/** The gateway to be. Everything has a default. */
export interface GatewayOptions {
  /** Default: one, `demo` with the password `demo` and `1000.00` on it. */
  readonly accounts?: readonly AccountOptions[] | undefined;
  /** Default: `defaultPrices`. */
  readonly prices?: PriceTable | undefined;
  /** Default: one second to the operator, four more to the handset. */
  readonly delivery?: Partial<DeliveryDelays> | undefined;
  /** Default: the magic numbers. */
  readonly outcomes?: DeliveryOutcomes | undefined;
  /** Prices by the number of a tariff, for sub-accounts with a tariff of their own. Default: `prices` for each of them. */
  readonly tariffs?: Readonly<Record<number, PriceTable>> | undefined;
  /** Contact groups by number that every account begins with, for `phones=G<number>`. Default: two that are empty. */
  readonly groups?: Readonly<Record<number, readonly string[]>> | undefined;
  /** How much the gateway takes. `false` lifts every limit. Default: the gateway's own, those of {@link RequestLimits}. */
  readonly limits?: Partial<RequestLimits> | false | undefined;
  /** Largest body in bytes; what is larger gets HTTP 413. Default: 20 MiB. The gateway's own limit is not known. */
  readonly maxBodyBytes?: number | undefined;
  /** Numbers for receiving. Default: two, made up. */
  readonly rentable?: readonly RentableNumber[] | undefined;
  /** What `get_mnp.php` tells. Sending takes no notice of it. Default: nothing. */
  readonly ported?: readonly PortedNumber[] | undefined;
  /** Carries pushes. Default: they are only listed. */
  readonly deliver?: Deliver | undefined;
  /** Pauses before a push is repeated, in milliseconds. Default: once, after a minute; the gateway's own are not known. */
  readonly pushRetriesMs?: readonly number[] | undefined;
  /** How many messages an account remembers; the oldest are forgotten first. Default: 100 000. */
  readonly keepMessages?: number | undefined;
}

/** Where and how a gateway listens. Pushes go over HTTP unless `deliver` says otherwise. */
export interface ServerOptions extends GatewayOptions {
  /** Default: 0, any that is free. */
  readonly port?: number | undefined;
  /** Default: `127.0.0.1`, this machine only. */
  readonly host?: string | undefined;
  /** The clock, in milliseconds since 1970. Default: the machine's. */
  readonly now?: (() => number) | undefined;
  /** How long every answer takes; the request is in flight for so long. In milliseconds. Default: 0. */
  readonly latencyMs?: number | undefined;
}
