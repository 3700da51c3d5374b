import { isObject, type UnknownRecord } from '../core/own-members.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { kindOfColumn, type PriceTable } from './price-table.ts';
import { type Cell, type RawRow, toPriceTable } from './price-rows.ts';

const described = ['prefix', 'mcc', 'mnc', 'name', 'currency'];

/** A row as an object; its prices beside the rest, or in `prices`, as a table has them. */
function readRow(row: UnknownRecord, path: string, unknown: Set<string>, context: IssueContext): RawRow {
  const inside = (name: string): Cell | undefined =>
    Object.hasOwn(row, name) && row[name] !== undefined
      ? { value: row[name], path: `${path}.${name}` }
      : undefined;
  const prices = new Map<Kind, Cell>();
  const add = (name: string, value: unknown, at: string): void => {
    const kind = kindOfColumn(name);
    if (kind === undefined) unknown.add(name);
    else if (prices.has(kind)) context.inside(at).addIssue(`is the same kind as ${prices.get(kind)!.path}`);
    else prices.set(kind, { value, path: at });
  };
  for (const [name, value] of Object.entries(row)) {
    if (name === 'prices' && isObject(value))
      for (const [kind, price] of Object.entries(value)) add(kind, price, `${path}.prices.${kind}`);
    else if (!described.includes(name)) add(name, value, `${path}.${name}`);
  }
  return {
    path,
    prefix: inside('prefix'),
    mcc: inside('mcc'),
    mnc: inside('mnc'),
    name: inside('name'),
    currency: inside('currency'),
    prices: [...prices],
  };
}

/** Rows, each an object. */
function* readRows(
  rows: readonly unknown[],
  path: string,
  unknown: Set<string>,
  context: IssueContext,
): Generator<RawRow> {
  for (const [index, row] of rows.entries()) {
    const at = `${path}[${index}]`;
    if (isObject(row)) yield readRow(row, at, unknown, context);
    else context.inside(at).addIssue('expected an object');
  }
}

/** Prices by kind, and within a kind by prefix. Each prefix of each kind becomes a row; those of one prefix become one. */
function* readByKind(object: UnknownRecord, unknown: Set<string>, context: IssueContext): Generator<RawRow> {
  const rows = new Map<string, [Kind, Cell][]>();
  const seen = new Map<Kind, string>();
  for (const [name, prices] of Object.entries(object)) {
    if (name === 'currency') continue;
    const kind = kindOfColumn(name);
    if (kind === undefined) unknown.add(name);
    else if (seen.has(kind)) context.inside(name).addIssue(`is the same kind as ${seen.get(kind)!}`);
    else if (!isObject(prices)) context.inside(name).addIssue('expected an object: prices by prefix');
    else {
      seen.set(kind, name);
      for (const [prefix, value] of Object.entries(prices)) {
        const row = rows.get(prefix) ?? [];
        row.push([kind, { value, path: `${name}.${prefix}` }]);
        rows.set(prefix, row);
      }
    }
  }
  for (const [prefix, prices] of rows) {
    const { path } = prices[0]![1];
    yield { path, prefix: { value: prefix, path }, prices };
  }
}

/**
 * Reads prices from a JSON value: rows `{ prefix, mcc, mnc, name, currency, sms, voice, … }`, alone or as
 * `{ currency, rows }`, which is also what a price table itself looks like; or prices by kind and prefix,
 * `{ currency, sms: { '380': '0.385' }, … }`. Kinds go by their own names or the gateway's.
 *
 * Prices are text. Numbers are taken where what they are written like is a price: `0.385` is, `0.1 + 0.2` is not.
 *
 * @throws {InputError} with every complaint, each with its place
 */
export function pricesFromJson(value: unknown): PriceTable {
  const context = new IssueContext();
  const unknown = new Set<string>();
  const isTable = isObject(value) && Array.isArray(value['rows']);
  const rows = Array.isArray(value) ? value : isTable ? (value['rows'] as readonly unknown[]) : undefined;
  if (!rows && !isObject(value)) context.addIssue('expected rows, or prices by kind');
  throwIfIssues('pricesFromJson', context);
  const currency = isObject(value) ? value['currency'] : undefined;
  if (currency !== undefined && typeof currency !== 'string')
    context.inside('currency').addIssue('expected text');
  const listed = (name: string): readonly string[] => {
    const names: unknown = isTable ? value[name] : [];
    return Array.isArray(names) ? names.filter((each): each is string => typeof each === 'string') : [];
  };
  for (const name of listed('unknownColumns')) unknown.add(name);
  const raw = rows
    ? readRows(rows, isTable ? 'rows' : '', unknown, context)
    : readByKind(value as UnknownRecord, unknown, context);
  const table = toPriceTable(raw, context, {
    currency: typeof currency === 'string' && currency !== '' ? currency : undefined,
    unknownColumns: [],
    zonesWithoutPrefixes: listed('zonesWithoutPrefixes'),
  });
  throwIfIssues('pricesFromJson', context);
  return { ...table, unknownColumns: [...unknown] };
}
