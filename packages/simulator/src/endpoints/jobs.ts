import { routeMessages } from '../sending/route.ts';
import type { Account } from '../state/account.ts';
import type { Endpoint } from './endpoint.ts';
import { readAction } from '../params/action.ts';
import { type ResponseBody, toJson, toXml } from '../wire/response.ts';
import { type RequestContext, exceedsLimit, valueOf } from '../state/request-context.ts';
import { writeDate } from '../wire/dates.ts';
import { scheduleJob } from '../sending/run-job.ts';
import type { PreparedSend } from '../state/outgoing-text.ts';
import type { JobRecord } from '../state/records.ts';
import { writeAmount } from '../pricing/money.ts';
import { isDenied, prepareSend, zoneOf } from '../sending/prepare-send.ts';
import { readPeriod } from './period.ts';
import { flag, matching, readValues, recordId, type Values } from '../params/read-values.ts';
import { readRecurrence, readRepeatLimit } from '../params/recurrence.ts';
import { errorResponse } from '../wire/errors.ts';
import { listResponse, okResponse, recordResponse, type Row } from '../wire/rows.ts';

/** Template formats that are requested by a flag of the same name. */
const formatsWithFlag: ReadonlySet<string> = new Set([
  'flash',
  'bin',
  'push',
  'mms',
  'call',
  'mail',
  'viber',
]);

/**
 * Fills in the text, sender and kind of the template `tpl` where the request does not give them. Assumption: the template is
 * read when the job is created, not when it is sent. Returns `undefined` if there is no such template.
 */
function withTemplate(context: RequestContext): RequestContext | undefined {
  const tpl = valueOf(context, 'tpl');
  if (tpl === '') return context;
  const template = context.account.templates.get(Number(tpl));
  if (!template) return undefined;
  const values = new Map(context.parameters.values);
  if (!values.get('mes')) values.set('mes', template.get('msg') ?? '');
  if (!values.has('sender') && template.get('sender')) values.set('sender', template.get('sender')!);
  const format = template.get('format') ?? '';
  if (formatsWithFlag.has(format) && !values.has(format)) values.set(format, '1');
  return { ...context, parameters: { ...context.parameters, values } };
}

/** Creates the response to a new job: `OK, ID - 12, COST - 0.77`. Documented for all four formats. */
const jobCreated = (id: string, cost: string | undefined): ResponseBody => ({
  write: (format) => {
    const members = [['id', Number(id)] as const, ...(cost === undefined ? [] : [['cost', cost] as const])];
    if (format === 0) return `OK, ID - ${id}${cost === undefined ? '' : `, COST - ${cost}`}`;
    if (format === 1) return cost === undefined ? id : `${id},${cost}`;
    return format === 2 ? toXml(members) : toJson(members);
  },
});

const jobReaders = {
  rpt: readRecurrence,
  rptn: readRepeatLimit,
  /** True to report the cost. */
  cost: flag,
  name: matching(/\S/),
};

function createJob(
  prepared: PreparedSend,
  { account, instant }: RequestContext,
  { name, rpt, rptn }: Values<typeof jobReaders>,
): JobRecord {
  const dueAt = Math.min(...prepared.texts.map((text) => text.dueAt));
  return {
    id: String(account.nextMessageId++),
    name,
    createdAt: instant,
    prepared,
    recurrence: rpt,
    repeatsLeft: rptn,
    zone: zoneOf(prepared.request, account),
    firstDueAt: dueAt,
    dueAt,
    runs: 0,
    count: 0,
    cost: 0n,
    state: 'waiting',
  };
}

