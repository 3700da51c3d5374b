import { routeMessages } from '../sending/route.ts';
import { readAction } from '../params/action.ts';
import { type ResponseBody, toJson, toXml } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { scheduleJob } from '../sending/run-job.ts';
import type { MailingJob } from '../state/records.ts';
import { writeAmount } from '../pricing/money.ts';
import { isDenied, readOrder, zoneOf } from '../sending/read-order.ts';
import { readPeriod } from './period.ts';
import { readRecurrence, readRepeatLimit } from '../params/recurrence.ts';
import { errorResponse } from '../wire/errors.ts';
import { okResponse, listResponse, type Row, recordResponse } from '../wire/rows.ts';

/** Kinds of templates, and the flag that each stands for. */
const flags: Readonly<Record<string, string>> = {
  flash: 'flash',
  bin: 'bin',
  push: 'push',
  mms: 'mms',
  call: 'call',
  mail: 'mail',
  viber: 'viber',
};

/**
 * The call with its template put in: text, sender and kind, where the request has none of its own. That the template is
 * read when the mailing is made, and not when it is sent, is assumed. `undefined` when there is no such template.
 */
function withTemplate(call: RequestContext): RequestContext | undefined {
  const tpl = valueOf(call, 'tpl');
  if (tpl === '') return call;
  const template = call.account.templates.get(Number(tpl));
  if (!template) return undefined;
  const values = new Map(call.parameters.values);
  if (!values.get('mes')) values.set('mes', template.get('msg') ?? '');
  if (!values.has('sender') && template.get('sender')) values.set('sender', template.get('sender')!);
  const flag = flags[template.get('format') ?? ''];
  if (flag !== undefined && !values.has(flag)) values.set(flag, '1');
  return { ...call, parameters: { ...call.parameters, values } };
}

/** `OK, ID - 12, COST - 0.77`: documented in all four formats. */
const added = (id: string, cost: string | undefined): ResponseBody => ({
  write: (format) => {
    const members = [['id', Number(id)] as const, ...(cost === undefined ? [] : [['cost', cost] as const])];
    if (format === 0) return `OK, ID - ${id}${cost === undefined ? '' : `, COST - ${cost}`}`;
    if (format === 1) return cost === undefined ? id : `${id},${cost}`;
    return format === 2 ? toXml(members) : toJson(members);
  },
});

/** Makes a mailing. It is sent when its time has come, which may be now. */
function add(asked: RequestContext): ResponseBody {
  const call = withTemplate(asked);
  const { account, instant } = asked;
  const [repeat, times, cost, name] = [
    readRecurrence(valueOf(asked, 'rpt')),
    readRepeatLimit(valueOf(asked, 'rptn')),
    valueOf(asked, 'cost'),
    valueOf(asked, 'name'),
  ];
  // No such template, or mailings that the owner of a sub-account forbids: which error is not known, assumed.
  if (!call || account.settings.get('fl[6]') === '1') return errorResponse('record');
  if (name.trim() === '' || repeat === undefined || times === undefined || !/^[01]?$/.test(cost))
    return errorResponse('parameters');
  const order = readOrder(call);
  if ('refused' in order) return order.refused;
  if (order.texts.some((letter) => isDenied(letter, call))) return errorResponse('record');
  const all = routeMessages(order.texts, call, 'new mailing');
  // Groups that are empty may be full when the time has come; recipients of which none is right never are.
  if (all.length > 0 && all.every(({ refused }) => refused)) return errorResponse('record');
  const due = Math.min(...order.times.values());
  const mailing: MailingJob = {
    id: String(account.nextMessageId++),
    name,
    isMail: valueOf(call, 'mail') === '1',
    parameters: call.parameters,
    createdAt: instant,
    order,
    repeat,
    repeatsLeft: times,
    zone: zoneOf(call),
    first: due,
    due,
    runs: 0,
    count: 0,
    cost: 0n,
    state: 'waiting',
  };
  account.jobs.set(mailing.id, mailing);
  scheduleJob(mailing, account, call.gateway);
  const total = all.reduce((sum, each) => sum + each.cost, 0n);
  call.gateway.scheduler.advance(instant);
  return added(mailing.id, cost === '1' ? writeAmount(total) : undefined);
}

/** States of mailings, as messages have them. That mailings have the same is assumed. */
const states: Readonly<Record<MailingJob['state'], number>> = { waiting: -1, sent: 1, cancelled: -2 };

/** A mailing in an answer. Of its members only `id`, `name` and `status` are known, and those from third parties; the rest is assumed. */
const rowOf = (
  { id, name, state, count, cost, runs, due, createdAt }: MailingJob,
  utcOffset: number,
): Row => [
  ['id', Number(id)],
  ['name', name],
  ['status', states[state]],
  ['cnt', count],
  ['cost', writeAmount(cost)],
  ['runs', runs],
  ['create_date', writeDate(createdAt, utcOffset)],
  ['send_date', writeDate(due, utcOffset)],
];

function getAll(call: RequestContext): ResponseBody {
  const period = readPeriod(call);
  if (!period) return errorResponse('date');
  const found = [...call.account.jobs.values()].filter(
    (mailing) => mailing.createdAt >= period.from && mailing.createdAt < period.to,
  );
  return found.length > 0
    ? listResponse(found.map((each) => rowOf(each, call.account.utcOffset)))
    : errorResponse('record');
}

/** `jobs.php`: mailings. */
export function jobs(call: RequestContext): ResponseBody {
  const { account } = call;
  const action = readAction(call.parameters.values, ['add', 'del', 'cancel', 'get', 'get_all']);
  if (!action) return errorResponse('parameters');
  if (exceedsLimit(call, 'jobs')) return errorResponse('duplicate');
  if (action === 'add') return add(call);
  if (action === 'get_all') return getAll(call);
  const id = valueOf(call, 'id');
  if (!/^\d{1,15}$/.test(id)) return errorResponse('parameters');
  const mailing = account.jobs.get(String(Number(id)));
  if (!mailing || (action === 'get' && mailing.isMail !== (valueOf(call, 'mail') === '1')))
    return errorResponse('record');
  switch (action) {
    case 'get':
      return recordResponse(rowOf(mailing, account.utcOffset));
    case 'cancel':
      // «Disables a mailing that waits»: one that does not cannot be disabled, with which error is assumed.
      if (mailing.state !== 'waiting') return errorResponse('record');
      mailing.state = 'cancelled';
      return okResponse;
    case 'del':
      account.jobs.delete(mailing.id);
      return okResponse;
  }
}
