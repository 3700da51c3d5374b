import { isObject, type UnknownRecord } from '../core/own-members.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { isKind, type PriceTable } from './price-table.ts';
import { type RawRow, toPriceTable } from './price-rows.ts';

/** What the gateway's answer does not say. */
export interface ReplyPricesOptions {
  /**
   * The beginnings of the numbers of each zone, by the zone's number or its name: `{ 'Украина': ['380'] }`. The answer has
   * none, as far as it is documented. A zone that is not here is listed in `zonesWithoutPrefixes`.
   */
  readonly prefixes: Readonly<Record<string, readonly string[]>>;
  /** Which of the two columns is the price of an SMS. What parts them is not documented. */
  readonly sms: 'api' | 'mass';
  /** Further columns, and the kinds whose prices they are: which follow the documented ones is not known. */
  readonly columns?: Readonly<Record<string, Kind>> | undefined;
  /** The account's currency, which the answer does not have. */
  readonly currency?: string | undefined;
}

/** Columns that are documented. Source: the page of tariffs; what comes behind `call` is cut off there. */
const documented: Readonly<Record<string, Kind>> = { mms: 'mms', hlr: 'hlr', call: 'voice' };

/** What `zone` and `name` of a zone are called in a list of what is missing. */
const nameOf = ({ zone, name }: UnknownRecord): string =>
  [zone, name]
    .filter((each) => typeof each === 'string' || typeof each === 'number')
    .join(' ')
    .trim();

function checkOptions(options: ReplyPricesOptions, context: IssueContext): void {
  if (!isObject(options)) return context.inside('options').addIssue('expected { prefixes, sms }');
  if (!['api', 'mass'].includes(options.sms)) context.inside('options.sms').addIssue('expected api or mass');
  if (isObject(options.prefixes)) {
    for (const [zone, prefixes] of Object.entries(options.prefixes))
      if (!Array.isArray(prefixes) || prefixes.length === 0)
        context.inside(`options.prefixes.${zone}`).addIssue('expected a list of prefixes');
  } else context.inside('options.prefixes').addIssue('expected prefixes by zone');
  for (const [column, kind] of Object.entries(options.columns ?? {}))
    if (!isKind(kind)) context.inside(`options.columns.${column}`).addIssue('expected a kind of message');
}

/**
 * Reads prices from the gateway's own answer to `get_price`: `{ zones: [{ zone, name, api, mass, mms, hlr, call, … }] }`,
 * or from what the operation `prices` makes of it. Members may be text or numbers. The answer names zones and not the beginnings of their numbers, so the caller does.
 *
 * Source: the gateway's page of tariffs for the columns, a third party's recording for `zones`.
 *
 * @throws {InputError} with every complaint, each with its place
 */
export function pricesFromReply(reply: unknown, options: ReplyPricesOptions): PriceTable {
  const context = new IssueContext();
  checkOptions(options, context);
  const zones = isObject(reply) ? reply['zones'] : undefined;
  if (!Array.isArray(zones)) context.inside('zones').addIssue('expected a list');
  throwIfIssues('pricesFromReply', context);

  const unknown = new Set<string>();
  const without: string[] = [];
  const used = new Set<string>();
  const kinds: ReadonlyMap<string, Kind> = new Map(
    Object.entries({ ...documented, ...options.columns, [options.sms]: 'sms' as const }),
  );
  const ignored = new Set(['zone', 'name', 'api', 'mass']);

  function prefixesOf(zone: UnknownRecord): readonly string[] {
    const found = [zone['zone'], zone['name']]
      .map(String)
      .find((key) => Object.hasOwn(options.prefixes, key));
    if (found === undefined) return [];
    used.add(found);
    return options.prefixes[found]!;
  }

  function* rawRows(): Generator<RawRow> {
    for (const [index, zone] of (zones as readonly unknown[]).entries()) {
      const path = `zones[${index}]`;
      if (!isObject(zone)) {
        context.inside(path).addIssue('expected an object');
        continue;
      }
      const columns = isObject(zone['prices']) ? zone['prices'] : zone;
      for (const column of Object.keys(columns))
        if (!kinds.has(column) && !ignored.has(column)) unknown.add(column);
      const prefixes = prefixesOf(zone);
      if (prefixes.length === 0) without.push(nameOf(zone) || path);
      const prices = Object.entries(columns).flatMap(([column, value]) => {
        const kind = kinds.get(column);
        return kind === undefined ? [] : [[kind, { value, path: `${path}.${column}` }] as const];
      });
      for (const prefix of prefixes)
        yield {
          path,
          prefix: { value: prefix, path: `options.prefixes of ${path}` },
          name: { value: zone['name'], path: `${path}.name` },
          prices,
        };
    }
  }

  const table = toPriceTable(rawRows(), context, {
    currency: options.currency,
    unknownColumns: [],
    zonesWithoutPrefixes: without,
  });
  for (const zone of Object.keys(options.prefixes))
    if (!used.has(zone)) context.inside(`options.prefixes.${zone}`).addIssue('is no zone of the answer');
  throwIfIssues('pricesFromReply', context);
  return { ...table, unknownColumns: [...unknown] };
}
