import { maxDecimals } from '../core/money.ts';
import type { Kind } from '../operations/kinds.ts';
import type { IssueContext } from '../core/issues.ts';
import type { PriceRow, PriceTable } from './price-table.ts';

/** A value of a source, and where it stands there. */
export interface Cell {
  readonly value: unknown;
  readonly path: string;
}

/** A row of a source before anyone has looked at it. Cells that are not there are absent. */
export interface RawRow {
  readonly path: string;
  readonly prefix: Cell | undefined;
  readonly mcc?: Cell | undefined;
  readonly mnc?: Cell | undefined;
  readonly name?: Cell | undefined;
  readonly currency?: Cell | undefined;
  readonly prices: readonly (readonly [kind: Kind, cell: Cell])[];
}

/** A cell as text; `undefined` where it is empty. A number counts only as what it is written like. */
function textOf(cell: Cell | undefined): string | undefined {
  const value = cell?.value;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

const isEmpty = (cell: Cell | undefined): boolean =>
  cell?.value === undefined ||
  cell.value === null ||
  (typeof cell.value === 'string' && cell.value.trim() === '');

const plain = /^\d{1,15}(?:\.\d{1,6})?$/;

/** What stands in a cell, which is no secret, and short; but a file can be the wrong one, and have people's numbers in it. */
const shown = (written: string): string =>
  /^\+?\d[\d ()-]{8,}$/.test(written) ? `${written.length} characters` : written.slice(0, 20);

/** A price as a plain decimal, or a complaint that says what is wrong with it. */
function readPrice(cell: Cell, context: IssueContext): string | undefined {
  if (isEmpty(cell)) return undefined;
  const written = textOf(cell);
  if (written !== undefined && plain.test(written)) return written;
  const found = written === undefined ? 'what is neither text nor a number' : shown(written);
  const why = (): string => {
    if (written === undefined) return '';
    if (/^-\d/.test(written)) return ', which is below zero';
    if (/^\d+,\d+$/.test(written)) return '; a decimal comma has to be asked for';
    if (/^\d+\.\d{7,}$/.test(written) || /^\d+(?:\.\d+)?e-\d+$/i.test(written))
      return typeof cell.value === 'number' ? ', a float that is no exact price; write it as text' : '';
    return '';
  };
  context
    .inside(cell.path)
    .addIssue(`expected a decimal with at most ${maxDecimals} decimals, got ${found}${why()}`);
  return undefined;
}

/** The beginning of a number; `''` for everywhere, which may also be written `*`. */
function readPrefix(cell: Cell | undefined, path: string, context: IssueContext): string | undefined {
  if (cell === undefined) {
    context.inside(path).addIssue('has no prefix');
    return undefined;
  }
  if (typeof cell.value !== 'string' && typeof cell.value !== 'number') {
    context.inside(cell.path).addIssue('expected digits');
    return undefined;
  }
  const written = textOf(cell) ?? '';
  const digits = written === '*' ? '' : written.replace(/^\+/, '');
  if (/^\d{0,15}$/.test(digits) && digits[0] !== '0' && written !== '+') return digits;
  context
    .inside(cell.path)
    .addIssue(`expected the beginning of an international number, got ${shown(written)}`);
  return undefined;
}

function readDigits(
  cell: Cell | undefined,
  form: RegExp,
  expected: string,
  context: IssueContext,
): string | undefined {
  if (isEmpty(cell)) return undefined;
  const written = textOf(cell);
  if (written !== undefined && form.test(written)) return written;
  context.inside(cell!.path).addIssue(`expected ${expected}`);
  return undefined;
}

/**
 * Makes a table of rows, and complains of whatever is wrong with them: all of it, each with its place.
 *
 * @param currency what the whole table is in, where that is said beside the rows
 */
export function toPriceTable(
  raw: Iterable<RawRow>,
  context: IssueContext,
  { currency, ...rest }: Omit<PriceTable, 'rows'>,
): PriceTable {
  const rows: PriceRow[] = [];
  const first = new Map<string, { readonly price: string; readonly path: string }>();
  let common = currency;
  let commonPath: string | undefined;
  for (const row of raw) {
    const before = readPrefix(row.prefix, row.path, context);
    const mcc = readDigits(row.mcc, /^\d{3}$/, 'an MCC of three digits', context);
    const mnc = readDigits(row.mnc, /^\d{2,3}$/, 'an MNC of two or three digits', context);
    if (!isEmpty(row.mnc) && isEmpty(row.mcc)) context.inside(row.mnc!.path).addIssue('has no MCC beside it');

    const named = textOf(row.currency);
    if (named !== undefined) {
      if (common === undefined) [common, commonPath] = [named, row.currency!.path];
      else if (common !== named)
        context
          .inside(row.currency!.path)
          .addIssue(
            `is ${named.slice(0, 20)}, and ${commonPath ?? 'the table'} is ${common.slice(0, 20)}: one table has one currency`,
          );
    }

    const prices: Partial<Record<Kind, string>> = {};
    const hasPrice = row.prices.some(([, cell]) => !isEmpty(cell));
    for (const [kind, cell] of row.prices) {
      const price = readPrice(cell, context);
      if (price === undefined || before === undefined) continue;
      const key = `${kind} ${before} ${mcc ?? ''} ${mnc ?? ''}`;
      const earlier = first.get(key);
      if (earlier && !isSame(earlier.price, price))
        context
          .inside(cell.path)
          .addIssue(`is another price for the prefix ${before || '(everywhere)'} than in ${earlier.path}`);
      else if (!earlier) first.set(key, { price, path: cell.path });
      prices[kind] = price;
    }
    if (!hasPrice) context.inside(row.path).addIssue('has no price');
    const name = textOf(row.name);
    if (before !== undefined)
      rows.push({ prefix: before, ...(mcc && { mcc }), ...(mnc && { mnc }), ...(name && { name }), prices });
  }
  if (rows.length === 0) context.addIssue('has no prices');
  return { currency: common, rows, ...rest };
}

/** Two ways to write one price: `1.4` and `1.40`. */
const isSame = (one: string, other: string): boolean => normal(one) === normal(other);
const normal = (price: string): string =>
  price
    .replace(/^0+(?=\d)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
