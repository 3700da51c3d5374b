import { crc32 } from 'node:zlib';
import { type ResponseBody, idValue } from '../wire/response.ts';
import { type RequestContext, valueOf } from '../state/request-context.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';
import { splitList } from './contacts.ts';
import { type Message, stateOf } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';
import { readPeriod } from './period.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, type Row } from '../wire/rows.ts';
import { stateNames } from './status-answer.ts';

/** «At most 1000.» As many where `cnt` is not given: assumed. */
const mostMessages = 1000;

const day = 86_400_000;
/** «Six months»: counted as 184 days, the most that six months have. */
const longest = 184 * day;

/** A message's members, in the order of a recording. Those of a failed one have `err` behind the times: inferred. */
function rowOf(message: Message, { account, gateway, instant }: RequestContext): Row {
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
    // An unsigned decimal (recorded); that it is of the text, in UTF-8, is inferred.
    ['crc', crc32(Buffer.from(message.text, 'utf8'))],
  ];
}

/** Names of sentences that differ from those of members; and members that sentences have not (recorded). */
const renamed: Readonly<Record<string, string>> = { status: 'Status', last_date: 'check_time', id: 'ID' };
const unsaid: ReadonlySet<string> = new Set(['last_timestamp', 'flag', 'send_timestamp']);

const sentence = (row: Row): string =>
  row
    .filter(([name]) => !unsaid.has(name))
    .map(([name, value]) => `${renamed[name] ?? name} = ${value}`)
    .join(', ');

/** `get_messages`: what was sent, newest first, a page at a time. `prev_id` goes on before the message of that number. */
export function history(call: RequestContext): ResponseBody {
  const { account } = call;
  const get = (name: string): string => valueOf(call, name);
  const period = readPeriod(call);
  const [cnt, previous, format] = [get('cnt') || String(mostMessages), get('prev_id'), get('format') || '0'];
  if (!period || (period.to - period.from > longest && period.to !== Infinity && period.from !== -Infinity))
    return errorResponse('parameters');
  if (!/^\d{1,4}$/.test(cnt) || Number(cnt) < 1 || Number(cnt) > mostMessages)
    return errorResponse('parameters');
  if (!/^\d{0,15}$/.test(previous) || (format !== '0' && format !== '8')) return errorResponse('parameters');
  const phones = splitList(get('phone')).map((phone) => readPhone(phone) ?? phone);
  const wanted = new Set([...phones, ...splitList(get('email'))]);
  const before = previous === '' ? Infinity : Number(previous);
  const page: Message[] = [];
  for (const message of [...account.messages].reverse()) {
    if (page.length === Number(cnt)) break;
    if ((message.kind === 'mail') !== (format === '8') || message.serial >= before) continue;
    if (message.acceptedAt < period.from || message.acceptedAt >= period.to) continue;
    if (wanted.size === 0 || wanted.has(message.phone)) page.push(message);
  }
  if (page.length === 0) return errorResponse('nothing');
  const rows = page.map((message) => rowOf(message, call));
  const inOther = listResponse(rows);
  return { write: (written) => (written === 0 ? rows.map(sentence).join('\n') : inOther.write(written)) };
}
