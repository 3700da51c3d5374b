import type { Kind } from '../operations/kinds.ts';

/** What one unit of each kind costs: a part of an SMS, a second of a call, one message or request of anything else. */
export type KindPrices = Readonly<Partial<Record<Kind, string>>>;

/** Prices of one destination. */
export interface PriceRow {
  /** The beginning of the number, digits only. Empty: everywhere, the only one that e-mail addresses and names match. */
  readonly prefix: string;
  /** The country of a network inside the prefix: three digits. Absent: every network. */
  readonly mcc?: string | undefined;
  /** The network: two or three digits. Absent beside `mcc`: every network of that country. */
  readonly mnc?: string | undefined;
  /** The country's or operator's name, as the source has it. */
  readonly name?: string | undefined;
  /** Exact decimals. A kind that is not there has no price here. */
  readonly prices: KindPrices;
}

/**
 * What messages cost, by kind and by the beginning of the number: the longest beginning with a price for the kind wins,
 * and of its rows the one of the number's network, where that is known.
 *
 * `flash`, `binary` and `wap-push` cost what `sms` does unless the table has prices of theirs (assumed).
 *
 * It is data and nothing else: it can be stored as JSON and read again by `pricesFromJson`.
 */
export interface PriceTable {
  /** As the source names it, such as `UAH`. */
  readonly currency: string | undefined;
  readonly rows: readonly PriceRow[];
  /** Columns of the source that are no price known here, nor anything else that is. Nothing is made of them. */
  readonly unknownColumns: readonly string[];
  /** Zones of a gateway's answer that were given no prefixes, so that no number finds their prices. */
  readonly zonesWithoutPrefixes: readonly string[];
}

/** Each kind by its own name, and by the gateway's where that is another one. */
const kinds: Readonly<Record<string, Kind>> = {
  sms: 'sms',
  flash: 'flash',
  binary: 'binary',
  bin: 'binary',
  'wap-push': 'wap-push',
  push: 'wap-push',
  hlr: 'hlr',
  ping: 'ping',
  mms: 'mms',
  email: 'email',
  mail: 'email',
  voice: 'voice',
  call: 'voice',
  viber: 'viber',
  whatsapp: 'whatsapp',
  'telegram-code': 'telegram-code',
  tg: 'telegram-code',
  'telegram-bot': 'telegram-bot',
  bot: 'telegram-bot',
  social: 'social',
  soc: 'social',
};

/** The kind that a column is named after: its own name or the gateway's, in any case. */
export const kindOfColumn = (name: string): Kind | undefined => {
  const key = name.trim().toLowerCase();
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
};

/** Whether this is the name of a kind, as inputs have it. */
export const isKind = (value: unknown): value is Kind =>
  typeof value === 'string' && Object.hasOwn(kinds, value) && kinds[value] === value;
