import { Unreadable } from '../core/errors.ts';
import { getOwn } from '../core/own-members.ts';
import type { Json } from '../exchange/json.ts';
import { noLayout, type ReplyFormat, type ReplyLayout, zip } from './format.ts';

/**
 * Splits a line into at most `count` values. The last value keeps its commas: only texts contain commas, and a text is
 * always the last value.
 */
const split = (line: string, count: number): string[] => {
  const values = line.split(',');
  return values.length > count ? [...values.slice(0, count - 1), values.slice(count - 1).join(',')] : values;
};

/** Reads the lines after the first line. Throws if the layout does not describe these lines. */
export function readRows(lines: readonly string[], layout: ReplyLayout): Record<string, Json> {
  const rows = getOwn(layout, 'rows');
  if (!rows) {
    if (lines.length > 0) throw new Unreadable('more lines than expected');
    return {};
  }
  return { [rows.member]: lines.map((line) => zip(rows.columns, split(line, rows.columns.length))) };
}

/**
 * Columns of an HLR response. Defined here to keep them out of bundles that read only JSON. Source: the vendor's own
 * libraries.
 */
const hlrColumns: readonly string[] = ['imsi', 'msc', 'mcc', 'mnc', 'cn', 'net', 'rcn', 'rnet'];

/** Reads the first line of a reply. The layout gives the names of the columns. */
export function readFirst(line: string, layout: ReplyLayout): Record<string, string> {
  const values = line.split(',');
  const columns = getOwn(layout, 'hlr') ? [...layout.columns, ...hlrColumns] : layout.columns;
  if (values.length > columns.length) throw new Unreadable('more columns than expected');
  return zip(columns, values);
}

function read(text: string, layout: ReplyLayout = noLayout): Json {
  const [first = '', ...further] = text.split(/\r?\n/);
  const error = /^([\w.-]+),-(\d+)$/.exec(first);
  if (error) return { error_code: error[2]!, ...(error[1] === '0' ? {} : { id: error[1]! }) };
  return { ...readFirst(first, layout), ...readRows(further, layout) };
}

/**
 * Format 1: values separated by commas. In an error reply, the first column is the id or 0, and the second column is
 * the error number with a minus sign.
 */
export const csvFormat: ReplyFormat = { fmt: 1, read };
