import type { Kind } from '../operations/kinds.ts';

/** Price of one unit of each kind: a part of an SMS, a second of a call, one message or request of other kinds. */
export type KindPrices = Readonly<Partial<Record<Kind, string>>>;

/** Prices of one destination. */
export interface PriceRow {
  /**
   * Start of the number, digits only. An empty prefix matches every number. It is also the only prefix that matches
   * e-mail addresses and names.
   */
  readonly prefix: string;
  /** Mobile country code of a network within the prefix, three digits. Default: every network. */
  readonly mcc?: string | undefined;
  /** Mobile network code, two or three digits. Default: every network of `mcc`. */
  readonly mnc?: string | undefined;
  /** Name of the country or operator, as in the source. */
  readonly name?: string | undefined;
  /** Prices by kind, as exact decimals. A missing kind has no price for this destination. */
  readonly prices: KindPrices;
}

/**
 * Prices by kind and number prefix. The longest matching prefix that has a price for the kind applies. If the network
 * of the number is known, the row of that network is used.
 *
 * `flash`, `binary` and `wap-push` cost as much as `sms` unless the table has prices for them (assumption).
 *
 * A table is plain data: store it as JSON and read it with `pricesFromJson`.
 */
export interface PriceTable {
  /** Currency as in the source, such as `UAH`. */
  readonly currency: string | undefined;
  /** Prices by destination, in any order. */
  readonly rows: readonly PriceRow[];
  /** Columns of the source that were ignored because their names are unknown. */
  readonly unknownColumns: readonly string[];
  /** Zones of a gateway response for which the caller gave no prefixes. Their prices apply to no number. */
  readonly zonesWithoutPrefixes: readonly string[];
}

/** Kinds by our names, and by the gateway's names if these are different. */
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

/** Returns the kind for a column name: our name or the gateway's name of the kind, in any letter case. */
export const kindOfColumn = (name: string): Kind | undefined => {
  const key = name.trim().toLowerCase();
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
};

/** Returns true if a value is a valid `kind` of an input. */
export const isKind = (value: unknown): value is Kind =>
  typeof value === 'string' && Object.hasOwn(kinds, value) && kinds[value] === value;
