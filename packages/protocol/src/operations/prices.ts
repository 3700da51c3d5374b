import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readList, readObject, readOptionalText } from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';

/** What messages to one zone cost. */
export interface PriceZone {
  /** The gateway's sign for the zone. */
  readonly zone: string | undefined;
  readonly name: string | undefined;
  /** Price by sort of message, in the gateway's words (`api`, `mass`, `mms`, `hlr`, `call` …), as exact decimals. More of them are known to exist. */
  readonly prices: Readonly<Record<string, string>>;
  /** Members of the answer that are neither text nor number. */
  readonly extra: JsonObject;
}

/** The account's prices. */
export interface Prices {
  readonly zones: readonly PriceZone[];
  /** Members of the answer that are not known here. */
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

/** What the account's messages cost, zone by zone; nothing is an empty list. */
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
