import { isObject, type UnknownRecord } from '../core/own-members.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { kindOfColumn, type PriceTable } from './price-table.ts';
import { type Cell, type RawRow, toPriceTable } from './price-rows.ts';

/** Members of a row that are not prices. */
const describingMembers = ['prefix', 'mcc', 'mnc', 'name', 'currency'];

/** Reads a row. Its prices are members of the row itself, or of `prices` as in a price table. */
function readRow(row: UnknownRecord, path: string, unknown: Set<string>, context: IssueContext): RawRow {
  const inside = (name: string): Cell | undefined =>
    Object.hasOwn(row, name) && row[name] !== undefined
      ? { value: row[name], path: `${path}.${name}` }
      : undefined;
  const prices = new Map<Kind, Cell>();
  const add = (name: string, value: unknown, at: string): void => {
    const kind = kindOfColumn(name);
    if (kind === undefined) unknown.add(name);
    else if (prices.has(kind))
      context.inside(at).addIssue(`names the same kind as ${prices.get(kind)!.path}`);
    else prices.set(kind, { value, path: at });
  };
  for (const [name, value] of Object.entries(row)) {
    if (name === 'prices' && isObject(value))
      for (const [kind, price] of Object.entries(value)) add(kind, price, `${path}.prices.${kind}`);
    else if (!describingMembers.includes(name)) add(name, value, `${path}.${name}`);
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

/** Reads a list of rows. */
function* readRows(
  rows: readonly unknown[],
  path: string,
  unknown: Set<string>,
  context: IssueContext,
): Generator<RawRow> {
  for (const [index, row] of rows.entries()) {
    const at = `${path}[${index}]`;
    if (isObject(row)) yield readRow(row, at, unknown, context);
    else context.inside(at).expect(false, row, 'an object');
  }
}

/** Reads prices by kind and prefix. Prices of the same prefix become one row. */
function* readByKind(object: UnknownRecord, unknown: Set<string>, context: IssueContext): Generator<RawRow> {
  const rows = new Map<string, [Kind, Cell][]>();
  const seen = new Map<Kind, string>();
  for (const [name, prices] of Object.entries(object)) {
    if (name === 'currency') continue;
    const kind = kindOfColumn(name);
    if (kind === undefined) unknown.add(name);
    else if (seen.has(kind)) context.inside(name).addIssue(`names the same kind as ${seen.get(kind)!}`);
    else if (!isObject(prices)) context.inside(name).expect(false, prices, 'an object with prices by prefix');
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
 * Reads prices from a JSON value of one of these forms:
 *
 * - a list of rows `{ prefix, mcc, mnc, name, currency, sms, voice, … }`
 * - `{ currency, rows }`, such as a price table
 * - prices by kind and prefix: `{ currency, sms: { '380': '0.385' }, … }`
 *
 * Kinds have our names or the gateway's names. Prices should be text. A number is accepted only if it is an exact price
 * when written as a decimal: `0.385` is, the result of `0.1 + 0.2` is not.
 *
 * @throws {InputError} with all issues, each with its position
 * @example
 * ```ts
 * const prices = pricesFromJson({ currency: 'UAH', sms: { '380': '0.385' } });
 * ```
 */
export function pricesFromJson(value: unknown): PriceTable {
  const context = new IssueContext();
  const unknown = new Set<string>();
  const isTable = isObject(value) && Array.isArray(value['rows']);
  let rows: readonly unknown[] | undefined;
  if (Array.isArray(value)) rows = value;
  else if (isTable) rows = value['rows'] as readonly unknown[];
  if (!rows && !isObject(value))
    context.expect(false, value, 'an array of rows, or an object of prices by kind');
  throwIfIssues('pricesFromJson', context);
  const currency = isObject(value) ? value['currency'] : undefined;
  if (currency !== undefined && typeof currency !== 'string')
    context.inside('currency').expect(false, currency, 'text');
  const namesIn = (name: string): readonly string[] => {
    const names: unknown = isTable ? value[name] : [];
    return Array.isArray(names) ? names.filter((each): each is string => typeof each === 'string') : [];
  };
  for (const name of namesIn('unknownColumns')) unknown.add(name);
  const raw = rows
    ? readRows(rows, isTable ? 'rows' : '', unknown, context)
    : readByKind(value as UnknownRecord, unknown, context);
  const table = toPriceTable(raw, context, {
    currency: typeof currency === 'string' && currency !== '' ? currency : undefined,
    unknownColumns: [],
    zonesWithoutPrefixes: namesIn('zonesWithoutPrefixes'),
  });
  throwIfIssues('pricesFromJson', context);
  return { ...table, unknownColumns: [...unknown] };
}
