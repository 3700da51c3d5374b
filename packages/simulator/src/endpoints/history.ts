import { crc32 } from 'node:zlib';
import { type ResponseBody, idValue } from '../wire/response.ts';
import { type AccountContext, type RequestContext, valueOf } from '../state/request-context.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';
import { readPhone, splitList } from '../params/recipients.ts';
import { oneOf, pageId, readValues, wholeNumber } from '../params/read-values.ts';
import { type Message, stateOf } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';
import { type Period, readPeriod } from './period.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row } from '../wire/rows.ts';
import { stateNames } from './status-response.ts';

/** Maximum of `cnt`. Source: the official page. Assumption: this is also the default. */
const maxMessages = 1000;

/** Maximum length of a period, in milliseconds. Documented as six months, which have at most 184 days. */
const longestPeriod = 184 * 86_400_000;

const readers = {
  cnt: wholeNumber(1, maxMessages, maxMessages),
  /** Id for paging backwards: only messages with a lower `int_id` are listed. */
  prev_id: pageId(Infinity),
  /** 8 lists only e-mails. 0 lists all messages except e-mails. */
  format: oneOf(0, 8),
};

/** Creates the row of a message. The order of the members is recorded; only the position of `err` is inferred. */
function rowOf(message: Message, { account, gateway, instant }: AccountContext): Row {
  const { status, err, changedAt } = stateOf(message, gateway.delivery, instant);
  const { country, operator, mcc, mnc } = networkOf(message.phone);
  const { utcOffset } = account;
  return [
    ['status', status],
    ['last_date', writeDate(changedAt, utcOffset)],
    ['last_timestamp', toSeconds(changedAt)],
    ['flag', message.type],
    ...(err === 0 && message.kind !== 'hlr' ? [] : [['err', err] as const]),
    ['send_date', writeDate(message.acceptedAt, utcOffset)],
    ['send_timestamp', toSeconds(message.acceptedAt)],
    ['phone', message.phone],
    ['mccmnc', mcc + mnc],
    ['country', country],
    ['operator', operator],
    ['region', ''],
    ['cost', message.cost],
    ['sender_id', message.sender],
    ['status_name', stateNames.get(status) ?? ''],
    ['message', message.text],
    ...(message.comment === undefined ? [] : [['comment', message.comment] as const]),
    ['type', message.type],
    ['id', idValue(message.id)],
    ['int_id', message.serial],
    ['sms_cnt', message.parts],
    ['format', message.kind === 'mail' ? 8 : 0],
    // The checksum is an unsigned decimal (recorded). Inferred: it is computed from the text in UTF-8.
    ['crc', crc32(Buffer.from(message.text, 'utf8'))],
  ];
}

/** Members that have another name in sentences (`fmt=0`), and members that sentences omit. Source: recorded. */
const sentenceNames: Readonly<Record<string, string>> = {
  status: 'Status',
  last_date: 'check_time',
  id: 'ID',
};
const leftOut: ReadonlySet<string> = new Set(['last_timestamp', 'flag', 'send_timestamp']);

const sentence = (row: Row): string =>
  row
    .filter(([name]) => !leftOut.has(name))
    .map(([name, value]) => `${sentenceNames[name] ?? name} = ${value}`)
    .join(', ');

const isTooLong = ({ from, to }: Period): boolean =>
  to - from > longestPeriod && to !== Infinity && from !== -Infinity;

/** `get_messages`: lists sent messages, newest first. */
export function history(context: RequestContext): ResponseBody {
  const period = readPeriod(context);
  const request = readValues(context.parameters.values, readers);
  if (!period || isTooLong(period) || !request) return errorResponse('parameters');
  const phones = splitList(valueOf(context, 'phone')).map((phone) => readPhone(phone) ?? phone);
  const recipients = new Set([...phones, ...splitList(valueOf(context, 'email'))]);
  const matches = ({ kind, serial, acceptedAt, phone }: Message): boolean =>
    (kind === 'mail') === (request.format === 8) &&
    serial < request.prev_id &&
    acceptedAt >= period.from &&
    acceptedAt < period.to &&
    (recipients.size === 0 || recipients.has(phone));
  const page: Message[] = [];
  for (const message of [...context.account.messages].reverse()) {
    if (page.length === request.cnt) break;
    if (matches(message)) page.push(message);
  }
  if (page.length === 0) return errorResponse('noRecords');
  const rows = page.map((message) => rowOf(message, context));
  const list = listResponse(rows);
  return { write: (format) => (format === 0 ? rows.map(sentence).join('\n') : list.write(format)) };
}
