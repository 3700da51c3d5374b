import { isObject } from '../core/own-members.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { type CsvRow, findSeparator, readCsv, type Separator } from './csv-rows.ts';
import { kindOfColumn, type PriceTable } from './price-table.ts';
import { type Cell, type RawRow, toPriceTable } from './price-rows.ts';

/** How a CSV text is to be read. */
export interface CsvPricesOptions {
  /** What separates the cells. Default: what the first line has most of. */
  readonly separator?: Separator | undefined;
  /**
   * What the prices have before their decimals. Default: a full stop; a comma where no price has a full stop, and one at
   * least can be nothing but a decimal (`0,385`, and not `1,385`, which may be more than a thousand).
   */
  readonly decimal?: '.' | ',' | undefined;
  /** The currency, where the text has no such column. */
  readonly currency?: string | undefined;
}

/** Columns that are no prices. */
const described = ['prefix', 'mcc', 'mnc', 'name', 'currency'] as const;
type Described = (typeof described)[number];

/** A number that has its decimals behind a comma, whatever one thinks of thousands. */
const surelyDecimal = /^(?:0,\d{1,6}|\d+,(?:\d{1,2}|\d{4,6}))$/;

/** Whether the prices are written with a decimal comma. */
function hasDecimalCommas(rows: readonly CsvRow[], columns: readonly number[]): boolean {
  let found = false;
  for (const { cells } of rows) {
    for (const column of columns) {
      const cell = cells[column]?.trim() ?? '';
      if (cell.includes('.')) return false;
      if (surelyDecimal.test(cell)) found = true;
    }
  }
  return found;
}

interface Header {
  readonly places: ReadonlyMap<Described, number>;
  readonly kinds: readonly (readonly [column: number, kind: Kind, name: string])[];
  readonly unknown: readonly string[];
}

function readHeader({ line, cells }: CsvRow, context: IssueContext): Header {
  const places = new Map<Described, number>();
  const kinds: [number, Kind, string][] = [];
  const unknown: string[] = [];
  for (const [column, cell] of cells.entries()) {
    const name = cell.trim().toLowerCase();
    const path = `line ${line}, column ${column + 1}`;
    const kind = kindOfColumn(name);
    const known = described.find((each) => each === name);
    if (known === undefined && kind === undefined) unknown.push(cell.trim());
    else if (known === undefined ? kinds.some((each) => each[1] === kind) : places.has(known))
      context.inside(path).addIssue(`has the name ${name}, as an earlier column has`);
    else if (known !== undefined) places.set(known, column);
    else kinds.push([column, kind!, name]);
  }
  if (!places.has('prefix')) context.inside(`line ${line}`).addIssue('has no column prefix');
  if (kinds.length === 0)
    context.inside(`line ${line}`).addIssue('has no column with a kind of message, such as sms');
  return { places, kinds, unknown };
}

/**
 * Reads prices from CSV. The first line names the columns, in any order and any case: `prefix`; `mcc`, `mnc`, `name` and
 * `currency`, which may be left out; and one for each kind, by its own name or the gateway's (`voice` or `call`). An
 * empty cell is no price. The prefix `*` is everywhere, and an empty one an error. `"` quotes; the cells are separated by
 * commas, semicolons or tabs.
 *
 * @throws {InputError} with every complaint, each with its line and column
 */
export function pricesFromCsv(text: string, options: CsvPricesOptions = {}): PriceTable {
  const context = new IssueContext();
  if (typeof text !== 'string') context.addIssue('expected text');
  if (!isObject(options)) context.inside('options').addIssue('expected an object');
  throwIfIssues('pricesFromCsv', context);
  const clean = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [first, ...rows] = readCsv(clean, options.separator ?? findSeparator(clean), context);
  if (!first) context.addIssue('has no first line with the names of the columns');
  throwIfIssues('pricesFromCsv', context);
  const { places, kinds, unknown } = readHeader(first!, context);
  const comma =
    options.decimal === undefined
      ? hasDecimalCommas(
          rows,
          kinds.map(([column]) => column),
        )
      : options.decimal === ',';

  function* rawRows(): Generator<RawRow> {
    for (const { line, cells } of rows) {
      const path = `line ${line}`;
      if (cells.every((cell) => cell.trim() === '')) {
        context.inside(path).addIssue('is empty');
        continue;
      }
      if (cells.length !== first!.cells.length) {
        context
          .inside(path)
          .addIssue(`has ${cells.length} cells, and the first line has ${first!.cells.length}`);
        continue;
      }
      const cellAt = (column: number, name: string): Cell => ({
        value: cells[column],
        path: `${path}, column ${column + 1} (${name})`,
      });
      const describedBy = (name: Described): Cell | undefined => {
        const column = places.get(name);
        return column === undefined ? undefined : cellAt(column, name);
      };
      const prefix = describedBy('prefix')!;
      if (cells[places.get('prefix')!]!.trim() === '')
        context.inside(prefix.path).addIssue('is empty; * stands for everywhere');
      yield {
        path,
        prefix,
        mcc: describedBy('mcc'),
        mnc: describedBy('mnc'),
        name: describedBy('name'),
        currency: describedBy('currency'),
        prices: kinds.map(([column, kind, name]) => {
          const cell = cellAt(column, name);
          const written = cells[column]!.trim();
          if (!comma) return [kind, cell];
          if (written.includes('.'))
            context.inside(cell.path).addIssue('has a full stop, and the decimals are behind a comma');
          return [kind, { ...cell, value: written.includes('.') ? '' : written.replace(',', '.') }];
        }),
      };
    }
  }

  // Without its columns a table has nothing to say of its rows.
  const table =
    places.has('prefix') && kinds.length > 0
      ? toPriceTable(rawRows(), context, {
          currency: options.currency,
          unknownColumns: unknown,
          zonesWithoutPrefixes: [],
        })
      : undefined;
  throwIfIssues('pricesFromCsv', context);
  return table!;
}
