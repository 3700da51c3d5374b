import { maxDecimals, parseAmount } from '../core/money.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import type { PriceRow, PriceTable } from './price-table.ts';

/** Where a number goes, as far as its price is concerned: a row of the table, or the rows of a prefix. */
export interface Destination {
  readonly prefix: string;
  readonly name: string | undefined;
  readonly mcc: string | undefined;
  readonly mnc: string | undefined;
  /** In units of 10⁻¹². Where the network decides and is not known: that of any network if there is one, else the dearest. */
  readonly price: bigint;
  /** The cheapest and the dearest that it can be. */
  readonly least: bigint;
  readonly most: bigint;
  /** Numbers of the destinations of single networks, by MCC and MNC or by MCC alone. */
  readonly networks: ReadonlyMap<string, number> | undefined;
  /** The number of the destination of all networks that have no row, 0 for none. Only beside `networks`. */
  readonly general: number;
}

/**
 * Prices of one kind, made for looking up many numbers: a trie of digits in which every step is one look into an array.
 *
 * `steps[node * 10 + digit]` is the next node, from 1 on; or, below nought, `~destination`: what is found, whatever the
 * digits behind. `ends[node]` is what is found when the number ends at a node. Destination 0 is «no price».
 */
export interface Tariff {
  readonly steps: Int32Array;
  readonly ends: Int32Array;
  readonly destinations: readonly Destination[];
}

