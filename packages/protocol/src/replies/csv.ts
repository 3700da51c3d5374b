import { Unreadable } from '../core/errors.ts';
import { getOwn } from '../core/own-members.ts';
import type { Json } from '../exchange/json.ts';
import { noLayout, type ReplyFormat, type ReplyLayout, zip } from './format.ts';

/** Splits off at most `count` values; the last keeps its commas, since only a message can hold some and stands last. */
const split = (line: string, count: number): string[] => {
  const values = line.split(',');
  return values.length > count ? [...values.slice(0, count - 1), values.slice(count - 1).join(',')] : values;
};

/** Lines behind the first one, if the layout has some. */
export function readRows(lines: readonly string[], layout: ReplyLayout): Record<string, Json> {
  const rows = getOwn(layout, 'rows');
  if (!rows) {
    if (lines.length > 0) throw new Unreadable('a line too many');
    return {};
  }
  return { [rows.member]: lines.map((line) => zip(rows.columns, split(line, rows.columns.length))) };
}

/** What an HLR request has found out. Here, so that who reads JSON alone has none of it. Source: the vendor's own libraries. */
const hlrColumns: readonly string[] = ['imsi', 'msc', 'mcc', 'mnc', 'cn', 'net', 'rcn', 'rnet'];

/** The first line, by the layout's columns. */
export function readFirst(line: string, layout: ReplyLayout): Record<string, string> {
  const values = line.split(',');
  const columns = getOwn(layout, 'hlr') ? [...layout.columns, ...hlrColumns] : layout.columns;
  if (values.length > columns.length) throw new Unreadable('a column too many');
  return zip(columns, values);
}

function read(text: string, layout: ReplyLayout = noLayout): Json {
  const [first = '', ...further] = text.split(/\r?\n/);
  const error = /^([\w.-]+),-(\d+)$/.exec(first);
  if (error) return { error_code: error[2]!, ...(error[1] === '0' ? {} : { id: error[1]! }) };
  return { ...readFirst(first, layout), ...readRows(further, layout) };
}

/** fmt 1: numbers behind commas. An error is a second column below zero, behind the id or a zero. */
export const csvFormat: ReplyFormat = { fmt: 1, read };