/** `add`: creates a job. The job runs when it is due, possibly at once. */
function addJob(requested: RequestContext): ResponseBody {
  const context = withTemplate(requested);
  const { account, gateway, instant } = requested;
  // The error for a missing template, and for a sub-account that must not create jobs, is an assumption.
  if (!context || account.settings.get('fl[6]') === '1') return errorResponse('jobNotSaved');
  const request = readValues(requested.parameters.values, jobReaders);
  if (!request) return errorResponse('parameters');
  const prepared = prepareSend(context);
  if ('refused' in prepared) return prepared.refused;
  if (prepared.texts.some((text) => isDenied(text, account))) return errorResponse('jobNotSaved');
  const messages = routeMessages(prepared.texts, context, 'new job');
  // Refuses a job if all of its recipients are refused. A job without recipients is accepted, because its groups may have
  // members when it runs.
  if (messages.length > 0 && messages.every(({ refused }) => refused)) return errorResponse('jobNotSaved');
  const job = createJob(prepared, context, request);
  account.jobs.set(job.id, job);
  scheduleJob(job, account, gateway);
  const total = messages.reduce((sum, { cost }) => sum + cost, 0n);
  gateway.scheduler.advance(instant);
  return jobCreated(job.id, request.cost ? writeAmount(total) : undefined);
}

/** Status numbers of jobs. Assumption: jobs have the same numbers as messages. */
const stateNumbers: Readonly<Record<JobRecord['state'], number>> = { waiting: -1, sent: 1, cancelled: -2 };

/** Creates the row of a job. `id`, `name` and `status` are known from third parties; the other members are an assumption. */
const rowOf = (
  { id, name, state, count, cost, runs, dueAt, createdAt }: JobRecord,
  utcOffset: number,
): Row => [
  ['id', Number(id)],
  ['name', name],
  ['status', stateNumbers[state]],
  ['cnt', count],
  ['cost', writeAmount(cost)],
  ['runs', runs],
  ['create_date', writeDate(createdAt, utcOffset)],
  ['send_date', writeDate(dueAt, utcOffset)],
];

/** `get_all`: lists the jobs that were created in a period. */
function listJobs(context: RequestContext): ResponseBody {
  const period = readPeriod(context);
  if (!period) return errorResponse('invalidDate');
  const { jobs, utcOffset } = context.account;
  const found = [...jobs.values()].filter(
    ({ createdAt }) => createdAt >= period.from && createdAt < period.to,
  );
  return found.length > 0
    ? listResponse(found.map((job) => rowOf(job, utcOffset)))
    : errorResponse('jobNotSaved');
}

/** `get`: returns a job. `mail=1` finds e-mail jobs only. Without `mail=1`, no e-mail job is found. */
function getJob(job: JobRecord, account: Account, isMail: boolean): ResponseBody {
  return (job.prepared.request.kind === 'mail') === isMail
    ? recordResponse(rowOf(job, account.utcOffset))
    : errorResponse('jobNotSaved');
}

/** `cancel`: cancels a waiting job. The error for a job that is not waiting is an assumption. */
function cancelJob(job: JobRecord): ResponseBody {
  if (job.state !== 'waiting') return errorResponse('jobNotSaved');
  job.state = 'cancelled';
  return okResponse;
}

/** `jobs.php`: jobs, which the gateway sends at scheduled times. */
export const jobs: Endpoint = {
  path: '/sys/jobs.php',
  respond: (context) => {
    const { account } = context;
    const action = readAction(context.parameters.values, ['add', 'del', 'cancel', 'get', 'get_all']);
    if (!action) return errorResponse('parameters');
    if (exceedsLimit(context, 'jobs')) return errorResponse('duplicate');
    if (action === 'add') return addJob(context);
    if (action === 'get_all') return listJobs(context);
    const id = recordId(valueOf(context, 'id'));
    if (id === undefined) return errorResponse('parameters');
    const job = account.jobs.get(String(id));
    if (!job) return errorResponse('jobNotSaved');
    switch (action) {
      case 'get':
        return getJob(job, account, valueOf(context, 'mail') === '1');
      case 'cancel':
        return cancelJob(job);
      case 'del':
        account.jobs.delete(job.id);
        return okResponse;
    }
  },
};