const nowhere: Destination = {
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

/** Kinds that cost what an SMS does where the table has no prices of theirs. */
const likeSms: readonly Kind[] = ['flash', 'binary', 'wap-push'];

interface Priced {
  readonly row: PriceRow;
  readonly price: bigint;
}

/** The rows of a kind by prefix, shorter ones first. */
function rowsByPrefix(
  table: PriceTable,
  kind: Kind,
): readonly (readonly [prefix: string, rows: readonly Priced[]])[] {
  const has = (wanted: Kind): boolean => table.rows.some(({ prices }) => prices[wanted] !== undefined);
  const column = likeSms.includes(kind) && !has(kind) ? 'sms' : kind;
  const context = new IssueContext();
  const byPrefix = new Map<string, Priced[]>();
  for (const [index, row] of table.rows.entries()) {
    const written = row.prices[column];
    if (written === undefined) continue;
    // The readers have checked all this; a table may also have been written by hand.
    const price = typeof written === 'string' && !/\.\d{7}/.test(written) ? parseAmount(written) : undefined;
    if (price === undefined || price < 0n)
      context
        .inside(`rows[${index}].prices.${column}`)
        .addIssue(`expected a decimal with at most ${maxDecimals} decimals, as text`);
    if (typeof row.prefix !== 'string' || !/^\d{0,15}$/.test(row.prefix))
      context.inside(`rows[${index}].prefix`).addIssue('expected digits, or nothing');
    else {
      const rows = byPrefix.get(row.prefix) ?? [];
      rows.push({ row, price: price ?? 0n });
      byPrefix.set(row.prefix, rows);
    }
  }
  throwIfIssues('estimate prices', context);
  return [...byPrefix].sort(([one], [other]) => one.length - other.length);
}

/** Builds the tariff of a kind. */
function buildTariff(table: PriceTable, kind: Kind): Tariff {
  const destinations: Destination[] = [nowhere];
  const add = (destination: Destination): number => destinations.push(destination) - 1;
  const next: number[] = Array.from({ length: 10 }, () => 0);
  const found: number[] = [0];

  /** The destination of one row. */
  const single = ({ row, price }: Priced): number =>
    add({
      prefix: row.prefix,
      name: row.name,
      mcc: row.mcc,
      mnc: row.mnc,
      price,
      least: price,
      most: price,
      networks: undefined,
      general: 0,
    });

  /** The destination of a prefix, whose rows may be for single networks; those of shorter prefixes go on to count. */
  function destinationOf(prefix: string, rows: readonly Priced[], shorter: number): number {
    const generals = rows.filter(({ row }) => row.mcc === undefined);
    const general = generals.length > 0 ? single(generals[0]!) : 0;
    const outer = destinations[shorter]!;
    const networks = new Map<string, number>(general > 0 ? [] : outer.networks);
    const own = new Set<string>();
    for (const each of rows) {
      const { mcc, mnc = '' } = each.row;
      if (mcc === undefined || own.has(mcc + mnc)) continue;
      own.add(mcc + mnc);
      networks.set(mcc + mnc, single(each));
    }
    if (networks.size === 0) return general;
    const rest = general > 0 ? general : outer.networks ? outer.general : shorter;
    const candidates = [...networks.values(), ...(rest > 0 ? [rest] : [])].map(
      (at) => destinations[at]!.price,
    );
    const least = candidates.reduce((one, other) => (one < other ? one : other));
    const most = candidates.reduce((one, other) => (one > other ? one : other));
    return add({
      prefix,
      name: generals[0]?.row.name,
      mcc: undefined,
      mnc: undefined,
      price: rest > 0 ? destinations[rest]!.price : most,
      least,
      most,
      networks,
      general: rest,
    });
  }

  for (const [prefix, rows] of rowsByPrefix(table, kind)) {
    let node = 0;
    let shorter = found[0]!;
    for (let at = 0; at < prefix.length; at++) {
      const place = node * 10 + prefix.charCodeAt(at) - 48;
      if (next[place] === 0) {
        next[place] = found.length;
        found.push(0);
        for (let digit = 0; digit < 10; digit++) next.push(0);
      }
      node = next[place]!;
      if (at < prefix.length - 1 && found[node]! > 0) shorter = found[node]!;
    }
    found[node] = destinationOf(prefix, rows, prefix === '' ? 0 : shorter);
  }

  // A node is numbered after the one that leads to it, so what is found there is known when its own steps are filled.
  const ends = Int32Array.from(found);
  const steps = Int32Array.from(next);
  for (let node = 0; node < ends.length; node++) {
    for (let digit = 0; digit < 10; digit++) {
      const place = node * 10 + digit;
      const to = steps[place]!;
      if (to === 0) steps[place] = ~ends[node]!;
      else if (ends[to] === 0) ends[to] = ends[node]!;
    }
  }
  return { steps, ends, destinations };
}

const built = /* @__PURE__ */ new WeakMap<PriceTable, Map<Kind, Tariff>>();

/** The tariff of a kind, which is made once for each table. Throws an `InputError` for a table with wrong prices. */
export function tariffOf(table: PriceTable, kind: Kind): Tariff {
  let kinds = built.get(table);
  if (!kinds) built.set(table, (kinds = new Map<Kind, Tariff>()));
  let tariff = kinds.get(kind);
  if (!tariff) kinds.set(kind, (tariff = buildTariff(table, kind)));
  return tariff;
}

/** The destination of a number of digits only. */
export function destinationOf({ steps, ends }: Tariff, phone: string): number {
  let node = 0;
  for (let at = 0; at < phone.length; at++) {
    node = steps[node * 10 + phone.charCodeAt(at) - 48]!;
    if (node < 0) return ~node;
  }
  return ends[node]!;
}

/** The destination of what is no number: only a price for everywhere has it. */
export const everywhere = ({ ends }: Tariff): number => ends[0]!;

/**
 * The destination within one whose network decides: that of the network's row, of the country's, or of every network; 0
 * where there is none.
 *
 * @param mccMnc MCC and MNC as digits, such as `25503`; `undefined` where it is not known
 */
export function inNetwork({ destinations }: Tariff, destination: number, mccMnc: string | undefined): number {
  const { networks, general } = destinations[destination]!;
  if (!networks || mccMnc === undefined) return destination;
  return networks.get(mccMnc) ?? networks.get(mccMnc.slice(0, 3)) ?? general;
}
