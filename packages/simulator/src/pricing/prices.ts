import type { MessageKind } from '../params/kinds.ts';
import { readAmount } from './money.ts';

/** What has a price of its own. Binary messages and WAP pushes cost what an SMS costs. */
export type PricedKind = Exclude<MessageKind, 'binary' | 'push'>;

/**
 * Prices by kind and by the beginning of the number; the longest beginning wins, and the empty one is «everywhere», the
 * only one that e-mail addresses and names match. A number that no beginning matches has no route: error 8.
 *
 * For one part of an SMS or flash message, one second of a call, one message or request of anything else.
 */
export type PriceTable = Readonly<Partial<Record<PricedKind, Readonly<Record<string, string>>>>>;

/**
 * Prices where none are given. Only `0.385` for Ukraine is recorded from the real gateway, and `1.40` stands in the
 * examples of its page; all others are made up. Countries that are not listed have no route.
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

/** The table that is used where none is given. */
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

/** What one unit costs for a recipient; `undefined` where there is no route. */
export type PriceOf = (kind: MessageKind, recipient: string) => bigint | undefined;

/** Makes the look-up of a table. Throws a `RangeError` for a price that is none. */
export function priceList(table: PriceTable): PriceOf {
  const kinds = new Map<string, { readonly prices: ReadonlyMap<string, bigint>; readonly longest: number }>();
  for (const [kind, row] of Object.entries(table)) {
    const prices = new Map(
      Object.entries(row).map(([prefix, price]) => [prefix, readAmount(price)] as const),
    );
    for (const price of prices.values())
      if (price < 0n) throw new RangeError(`a price of ${kind} is below zero`);
    kinds.set(kind, { prices, longest: Math.max(0, ...[...prices.keys()].map((prefix) => prefix.length)) });
  }
  return (kind, recipient) => {
    const row = kinds.get(kind === 'binary' || kind === 'push' ? 'sms' : kind);
    if (!row) return undefined;
    for (let length = row.longest; length >= 0; length--) {
      const price = row.prices.get(recipient.slice(0, length));
      if (price !== undefined) return price;
    }
    return undefined;
  };
}

/** Beginnings of numbers in the row of messages of a table: its zones. */
export const zonesOf = (table: PriceTable): readonly string[] => Object.keys(table.sms ?? {});
