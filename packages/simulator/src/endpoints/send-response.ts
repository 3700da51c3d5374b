import { type ResponseBody, escapeXml, idValue, type Member, toJson, toXml } from '../wire/response.ts';

/** Result of a send or of a cost request. */
export interface SendResult {
  /** `undefined` for a cost request. */
  readonly id: string | undefined;
  /** Number of SMS, or seconds of calls, for all recipients. */
  readonly count: number;
  readonly cost: string | undefined;
  readonly balance: string | undefined;
  /** Code that a voice call reads out. */
  readonly code: string | undefined;
  /** Recipients to list, as requested by `op=1` or `err=1`. */
  readonly rows: readonly RecipientRow[];
}

/** Row of one recipient. All members are text (recorded). */
export interface RecipientRow {
  readonly phone: string;
  readonly mccmnc: string;
  readonly cost: string;
  readonly status: string;
  readonly error: string;
}

const columns = ['phone', 'mccmnc', 'cost', 'status', 'error'] as const;

const csvRows = (rows: readonly RecipientRow[]): string =>
  rows.map((row) => `\n${columns.map((column) => row[column]).join(',')}`).join('');

const jsonRows = (rows: readonly RecipientRow[]): string =>
  rows.length === 0
    ? ''
    : `,\n"phones": [${rows.map((row) => toJson(columns.map((column) => [column, row[column]]))).join(',\n')}\n]`;

const xmlRow = (row: RecipientRow): string => {
  const attributes = columns.slice(1).map((column) => ` ${column}="${escapeXml(row[column])}"`);
  return `<phone${attributes.join('')}>${escapeXml(row.phone)}</phone>\n`;
};

const xmlRows = (rows: readonly RecipientRow[]): string =>
  rows.length === 0 ? '' : `<phones>\n${rows.map(xmlRow).join('')}</phones>\n`;

/**
 * Returns the members of a response in the order of the gateway's page. Columns (`fmt=1`) have the same order. Inferred:
 * the code comes last.
 */
function membersOf({ id, count, cost, balance, code }: SendResult): readonly Member[] {
  if (id === undefined)
    return [
      ['cost', cost ?? ''],
      ['cnt', count],
    ];
  const members: Member[] = [
    ['id', idValue(id)],
    ['cnt', count],
  ];
  if (cost !== undefined) members.push(['cost', cost]);
  if (balance !== undefined) members.push(['balance', balance]);
  if (code !== undefined) members.push(['code', code]);
  return members;
}

function sentence({ id, count, cost, balance, code }: SendResult): string {
  if (id === undefined) return `${cost} (${count} SMS)`;
  const named = [
    ['COST', cost],
    ['BALANCE', balance],
    ['CODE', code],
  ] as const;
  const further = named.map(([name, value]) => (value === undefined ? '' : `, ${name} - ${value}`));
  return `OK - ${count} SMS, ID - ${id}${further.join('')}`;
}

/** Creates the response to a send or to a cost request. */
export const sendResponse = (result: SendResult): ResponseBody => ({
  write: (format) => {
    if (format === 0) return sentence(result) + csvRows(result.rows);
    const members = membersOf(result);
    if (format === 1) return members.map(([, value]) => value).join(',') + csvRows(result.rows);
    return format === 2 ? toXml(members, xmlRows(result.rows)) : toJson(members, jsonRows(result.rows));
  },
});
