import { checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import { copyOwn, type UnknownRecord } from '../core/own-members.ts';
import { asIs } from '../params/as-is.ts';
import { checkChoice, choice } from '../params/choice.ts';
import { flag } from '../params/flag.ts';
import { checkWords } from '../params/message.ts';
import { checkWhole } from '../params/number.ts';
import { needed } from '../params/needed.ts';
import { record, type RecordId } from '../params/record.ts';
import { sender } from '../params/sender.ts';
import { line } from '../params/text.ts';
import type { Fields } from '../core/operation.ts';
import { checkKind } from './kinds.ts';
import type { SendInput } from './send.ts';
import { listFields, singleFields } from './send-fields.ts';
import { checkList, type SendListInput } from './send-list.ts';

/** Schedule of a job that runs more than once. Source: third parties that mirror the gateway's page. */
export interface JobRepeat {
  /** Interval between two runs. */
  readonly every: 'hour' | 'day' | 'working-day' | 'weekend-day' | 'week' | 'month' | 'year';
  /** Maximum number of runs: 1 to 10000. Default: chosen by the gateway. */
  readonly times?: number | undefined;
}

/**
 * Members that a job has in addition to the members of a message. Source (except `name`): third parties that mirror the
 * gateway's page.
 */
export interface JobOptions {
  /** Name of the job, shown on the gateway's website. */
  readonly name: string;
  /** Repeats the job on a schedule. Default: the job is sent once. */
  readonly repeat?: JobRepeat | undefined;
  /** Resends messages that were not delivered, with `repeatSender` as the sender. Default: false. */
  readonly autoRepeat?: boolean | undefined;
  /** Sender of resent messages. */
  readonly repeatSender?: string | undefined;
  /** Text of the SMS that is sent if the message itself cannot be sent. 1 to 1000 UTF-16 code units. */
  readonly smsText?: string | undefined;
  /** Reports the cost of the created job. Default: the cost is not reported. */
  readonly report?: 'cost' | undefined;
}

/**
 * Members of `send` that jobs do not have: the gateway assigns the id of a job, and the response has no rows for
 * recipients. `report` has other values in jobs.
 */
type NotInJobs = 'id' | 'report' | 'perRecipient' | 'listErrors';
type Send<Input> = Input extends unknown ? { [P in keyof Input as Exclude<P, NotInJobs>]: Input[P] } : never;

/** A message with its own text (`FromText`), or with the text of a template (`FromTemplate`). */
type FromText = Send<SendInput> & { readonly template?: undefined };
type FromTemplate<Input = Send<SendInput>> = Input extends { readonly text: string }
  ? { [P in keyof Input as Exclude<P, 'text' | 'comment'>]: Input[P] } & {
      readonly text?: undefined;
      readonly template: RecordId;
    }
  : never;

/** A new job: a message or a list of messages, with the options of a job. */
export type CreateJobInput = JobOptions &
  (FromText | FromTemplate | (Send<SendListInput> & { readonly template?: undefined }));

const intervals = { hour: 1, day: 2, 'working-day': 3, 'weekend-day': 4, week: 5, month: 6, year: 7 };

const repeat: Field<JobRepeat> = {
  params: ['rpt', 'rptn'],
  check: (value, at) =>
    checkShape(value, at, { every: checkChoice(Object.keys(intervals)) }, { times: checkWhole(1, 10_000) }),
  encode: (value) => {
    const { every, times } = copyOwn(value);
    return times === undefined ? intervals[every] : { rpt: intervals[every], rptn: times };
  },
};

const own: Fields<JobOptions & { template: RecordId }> = {
  name: /* @__PURE__ */ line('name'),
  template: /* @__PURE__ */ record('tpl'),
  repeat,
  autoRepeat: /* @__PURE__ */ flag('fl[5]'),
  repeatSender: /* @__PURE__ */ asIs<string>('sender2', (value, at) => sender.check(value, at)),
  smsText: /* @__PURE__ */ asIs<string>('mes2', checkWords),
  report: /* @__PURE__ */ choice<'cost'>('cost', { cost: 1 }),
};

/** Returns a table of fields without the fields that jobs do not have. */
function forJobs<Table extends object>(fields: Table): Omit<Table, Exclude<NotInJobs, 'report'>> {
  const absent: readonly string[] = ['id', 'perRecipient', 'listErrors'];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !absent.includes(name))) as Omit<
    Table,
    Exclude<NotInJobs, 'report'>
  >;
}

/** Fields of a job: the fields of `send` and `sendList`, and the fields that only jobs have. */
export const jobFields: Fields<CreateJobInput> = /* @__PURE__ */ Object.assign(
  /* @__PURE__ */ forJobs(listFields),
  /* @__PURE__ */ forJobs(singleFields),
  own,
);

/** Applies the rules of a message or of a list. Adds an issue if the text is given both in the input and by a template. */
export function checkJob(input: UnknownRecord, at: IssueContext): void {
  needed('name')(input, at);
  if (input['messages'] !== undefined) {
    for (const name of ['to', 'text', 'comment', 'files', 'template'])
      if (input[name] !== undefined) at.inside(name).addIssue('conflicts with messages');
    return checkList(input, at);
  }
  if (input['lineBreaks'] !== undefined) at.inside('lineBreaks').addIssue('requires the member messages');
  if (input['template'] === undefined) return checkKind(input, at);
  for (const name of ['text', 'comment'])
    if (input[name] !== undefined) at.inside(name).addIssue('conflicts with template');
  // Passes an empty text, so that the check does not report a missing text: the template provides the text.
  checkKind({ __proto__: null, ...input, text: '', comment: undefined }, at);
}
