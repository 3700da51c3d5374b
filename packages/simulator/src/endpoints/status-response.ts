import { type ResponseBody, idValue, type Member, toElements, toJson } from '../wire/response.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';
import { hlrMembers } from '../sending/hlr.ts';
import type { Message, MessageState } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';

/** Requested message with its status. */
export interface StatusResult {
  readonly id: string;
  readonly phone: string;
  /** Message with its status. `undefined` if there is no such message; the response then has the status -3. */
  readonly known: { readonly message: Message; readonly state: MessageState } | undefined;
}

/** Layout of a status response. */
export interface StatusLayout {
  /** 0 short; 1 with the message; 2 also with country, operator and region. */
  readonly all: 0 | 1 | 2;
  /** True if the response is a list, even for one message. */
  readonly isList: boolean;
  readonly utcOffset: number;
}

/** Names of statuses. The name of status 1 is recorded; all other names are assumptions. */
export const stateNames: ReadonlyMap<number, string> = new Map([
  [-2, 'Остановлено'],
  [-1, 'Ожидает отправки'],
  [0, 'Передано оператору'],
  [1, 'Доставлено'],
  [2, 'Прочитано'],
  [3, 'Просрочено'],
  [4, 'Нажата ссылка'],
  [20, 'Невозможно доставить'],
  [22, 'Неверный номер'],
  [23, 'Запрещено'],
  [24, 'Недостаточно средств'],
  [25, 'Недоступный номер'],
]);

/** Groups of members. Each format has the groups in a different order. */
interface StatusSections {
  /** Status, time and error. */
  readonly status: readonly Member[];
  readonly hlr: readonly Member[];
  /** Recipient and time of sending, with `all=1`. */
  readonly sent: readonly Member[];
  /** Country, operator and region, with `all=2`. */
  readonly location: readonly Member[];
  /** Cost, sender and text, with `all=1`. */
  readonly content: readonly Member[];
  /** Members of `all=1` that the gateway introduced later than the members above. */
  readonly added: readonly Member[];
  /** Id and recipient, in lists. */
  readonly name: readonly Member[];
}

const statusMembers = ({ status, err, changedAt }: MessageState, utcOffset: number): readonly Member[] => [
  ['status', status],
  ['last_date', writeDate(changedAt, utcOffset)],
  ['last_timestamp', toSeconds(changedAt)],
  ['err', err],
];

/** Status of an unknown message. Assumption. */
const unknownStatus: readonly Member[] = [
  ['status', -3],
  ['last_date', ''],
  ['last_timestamp', 0],
  ['err', 0],
];

const nameMembers = (id: string, phone: string): readonly Member[] => [
  ['id', idValue(id)],
  ['phone', phone],
];

/** Sections that `all=1` adds. */
function messageSections(
  message: Message,
  { status }: MessageState,
  utcOffset: number,
): Pick<StatusSections, 'sent' | 'content' | 'added'> {
  const { mcc, mnc } = networkOf(message.phone);
  return {
    sent: [
      ['send_date', writeDate(message.acceptedAt, utcOffset)],
      ['send_timestamp', toSeconds(message.acceptedAt)],
      ['phone', message.phone],
    ],
    content: [
      ['cost', message.cost],
      ['sender_id', message.sender],
      ['status_name', stateNames.get(status) ?? ''],
      ['message', message.text],
    ],
    added: [
      ...(message.comment === undefined ? [] : [['comment', message.comment] as const]),
      ['mccmnc', mcc + mnc],
      ['type', message.type],
      ['flag', message.type],
      ['sms_cnt', message.parts],
    ],
  };
}

function locationMembers(phone: string): readonly Member[] {
  const { country, operator } = networkOf(phone);
  return [
    ['country', country],
    ['operator', operator],
    ['region', ''],
  ];
}

const noMessageSections: ReturnType<typeof messageSections> = { sent: [], content: [], added: [] };

function sectionsOf({ known, id, phone }: StatusResult, { all, utcOffset }: StatusLayout): StatusSections {
  if (!known)
    return {
      ...noMessageSections,
      hlr: [],
      location: [],
      status: unknownStatus,
      name: nameMembers(id, phone),
    };
  const { message, state } = known;
  const { sent, content, added } = all > 0 ? messageSections(message, state, utcOffset) : noMessageSections;
  return {
    status: statusMembers(state, utcOffset),
    hlr: message.kind === 'hlr' ? hlrMembers(message, state) : [],
    sent,
    location: all === 2 ? locationMembers(message.phone) : [],
    content,
    added,
    name: nameMembers(message.id, message.phone),
  };
}

/** Returns the members of a response in JSON or XML. `err` is omitted if it is 0 (recorded), except for HLR requests. */
function objectMembers(result: StatusResult, layout: StatusLayout): readonly Member[] {
  const { status, hlr, sent, location, content, added, name } = sectionsOf(result, layout);
  const shown = hlr.length > 0 ? status : status.filter(([member, value]) => member !== 'err' || value !== 0);
  const listed = layout.isList ? name.slice(0, sent.length > 0 ? 1 : 2) : [];
  return [...shown, ...hlr, ...sent, ...content, ...location, ...added, ...listed];
}

/** Writes columns in the order of the official libraries. Inferred: country, operator and region follow the phone number. */
function csvLine(result: StatusResult, layout: StatusLayout): string {
  const { status, hlr, sent, location, content, name } = sectionsOf(result, layout);
  const columns = [...status, ...hlr, ...sent].filter(
    ([member]) => member !== 'last_date' && member !== 'send_date',
  );
  const listed = layout.isList ? name.slice(0, layout.all > 0 ? 1 : 2) : [];
  return [...columns, ...location, ...content, ...listed].map(([, value]) => value).join(',');
}

/**
 * Writes `Status = 1, check_time = …`. The pairs after the time have the order that is recorded for `get.php`. Inferred:
 * `err` follows the time, and the HLR members follow `err`.
 */
function sentence(result: StatusResult, layout: StatusLayout): string {
  const { status, hlr, sent, location, content, added, name } = sectionsOf(result, layout);
  const [statusNumber, changed, , err] = status;
  const listed = layout.isList
    ? name
        .slice(0, layout.all > 0 ? 1 : 2)
        .map(([member, value]) => [member === 'id' ? 'ID' : member, value] as const)
    : [];
  const pairs: readonly Member[] = [
    ['Status', statusNumber![1]],
    ['check_time', changed![1]],
    ...(err![1] === 0 ? [] : [err!]),
    ...hlr,
    ...sent.filter(([member]) => member !== 'send_timestamp'),
    ...added.filter(([member]) => member === 'mccmnc'),
    ...location,
    ...content,
    ...added.filter(([member]) => member !== 'mccmnc' && member !== 'flag'),
    ...listed,
  ];
  return pairs.map(([member, value]) => `${member} = ${value}`).join(', ');
}

/** Creates the response to a status request. Assumption: XML has the members of JSON as elements. */
export const statusResponse = (results: readonly StatusResult[], layout: StatusLayout): ResponseBody => ({
  write: (format) => {
    if (format === 0) return results.map((each) => sentence(each, layout)).join('\n');
    if (format === 1) return results.map((each) => csvLine(each, layout)).join('\n');
    const objects = results.map((each) => objectMembers(each, layout));
    if (format === 3)
      return layout.isList
        ? `[${objects.map((members) => toJson(members)).join(',\n')}]`
        : toJson(objects[0]!);
    const elements = objects.map((members) => `<result>\n${toElements(members)}</result>`).join('\n');
    return layout.isList ? `<results>\n${elements}\n</results>` : elements;
  },
});
