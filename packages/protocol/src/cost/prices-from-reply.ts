import { isObject, type UnknownRecord } from '../core/own-members.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { isKind, type PriceTable } from './price-table.ts';
import { type RawRow, toPriceTable } from './price-rows.ts';

/** Options of `pricesFromReply`: facts that the gateway's response does not contain. */
export interface ReplyPricesOptions {
  /**
   * Number prefixes of each zone, by the zone's number or name: `{ 'Украина': ['380'] }`. According to the gateway's
   * documentation, the response contains no prefixes. A zone that is missing here is listed in `zonesWithoutPrefixes`.
   */
  readonly prefixes: Readonly<Record<string, readonly string[]>>;
  /** Column with the price of an SMS. The gateway does not document the difference between the two columns. */
  readonly sms: 'api' | 'mass';
  /** Kinds of further columns. The gateway's page does not show which columns follow the documented ones. */
  readonly columns?: Readonly<Record<string, Kind>> | undefined;
  /** Currency of the account, which the response does not contain. */
  readonly currency?: string | undefined;
}

/** Documented columns. Source: the gateway's page of tariffs, which is cut off after `call`. */
const documentedColumns: Readonly<Record<string, Kind>> = { mms: 'mms', hlr: 'hlr', call: 'voice' };

/** Known members of a zone: its number, its name, and both prices of an SMS. All others are listed as unknown columns. */
const otherColumns: ReadonlySet<string> = /* @__PURE__ */ new Set(['zone', 'name', 'api', 'mass']);

/** Returns the name of a zone for the list of zones without prefixes. */
const describeZone = ({ zone, name }: UnknownRecord): string =>
  [zone, name]
    .filter((each) => typeof each === 'string' || typeof each === 'number')
    .join(' ')
    .trim();

function checkOptions(options: ReplyPricesOptions, context: IssueContext): void {
  if (!isObject(options)) return void context.inside('options').expect(false, options, '{ prefixes, sms }');
  context.inside('options.sms').expect(['api', 'mass'].includes(options.sms), options.sms, 'api or mass');
  if (isObject(options.prefixes)) {
    for (const [zone, prefixes] of Object.entries(options.prefixes))
      if (!Array.isArray(prefixes) || prefixes.length === 0)
        context
          .inside(`options.prefixes.${zone}`)
          .expect(false, prefixes, 'an array with at least one prefix');
  } else
    context
      .inside('options.prefixes')
      .expect(false, options.prefixes, 'an object with the prefixes of each zone');
  for (const [column, kind] of Object.entries(options.columns ?? {}))
    if (!isKind(kind))
      context.inside(`options.columns.${column}`).expect(false, kind, 'a kind of message, such as sms');
}

/** Reads the zones of a response. */
class ZoneReader {
  readonly unknownColumns = new Set<string>();
  readonly zonesWithoutPrefixes: string[] = [];
  /** Keys of the option `prefixes` that matched a zone. */
  readonly usedKeys = new Set<string>();
  readonly #prefixes: ReplyPricesOptions['prefixes'];
  readonly #kinds: ReadonlyMap<string, Kind>;

  constructor({ prefixes, columns, sms }: ReplyPricesOptions) {
    this.#prefixes = prefixes;
    this.#kinds = new Map(Object.entries({ ...documentedColumns, ...columns, [sms]: 'sms' as const }));
  }

  #prefixesOf(zone: UnknownRecord): readonly string[] {
    const key = [zone['zone'], zone['name']].map(String).find((each) => Object.hasOwn(this.#prefixes, each));
    if (key === undefined) return [];
    this.usedKeys.add(key);
    return this.#prefixes[key]!;
  }

  /** Yields a row for each prefix of a zone. */
  *read(zone: UnknownRecord, path: string): Generator<RawRow> {
    const columns = isObject(zone['prices']) ? zone['prices'] : zone;
    for (const column of Object.keys(columns))
      if (!this.#kinds.has(column) && !otherColumns.has(column)) this.unknownColumns.add(column);
    const prefixes = this.#prefixesOf(zone);
    if (prefixes.length === 0) this.zonesWithoutPrefixes.push(describeZone(zone) || path);
    const prices = Object.entries(columns).flatMap(([column, value]) => {
      const kind = this.#kinds.get(column);
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

/**
 * Reads prices from the gateway's response to `get_price`: `{ zones: [{ zone, name, api, mass, mms, hlr, call, … }] }`,
 * or from the result of the operation `prices`. Members may be text or numbers. The response does not contain the
 * number prefixes of the zones, so the caller has to pass them.
 *
 * Sources: the gateway's page of tariffs (columns); a response that a third party recorded (`zones`).
 *
 * @throws {InputError} with all issues, each with its position
 * @example
 * ```ts
 * const table = pricesFromReply(await smsc.prices(), { prefixes: { Украина: ['380'] }, sms: 'api' });
 * ```
 */
export function pricesFromReply(reply: unknown, options: ReplyPricesOptions): PriceTable {
  const context = new IssueContext();
  checkOptions(options, context);
  const zones = isObject(reply) ? reply['zones'] : undefined;
  context.inside('zones').expect(Array.isArray(zones), zones, 'an array, as in the response of `prices`');
  throwIfIssues('pricesFromReply', context);

  const reader = new ZoneReader(options);
  function* rawRows(): Generator<RawRow> {
    for (const [index, zone] of (zones as readonly unknown[]).entries()) {
      const path = `zones[${index}]`;
      if (isObject(zone)) yield* reader.read(zone, path);
      else context.inside(path).expect(false, zone, 'an object');
    }
  }

  const table = toPriceTable(rawRows(), context, {
    currency: options.currency,
    unknownColumns: [],
    zonesWithoutPrefixes: reader.zonesWithoutPrefixes,
  });
  for (const zone of Object.keys(options.prefixes))
    if (!reader.usedKeys.has(zone))
      context.inside(`options.prefixes.${zone}`).addIssue('is not a zone of the response');
  throwIfIssues('pricesFromReply', context);
  return { ...table, unknownColumns: [...reader.unknownColumns] };
}
