import { type ResponseBody, escapeXml, idValue, type Member, toJson, toXml } from '../wire/response.ts';

/** What an accepted send, or a request of its cost, is answered with. */
export interface Sent {
  /** Absent for a cost. */
  readonly id: string | undefined;
  /** SMS times recipients; for calls, seconds. */
  readonly count: number;
  readonly cost: string | undefined;
  readonly balance: string | undefined;
  /** Of a call that dictates a code. */
  readonly code: string | undefined;
  /** `op=1`: every recipient. `err=1`: the wrong ones. */
  readonly rows: readonly SentRow[];
}

/** What the gateway says of one recipient. All of it is text (recorded). */
export interface SentRow {
  readonly phone: string;
  readonly mccmnc: string;
  readonly cost: string;
  readonly status: string;
  readonly error: string;
}

const columns = ['phone', 'mccmnc', 'cost', 'status', 'error'] as const;

const csvRows = (rows: readonly SentRow[]): string =>
  rows.map((row) => `\n${columns.map((column) => row[column]).join(',')}`).join('');

const jsonRows = (rows: readonly SentRow[]): string =>
  rows.length === 0
    ? ''
    : `,\n"phones": [${rows.map((row) => toJson(columns.map((column) => [column, row[column]]))).join(',\n')}\n]`;

const xmlRow = (row: SentRow): string => {
  const attributes = columns.slice(1).map((column) => ` ${column}="${escapeXml(row[column])}"`);
  return `<phone${attributes.join('')}>${escapeXml(row.phone)}</phone>\n`;
};

const xmlRows = (rows: readonly SentRow[]): string =>
  rows.length === 0 ? '' : `<phones>\n${rows.map(xmlRow).join('')}</phones>\n`;

/** Columns and members in the order of the gateway's page. A code comes last: its place is inferred. */
function membersOf({ id, count, cost, balance, code }: Sent): readonly Member[] {
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

function sentence({ id, count, cost, balance, code }: Sent): string {
  if (id === undefined) return `${cost} (${count} SMS)`;
  const named = [
    ['COST', cost],
    ['BALANCE', balance],
    ['CODE', code],
  ] as const;
  return `OK - ${count} SMS, ID - ${id}${named.map(([name, value]) => (value === undefined ? '' : `, ${name} - ${value}`)).join('')}`;
}

/** The answer to a send, or to a request of its cost. */
export const sentAnswer = (sent: Sent): ResponseBody => ({
  write: (format) => {
    if (format === 0) return sentence(sent) + csvRows(sent.rows);
    const members = membersOf(sent);
    if (format === 1) return members.map(([, value]) => value).join(',') + csvRows(sent.rows);
    return format === 2 ? toXml(members, xmlRows(sent.rows)) : toJson(members, jsonRows(sent.rows));
  },
});
