import { isObject } from '../core/own-members.ts';
import type { Kind } from '../operations/kinds.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { type CsvRow, findSeparator, readCsv, type Separator } from './csv-rows.ts';
import { kindOfColumn, type PriceTable } from './price-table.ts';
import { type Cell, type RawRow, toPriceTable } from './price-rows.ts';

/** Options of `pricesFromCsv`. */
export interface CsvPricesOptions {
  /** Separator of cells. Default: the most frequent separator in the first line. */
  readonly separator?: Separator | undefined;
  /**
   * Decimal separator of the prices. Default: a comma if no price contains a full stop and the comma of at least one
   * price cannot be a thousands separator; otherwise a full stop. For example, the comma of `1,385` can be a thousands
   * separator, the comma of `0,385` cannot.
   */
  readonly decimal?: '.' | ',' | undefined;
  /** Currency, if the text has no column for it. */
  readonly currency?: string | undefined;
}

/** Columns that are not prices. */
const describingColumns = ['prefix', 'mcc', 'mnc', 'name', 'currency'] as const;
type DescribingColumn = (typeof describingColumns)[number];

/** Matches a number whose comma cannot be a thousands separator. */
const decimalComma = /^(?:0,\d{1,6}|\d+,(?:\d{1,2}|\d{4,6}))$/;

/** Returns true if the prices are written with a decimal comma. */
function hasDecimalCommas(rows: readonly CsvRow[], { kinds }: CsvHeader): boolean {
  let found = false;
  for (const { cells } of rows) {
    for (const [column] of kinds) {
      const cell = cells[column]?.trim() ?? '';
      if (cell.includes('.')) return false;
      if (decimalComma.test(cell)) found = true;
    }
  }
  return found;
}

/** Columns of a CSV text. */
interface CsvHeader {
  readonly width: number;
  readonly columns: ReadonlyMap<DescribingColumn, number>;
  readonly kinds: readonly (readonly [column: number, kind: Kind, name: string])[];
  readonly unknown: readonly string[];
}

function readHeader({ line, cells }: CsvRow, context: IssueContext): CsvHeader {
  const columns = new Map<DescribingColumn, number>();
  const kinds: [number, Kind, string][] = [];
  const unknown: string[] = [];
  for (const [column, cell] of cells.entries()) {
    const name = cell.trim().toLowerCase();
    const path = `line ${line}, column ${column + 1}`;
    const kind = kindOfColumn(name);
    const describing = describingColumns.find((each) => each === name);
    if (describing === undefined && kind === undefined) unknown.push(cell.trim());
    else if (describing === undefined ? kinds.some((each) => each[1] === kind) : columns.has(describing))
      context.inside(path).addIssue(`repeats an earlier column: ${name}`);
    else if (describing !== undefined) columns.set(describing, column);
    else kinds.push([column, kind!, name]);
  }
  if (!columns.has('prefix')) context.inside(`line ${line}`).addIssue('has no column named prefix');
  if (kinds.length === 0)
    context.inside(`line ${line}`).addIssue('has no column named after a kind of message, such as sms');
  return { width: cells.length, columns, kinds, unknown };
}

/**
 * Replaces a decimal comma by a full stop. If the cell already contains a full stop, adds an issue and empties the
 * cell.
 */
function replaceComma(cell: Cell, context: IssueContext): Cell {
  const written = (cell.value as string).trim();
  const hasFullStop = written.includes('.');
  if (hasFullStop)
    context.inside(cell.path).addIssue('has a full stop, but the prices are written with decimal commas');
  return { ...cell, value: hasFullStop ? '' : written.replace(',', '.') };
}

/** Returns true if a row has a cell for each column. Adds an issue otherwise. */
function checkWidth({ line, cells }: CsvRow, width: number, context: IssueContext): boolean {
  const at = context.inside(`line ${line}`);
  if (cells.every((cell) => cell.trim() === '')) at.addIssue('is empty');
  else if (cells.length !== width) at.addIssue(`has ${cells.length} cells, but the first line has ${width}`);
  else return true;
  return false;
}

/** Reads one row. */
function readRow({ line, cells }: CsvRow, header: CsvHeader, commas: boolean, context: IssueContext): RawRow {
  const path = `line ${line}`;
  const cellAt = (column: number, name: string): Cell => ({
    value: cells[column],
    path: `${path}, column ${column + 1} (${name})`,
  });
  const describing = (name: DescribingColumn): Cell | undefined => {
    const column = header.columns.get(name);
    return column === undefined ? undefined : cellAt(column, name);
  };
  const prefix = describing('prefix')!;
  if ((prefix.value as string).trim() === '')
    context.inside(prefix.path).addIssue('is empty; write * for every number');
  return {
    path,
    prefix,
    mcc: describing('mcc'),
    mnc: describing('mnc'),
    name: describing('name'),
    currency: describing('currency'),
    prices: header.kinds.map(([column, kind, name]) => {
      const cell = cellAt(column, name);
      return [kind, commas ? replaceComma(cell, context) : cell];
    }),
  };
}

/**
 * Reads prices from CSV. The first line names the columns in any order and letter case: `prefix`; optionally `mcc`, `mnc`,
 * `name` and `currency`; and one column for each kind, by our name or the gateway's (`voice` or `call`). An empty cell
 * means no price. The prefix `*` stands for every number; an empty prefix is an error. Cells may be quoted with `"` and
 * are separated by commas, semicolons or tabs.
 *
 * @throws {InputError} with all issues, each with its line and column
 * @example
 * ```ts
 * const prices = pricesFromCsv('prefix,sms\n380,0.385\n*,2.5', { currency: 'UAH' });
 * ```
 */
export function pricesFromCsv(text: string, options: CsvPricesOptions = {}): PriceTable {
  const context = new IssueContext();
  context.expect(typeof text === 'string', text, 'text');
  context.inside('options').expect(isObject(options), options, 'an object');
  throwIfIssues('pricesFromCsv', context);
  const clean = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [first, ...rows] = readCsv(clean, options.separator ?? findSeparator(clean), context);
  if (!first) context.addIssue('is empty; expected a first line with the names of the columns');
  throwIfIssues('pricesFromCsv', context);
  const header = readHeader(first!, context);
  const commas = options.decimal === undefined ? hasDecimalCommas(rows, header) : options.decimal === ',';

  function* rawRows(): Generator<RawRow> {
    for (const row of rows)
      if (checkWidth(row, header.width, context)) yield readRow(row, header, commas, context);
  }

  // Reads no rows if the column `prefix` or all price columns are missing: every row would have the same issue.
  const table =
    header.columns.has('prefix') && header.kinds.length > 0
      ? toPriceTable(rawRows(), context, {
          currency: options.currency,
          unknownColumns: header.unknown,
          zonesWithoutPrefixes: [],
        })
      : undefined;
  throwIfIssues('pricesFromCsv', context);
  return table!;
}
