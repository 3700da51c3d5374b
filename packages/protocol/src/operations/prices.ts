import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readList, readObject, readOptionalText } from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';

/** Prices of messages to one zone. */
export interface PriceZone {
  /** Id of the zone in the gateway. */
  readonly zone: string | undefined;
  /** Name of the zone, such as a country. */
  readonly name: string | undefined;
  /**
   * Prices by type of message, as exact decimals. The types have the gateway's names, such as `api`, `mass`, `mms`,
   * `hlr` and `call`.
   */
  readonly prices: Readonly<Record<string, string>>;
  /** Members of the zone that are neither text nor numbers, unchanged. */
  readonly extra: JsonObject;
}

/** Prices of the account. */
export interface Prices {
  /** Prices by zone. */
  readonly zones: readonly PriceZone[];
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

const readZone = (row: JsonObject): PriceZone => {
  const others = Object.entries(readExtra(row, ['zone', 'name']));
  const isPrice = (value: unknown): value is string | number =>
    typeof value === 'number' || (typeof value === 'string' && value !== '');
  return {
    zone: readOptionalText(row, 'zone'),
    name: readOptionalText(row, 'name'),
    prices: Object.fromEntries(
      others.flatMap(([name, value]) => (isPrice(value) ? [[name, String(value)]] : [])),
    ),
    extra: Object.fromEntries(
      others.filter(([, value]) => typeof value === 'object' || typeof value === 'boolean'),
    ),
  };
};

/**
 * Returns the prices of the account for each zone. `zones` is empty if there are none. `pricesFromReply` converts the
 * result to a price table for `estimate`.
 *
 * @example
 * ```ts
 * const { zones } = await smsc.call(prices, {});
 * ```
 */
export const prices: Operation<Record<never, never>, Prices, 'reads'> = {
  name: 'prices',
  path: 'sys/get.php',
  effect: 'reads',
  fields: {},
  constants: { get_price: 1 },
  errors: dataErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) => {
    const object = Array.isArray(reply) ? { zones: reply } : readObject(reply);
    return { zones: readList(object, 'zones').map(readZone), extra: readExtra(object, ['zones']) };
  },
};
