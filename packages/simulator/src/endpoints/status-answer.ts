import { type ResponseBody, idValue, type Member, toElements, toJson } from '../wire/response.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';
import { hlrMembers } from '../sending/hlr.ts';
import type { Message, MessageState } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';

/** What was asked for, and what there is. */
export interface Found {
  readonly id: string;
  readonly phone: string;
  /** Absent where there is no such message: state -3. */
  readonly known: { readonly message: Message; readonly state: MessageState } | undefined;
}

/** How an answer is to look. */
export interface StatusForm {
  /** 0 short; 1 with the message; 2 with country, operator and region as well. */
  readonly all: 0 | 1 | 2;
  /** A list, even of one. */
  readonly many: boolean;
  readonly utcOffset: number;
}

/** Names of states. Only that of 1 is recorded; the others are assumed. */
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

type Section = 'head' | 'hlr' | 'sent' | 'place' | 'rest' | 'newer' | 'name';

/** The sections of an answer, which its formats put in different orders. */
function describe(
  { known, id, phone }: Found,
  { all, utcOffset }: StatusForm,
): Record<Section, readonly Member[]> {
  if (!known) {
    // The answer for an unknown message is not recorded: assumed.
    const head: readonly Member[] = [
      ['status', -3],
      ['last_date', ''],
      ['last_timestamp', 0],
      ['err', 0],
    ];
    return {
      head,
      hlr: [],
      sent: [],
      place: [],
      rest: [],
      newer: [],
      name: [
        ['id', idValue(id)],
        ['phone', phone],
      ],
    };
  }
  const { message, state } = known;
  const { country, operator, mcc, mnc } = networkOf(message.phone);
  const full = all > 0;
  return {
    head: [
      ['status', state.status],
      ['last_date', writeDate(state.changedAt, utcOffset)],
      ['last_timestamp', toSeconds(state.changedAt)],
      ['err', state.err],
    ],
    hlr: message.kind === 'hlr' ? hlrMembers(message, state) : [],
    sent: full
      ? [
          ['send_date', writeDate(message.acceptedAt, utcOffset)],
          ['send_timestamp', toSeconds(message.acceptedAt)],
          ['phone', message.phone],
        ]
      : [],
    place:
      all === 2
        ? [
            ['country', country],
            ['operator', operator],
            ['region', ''],
          ]
        : [],
    rest: full
      ? [
          ['cost', message.cost],
          ['sender_id', message.sender],
          ['status_name', stateNames.get(state.status) ?? ''],
          ['message', message.text],
        ]
      : [],
    newer: full
      ? [
          ...(message.comment === undefined ? [] : [['comment', message.comment] as const]),
          ['mccmnc', mcc + mnc],
          ['type', message.type],
          ['flag', message.type],
          ['sms_cnt', message.parts],
        ]
      : [],
    name: [
      ['id', idValue(message.id)],
      ['phone', message.phone],
    ],
  };
}

/** `err` is left out where there is none, as recorded; HLR requests have it always. */
const objectMembers = (found: Found, form: StatusForm): readonly Member[] => {
  const { head, hlr, sent, place, rest, newer, name } = describe(found, form);
  const shown = hlr.length > 0 ? head : head.filter(([member, value]) => member !== 'err' || value !== 0);
  return [
    ...shown,
    ...hlr,
    ...sent,
    ...rest,
    ...place,
    ...newer,
    ...(form.many ? name.slice(0, sent.length > 0 ? 1 : 2) : []),
  ];
};

/** Columns in the order of the official libraries; country, operator and region behind the number, as inferred from them. */
function csvLine(found: Found, form: StatusForm): string {
  const { head, hlr, sent, place, rest, name } = describe(found, form);
  const columns = [...head, ...hlr, ...sent].filter(
    ([member]) => member !== 'last_date' && member !== 'send_date',
  );
  const last = form.many ? name.slice(0, form.all > 0 ? 1 : 2) : [];
  return [...columns, ...place, ...rest, ...last].map(([, value]) => value).join(',');
}

/**
 * `Status = 1, check_time = …` and further pairs in the order that is recorded of another listing. That an error comes
 * behind the time, and that HLR members follow it, is inferred.
 */
function sentence(found: Found, form: StatusForm): string {
  const { head, hlr, sent, place, rest, newer, name } = describe(found, form);
  const [status, changed, , err] = head;
  const [mccmnc, others] = [
    newer.filter(([member]) => member === 'mccmnc'),
    newer.filter(([member]) => member !== 'mccmnc'),
  ];
  const last = form.many
    ? name
        .slice(0, form.all > 0 ? 1 : 2)
        .map(([member, value]) => [member === 'id' ? 'ID' : member, value] as const)
    : [];
  const pairs: readonly Member[] = [
    ['Status', status![1]],
    ['check_time', changed![1]],
    ...(err![1] === 0 ? [] : [err!]),
    ...hlr,
    ...sent.filter(([member]) => member !== 'send_timestamp'),
    ...mccmnc,
    ...place,
    ...rest,
    ...others.filter(([member]) => member !== 'flag'),
    ...last,
  ];
  return pairs.map(([member, value]) => `${member} = ${value}`).join(', ');
}

/** The answer to a request of states. Of XML nothing is attested: the members of JSON as elements, which is assumed. */
export const statusAnswer = (found: readonly Found[], form: StatusForm): ResponseBody => ({
  write: (format) => {
    if (format === 0) return found.map((each) => sentence(each, form)).join('\n');
    if (format === 1) return found.map((each) => csvLine(each, form)).join('\n');
    const objects = found.map((each) => objectMembers(each, form));
    if (format === 3)
      return form.many ? `[${objects.map((members) => toJson(members)).join(',\n')}]` : toJson(objects[0]!);
    const results = objects.map((members) => `<result>\n${toElements(members)}</result>`).join('\n');
    return form.many ? `<results>\n${results}\n</results>` : results;
  },
});
