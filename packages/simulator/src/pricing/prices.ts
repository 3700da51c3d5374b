import type { MessageKind } from '../params/kinds.ts';
import { readAmount } from './money.ts';

/** Kinds with their own price. Binary messages and WAP pushes cost as much as an SMS. */
export type PricedKind = Exclude<MessageKind, 'binary' | 'push'>;

/**
 * Prices by kind and number prefix. The longest matching prefix wins. The empty prefix matches every recipient. E-mail
 * addresses and nicknames match only the empty prefix. A number without a matching prefix has no route: error 8.
 *
 * A price is for one part of an SMS or flash message, one second of a call, or one message or request of any other kind.
 */
export type PriceTable = Readonly<Partial<Record<PricedKind, Readonly<Record<string, string>>>>>;

/**
 * Default prices of texts. `0.385` for Ukraine is recorded from the gateway, and `1.40` is in the examples of its page. All
 * other prices are made up. Countries that are not listed have no route.
 */
const textPrices = {
  '380': '0.385',
  '7': '1.40',
  '77': '1.10',
  '1': '0.50',
  '373': '1.20',
  '375': '1.30',
  '44': '0.90',
  '48': '0.60',
  '49': '1.50',
  '992': '1.15',
  '995': '1.25',
  '996': '1.35',
  '998': '1.45',
};

/** Prices that apply without the option `prices`. */
export const defaultPrices: PriceTable = {
  sms: textPrices,
  flash: textPrices,
  ping: textPrices,
  hlr: { '': '0.05' },
  mms: { '380': '2.00', '7': '6.00' },
  call: { '380': '0.02', '7': '0.05' },
  mail: { '': '0.01' },
  viber: { '': '0.25' },
  whatsapp: { '': '0.70' },
  tg: { '': '0.20' },
  bot: { '': '0.03' },
  soc: { '': '0.30' },
};

/** Returns the price of one unit for a recipient, in millionths, or `undefined` if there is no route. */
export type PriceOf = (kind: MessageKind, recipient: string) => bigint | undefined;

/**
 * Creates the function that finds prices in a table.
 *
 * @throws {RangeError} for a price that is not an amount or is negative
 */
export function priceList(table: PriceTable): PriceOf {
  const kinds = new Map<
    string,
    { readonly prices: ReadonlyMap<string, bigint>; readonly longestPrefix: number }
  >();
  for (const [kind, pricesByPrefix] of Object.entries(table)) {
    const prices = new Map(
      Object.entries(pricesByPrefix).map(
        ([prefix, price]) => [prefix, readAmount(`prices.${kind}['${prefix}']`, price)] as const,
      ),
    );
    for (const [prefix, price] of prices)
      if (price < 0n) throw new RangeError(`prices.${kind}['${prefix}'] is negative; expected 0 or more`);
    const longestPrefix = Math.max(0, ...[...prices.keys()].map((prefix) => prefix.length));
    kinds.set(kind, { prices, longestPrefix });
  }
  return (kind, recipient) => {
    const row = kinds.get(kind === 'binary' || kind === 'push' ? 'sms' : kind);
    if (!row) return undefined;
    for (let length = row.longestPrefix; length >= 0; length--) {
      const price = row.prices.get(recipient.slice(0, length));
      if (price !== undefined) return price;
    }
    return undefined;
  };
}

/** Returns the price zones of a table: the number prefixes of its SMS prices. */
export const zonesOf = (table: PriceTable): readonly string[] => Object.keys(table.sms ?? {});
