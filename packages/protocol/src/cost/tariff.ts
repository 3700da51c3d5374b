import { maxDecimals, parseAmount } from '../core/money.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import type { PriceRow, PriceTable } from './price-table.ts';

/** Prices for one row of the table, or for all rows with the same prefix. */
export interface Destination {
  readonly prefix: string;
  readonly name: string | undefined;
  readonly mcc: string | undefined;
  readonly mnc: string | undefined;
  /**
   * Price in units of 10⁻¹². If the price depends on the network and the network is not known: the price of the row for
   * all networks, or the highest price if there is no such row.
   */
  readonly price: bigint;
  /** Lowest possible price. */
  readonly least: bigint;
  /** Highest possible price. */
  readonly most: bigint;
  /** Indexes of the destinations of single networks, by MCC and MNC or by MCC alone. */
  readonly networks: ReadonlyMap<string, number> | undefined;
  /** Index of the destination of networks that are not in `networks`; 0 for none. Only used with `networks`. */
  readonly general: number;
}

/**
 * Prices of one kind, prepared for looking up many numbers: a trie of digits where each step reads one array element.
 *
 * `steps[node * 10 + digit]` is the next node, from 1. A negative value is `~destination`, the result for all further
 * digits. `ends[node]` is the result if the number ends at a node. Destination 0 means «no price».
 */
export interface Tariff {
  readonly steps: Int32Array;
  readonly ends: Int32Array;
  readonly destinations: readonly Destination[];
}

/** Destination 0: no price. */
const noDestination: Destination = {
  prefix: '',
  name: undefined,
  mcc: undefined,
  mnc: undefined,
  price: 0n,
  least: 0n,
  most: 0n,
  networks: undefined,
  general: 0,
};

/** Kinds that cost as much as an SMS if the table has no prices for them (assumption). */
const pricedLikeSms: readonly Kind[] = ['flash', 'binary', 'wap-push'];

/** A row with its price for one kind, in units of 10⁻¹². */
interface PricedRow {
  readonly row: PriceRow;
  readonly price: bigint;
}

/** Groups the rows with a price for a kind by prefix, short prefixes first. */
function rowsByPrefix(
  table: PriceTable,
  kind: Kind,
): readonly (readonly [prefix: string, rows: readonly PricedRow[]])[] {
  const has = (wanted: Kind): boolean => table.rows.some(({ prices }) => prices[wanted] !== undefined);
  const column = pricedLikeSms.includes(kind) && !has(kind) ? 'sms' : kind;
  const context = new IssueContext();
  const byPrefix = new Map<string, PricedRow[]>();
  for (const [index, row] of table.rows.entries()) {
    const written = row.prices[column];
    if (written === undefined) continue;
    // Checks the price: the functions `pricesFrom…` return valid tables, but a table may also be written by hand.
    const price = typeof written === 'string' && !/\.\d{7}/.test(written) ? parseAmount(written) : undefined;
    if (price === undefined || price < 0n)
      context
        .inside(`rows[${index}].prices.${column}`)
        .expect(
          false,
          written,
          `a decimal number as text, 0 or more, with at most ${maxDecimals} decimal places`,
        );
    if (typeof row.prefix !== 'string' || !/^\d{0,15}$/.test(row.prefix))
      context
        .inside(`rows[${index}].prefix`)
        .expect(
          false,
          row.prefix,
          'a prefix of up to 15 digits as text, or an empty text, which matches every number',
        );
    else {
      const rows = byPrefix.get(row.prefix) ?? [];
      rows.push({ row, price: price ?? 0n });
      byPrefix.set(row.prefix, rows);
    }
  }
  throwIfIssues('estimate prices', context);
  return [...byPrefix].sort(([one], [other]) => one.length - other.length);
}

/** Builds the list of destinations. */
class DestinationList {
  readonly destinations: Destination[] = [noDestination];

