import { maxDecimals } from '../core/money.ts';
import type { Kind } from '../operations/kinds.ts';
import type { IssueContext } from '../core/issues.ts';
import type { PriceRow, PriceTable } from './price-table.ts';

/** A value of a price source, and its position there. */
export interface Cell {
  readonly value: unknown;
  /** Position in the source, for issues. */
  readonly path: string;
}

/** An unchecked row of a price source. A missing cell is `undefined`. */
export interface RawRow {
  readonly path: string;
  readonly prefix: Cell | undefined;
  readonly mcc?: Cell | undefined;
  readonly mnc?: Cell | undefined;
  readonly name?: Cell | undefined;
  readonly currency?: Cell | undefined;
  readonly prices: readonly (readonly [kind: Kind, cell: Cell])[];
}

/** Returns a cell as text, or `undefined` if it is empty. A number is converted to its shortest decimal. */
function textOf(cell: Cell | undefined): string | undefined {
  const value = cell?.value;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

const isEmpty = (cell: Cell | undefined): boolean =>
  cell?.value === undefined ||
  cell.value === null ||
  (typeof cell.value === 'string' && cell.value.trim() === '');

/** Matches a price without exponent or sign. */
const plainDecimal = /^\d{1,15}(?:\.\d{1,6})?$/;

/** Matches a cell that is neither a text nor a phone number: up to 4 characters, 8 digits and signs, or a decimal number. */
const harmless = /^(?:.{1,4}|[-+\d.,"' ]{1,8}|[-+]?\d{1,6}[.,]\d+|[-+]?\d(?:\.\d+)?e[-+]?\d{1,3})$/i;

/** Shows the start of a cell. Does not show texts and phone numbers, in case the caller passed a wrong file. */
function describeCell(written: string | undefined): string {
  if (written === undefined) return 'a value of another type';
  return harmless.test(written) ? written.slice(0, 20) : `a value of ${written.length} characters`;
}

/** Returns the likely reason why a text or number is not a price. Empty if the reason is not clear. */
function explainPrice(written: string, isNumber: boolean): string {
  if (/^-\d/.test(written)) return ', which is below zero';
  if (/^\d+,\d+$/.test(written)) return "; write a full stop, or for CSV set the option decimal to ','";
  const isInexact = /^\d+\.\d{7,}$/.test(written) || /^\d+(?:\.\d+)?e-\d+$/i.test(written);
  return isInexact && isNumber ? ', a float that is not an exact price; write it as text' : '';
}

/** Returns a price as a plain decimal. Adds an issue and returns `undefined` if it is not valid. */
function readPrice(cell: Cell, context: IssueContext): string | undefined {
  if (isEmpty(cell)) return undefined;
  const written = textOf(cell);
  if (written !== undefined && plainDecimal.test(written)) return written;
  const reason = written === undefined ? '' : explainPrice(written, typeof cell.value === 'number');
  context
    .inside(cell.path)
    .addIssue(
      `expected a decimal number with at most ${maxDecimals} decimal places, got ${describeCell(written)}${reason}`,
    );
  return undefined;
}

/** Returns a number prefix. Returns `''` for `*` and for empty text, which both stand for every number. */
function readPrefix(cell: Cell | undefined, path: string, context: IssueContext): string | undefined {
  if (cell === undefined) {
    context.inside(path).addIssue('expected a prefix, got undefined');
    return undefined;
  }
  if (typeof cell.value !== 'string' && typeof cell.value !== 'number') {
    context.inside(cell.path).expect(false, cell.value, 'digits as text or as a number');
    return undefined;
  }
  const written = textOf(cell) ?? '';
  const digits = written === '*' ? '' : written.replace(/^\+/, '');
  if (/^\d{0,15}$/.test(digits) && digits[0] !== '0' && written !== '+') return digits;
  context
    .inside(cell.path)
    .addIssue(`expected the start of an international number, got ${describeCell(written)}`);
  return undefined;
}

/** Returns the digits of a cell, or `undefined` if it is empty. Adds an issue if they do not match `form`. */
function readDigits(
  cell: Cell | undefined,
  form: RegExp,
  expected: string,
  context: IssueContext,
): string | undefined {
  if (isEmpty(cell)) return undefined;
  const written = textOf(cell);
  if (written !== undefined && form.test(written)) return written;
  context.inside(cell!.path).addIssue(`expected ${expected}, got ${describeCell(written)}`);
  return undefined;
}

/** Checks rows and builds a price table from them. */
class TableBuilder {
  readonly rows: PriceRow[] = [];
  currency: string | undefined;
  /** Position of the cell with the currency; `undefined` if the currency was given for the whole table. */
  #currencyPath: string | undefined;
  /** First price of each kind, prefix and network. */
  readonly #known = new Map<string, { readonly price: string; readonly path: string }>();
  readonly #context: IssueContext;

  constructor(currency: string | undefined, context: IssueContext) {
    this.currency = currency;
    this.#context = context;
  }

  #addIssue(path: string, message: string): void {
    this.#context.inside(path).addIssue(message);
  }

  #readCurrency(cell: Cell | undefined): void {
    const currency = textOf(cell);
    if (currency === undefined) return;
    if (this.currency === undefined) {
      this.currency = currency;
      this.#currencyPath = cell!.path;
    } else if (this.currency !== currency)
      this.#addIssue(
        cell!.path,
        `is ${currency.slice(0, 20)}, but ${this.#currencyPath ?? 'the table'} is ${this.currency.slice(0, 20)}; a table has one currency`,
      );
  }

  /** Reads the price of one kind. Adds an issue if an earlier row has a different price for the same key. */
  #readKind(kind: Kind, cell: Cell, prefix: string | undefined, network: string): string | undefined {
    const price = readPrice(cell, this.#context);
    if (price === undefined || prefix === undefined) return undefined;
    const key = `${kind} ${prefix} ${network}`;
    const earlier = this.#known.get(key);
    if (!earlier) this.#known.set(key, { price, path: cell.path });
    else if (!isSamePrice(earlier.price, price))
      this.#addIssue(
        cell.path,
        `differs from the price for the prefix ${prefix || '(everywhere)'} in ${earlier.path}`,
      );
    return price;
  }

  addRow(row: RawRow): void {
    const context = this.#context;
    const prefix = readPrefix(row.prefix, row.path, context);
    const mcc = readDigits(row.mcc, /^\d{3}$/, 'an MCC of three digits', context);
    const mnc = readDigits(row.mnc, /^\d{2,3}$/, 'an MNC of two or three digits', context);
    if (!isEmpty(row.mnc) && isEmpty(row.mcc))
      this.#addIssue(row.mnc!.path, 'requires an MCC in the same row');
    this.#readCurrency(row.currency);
    const prices: Partial<Record<Kind, string>> = {};
    for (const [kind, cell] of row.prices) {
      const price = this.#readKind(kind, cell, prefix, `${mcc ?? ''} ${mnc ?? ''}`);
      if (price !== undefined) prices[kind] = price;
    }
    if (row.prices.every(([, cell]) => isEmpty(cell))) this.#addIssue(row.path, 'has no price');
    const name = textOf(row.name);
    if (prefix !== undefined)
      this.rows.push({ prefix, ...(mcc && { mcc }), ...(mnc && { mnc }), ...(name && { name }), prices });
  }
}

/**
 * Builds a price table from rows. Adds an issue with its position for each error in the rows.
 *
 * @param table members of the table besides its rows; `currency` if the source gives it for the whole table
 */
export function toPriceTable(
  rows: Iterable<RawRow>,
  context: IssueContext,
  table: Omit<PriceTable, 'rows'>,
): PriceTable {
  const builder = new TableBuilder(table.currency, context);
  for (const row of rows) builder.addRow(row);
  if (builder.rows.length === 0) context.addIssue('found no price; expected at least one row with a price');
  return { ...table, currency: builder.currency, rows: builder.rows };
}

/** Returns true if two texts are the same price, such as `1.4` and `1.40`. */
const isSamePrice = (one: string, other: string): boolean => normalize(one) === normalize(other);
const normalize = (price: string): string =>
  price
    .replace(/^0+(?=\d)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