  #add(destination: Destination): number {
    return this.destinations.push(destination) - 1;
  }

  /** Adds the destination of one row. */
  #addRow({ row, price }: PricedRow): number {
    const { prefix, name, mcc, mnc } = row;
    const bounds = { price, least: price, most: price };
    return this.#add({ prefix, name, mcc, mnc, ...bounds, networks: undefined, general: 0 });
  }

  /** Returns the index of the destination for networks without a row of their own. */
  #generalOf(general: number, shorter: number): number {
    if (general > 0) return general;
    const { networks, general: outer } = this.destinations[shorter]!;
    return networks ? outer : shorter;
  }

  /**
   * Adds the destination of a prefix, whose rows may be for single networks.
   *
   * @param shorter index of the destination of the next shorter prefix. The networks of that destination also apply to
   * `prefix`, unless one of `rows` is for all networks
   */
  addPrefix(prefix: string, rows: readonly PricedRow[], shorter: number): number {
    const generalRow = rows.find(({ row }) => row.mcc === undefined);
    const general = generalRow ? this.#addRow(generalRow) : 0;
    const networks = new Map<string, number>(general > 0 ? [] : this.destinations[shorter]!.networks);
    const known = new Set<string>();
    for (const each of rows) {
      const { mcc, mnc = '' } = each.row;
      if (mcc === undefined || known.has(mcc + mnc)) continue;
      known.add(mcc + mnc);
      networks.set(mcc + mnc, this.#addRow(each));
    }
    if (networks.size === 0) return general;
    const rest = this.#generalOf(general, shorter);
    const prices = [...networks.values(), ...(rest > 0 ? [rest] : [])].map(
      (index) => this.destinations[index]!.price,
    );
    const least = prices.reduce((one, other) => (one < other ? one : other));
    const most = prices.reduce((one, other) => (one > other ? one : other));
    return this.#add({
      prefix,
      name: generalRow?.row.name,
      mcc: undefined,
      mnc: undefined,
      price: rest > 0 ? this.destinations[rest]!.price : most,
      least,
      most,
      networks,
      general: rest,
    });
  }
}

/** Replaces each missing step of a trie by the destination of its node. */
function completeTrie(next: readonly number[], found: readonly number[]): Omit<Tariff, 'destinations'> {
  const ends = Int32Array.from(found);
  const steps = Int32Array.from(next);
  // Parents have lower numbers than their children, so the destination of a node is final before its steps are filled.
  for (let node = 0; node < ends.length; node++) {
    for (let digit = 0; digit < 10; digit++) {
      const index = node * 10 + digit;
      const to = steps[index]!;
      if (to === 0) steps[index] = ~ends[node]!;
      else if (ends[to] === 0) ends[to] = ends[node]!;
    }
  }
  return { steps, ends };
}

/** Builds the tariff of a kind. */
function buildTariff(table: PriceTable, kind: Kind): Tariff {
  const list = new DestinationList();
  const next: number[] = Array.from({ length: 10 }, () => 0);
  /** Destination of each node; 0 if no prefix ends there. */
  const found: number[] = [0];
  for (const [prefix, rows] of rowsByPrefix(table, kind)) {
    let node = 0;
    let shorter = found[0]!;
    for (let at = 0; at < prefix.length; at++) {
      const index = node * 10 + prefix.charCodeAt(at) - 48;
      if (next[index] === 0) {
        next[index] = found.length;
        found.push(0);
        for (let digit = 0; digit < 10; digit++) next.push(0);
      }
      node = next[index]!;
      if (at < prefix.length - 1 && found[node]! > 0) shorter = found[node]!;
    }
    found[node] = list.addPrefix(prefix, rows, prefix === '' ? 0 : shorter);
  }
  return { ...completeTrie(next, found), destinations: list.destinations };
}

const tariffs = /* @__PURE__ */ new WeakMap<PriceTable, Map<Kind, Tariff>>();

/** Returns the tariff of a kind, built once for each table. Throws an `InputError` for a table with invalid prices. */
export function tariffOf(table: PriceTable, kind: Kind): Tariff {
  let byKind = tariffs.get(table);
  if (!byKind) {
    byKind = new Map<Kind, Tariff>();
    tariffs.set(table, byKind);
  }
  let tariff = byKind.get(kind);
  if (!tariff) {
    tariff = buildTariff(table, kind);
    byKind.set(kind, tariff);
  }
  return tariff;
}

/** Returns the destination of a number, given as digits. */
export function destinationOf({ steps, ends }: Tariff, phone: string): number {
  let node = 0;
  for (let at = 0; at < phone.length; at++) {
    node = steps[node * 10 + phone.charCodeAt(at) - 48]!;
    if (node < 0) return ~node;
  }
  return ends[node]!;
}

/** Returns the destination with the empty prefix, which applies to addresses that are not phone numbers. */
export const destinationOfAddress = ({ ends }: Tariff): number => ends[0]!;

/**
 * Returns the destination of a network, given a destination whose price depends on the network. Uses the row of the
 * network, otherwise the row of its country, otherwise the row for all networks. Returns 0 if there is no such row.
 *
 * @param mccMnc MCC and MNC as digits, such as `25503`; `undefined` if the network is not known
 */
export function inNetwork({ destinations }: Tariff, destination: number, mccMnc: string | undefined): number {
  const { networks, general } = destinations[destination]!;
  if (!networks || mccMnc === undefined) return destination;
  return networks.get(mccMnc) ?? networks.get(mccMnc.slice(0, 3)) ?? general;
}
