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

/** How often a mailing sends itself again. Source: third parties that mirror the gateway's page. */
export interface JobRepeat {
  readonly every: 'hour' | 'day' | 'working-day' | 'weekend-day' | 'week' | 'month' | 'year';
  /** How many times at most, 1 to 10000. Default: the gateway's. */
  readonly times?: number | undefined;
}

/** What a mailing has that a message has not. Source of all but the name: third parties that mirror the gateway's page. */
export interface JobOptions {
  /** What it is called in the cabinet. */
  readonly name: string;
  /** Sends itself again and again. Default: not. */
  readonly repeat?: JobRepeat | undefined;
  /** Sends again what was not delivered, from `repeatSender`. Default: false. */
  readonly autoRepeat?: boolean | undefined;
  /** The sender of what is sent again. */
  readonly repeatSender?: string | undefined;
  /** What to send as an SMS where the message cannot be sent as it is. 1 to 1000 UTF-16 code units. */
  readonly smsText?: string | undefined;
  /** Adds to the answer what the mailing costs. Unlike for sending, the mailing is made all the same. */
  readonly report?: 'cost' | undefined;
}

/** What sending has and mailings have not: their answer has no lines for recipients, and their id is the gateway's. */
type NotOfMailings = 'id' | 'report' | 'perRecipient' | 'listErrors';
type Send<Input> = Input extends unknown
  ? { [P in keyof Input as Exclude<P, NotOfMailings>]: Input[P] }
  : never;

/** One text to many, or the number of a template instead of it. */
type FromText = Send<SendInput> & { readonly template?: undefined };
type FromTemplate<Input = Send<SendInput>> = Input extends { readonly text: string }
  ? { [P in keyof Input as Exclude<P, 'text' | 'comment'>]: Input[P] } & {
      readonly text?: undefined;
      readonly template: RecordId;
    }
  : never;

/** A mailing: everything that a message can be given, and what makes it a mailing. */
export type CreateJobInput = JobOptions &
  (FromText | FromTemplate | (Send<SendListInput> & { readonly template?: undefined }));

const often = { hour: 1, day: 2, 'working-day': 3, 'weekend-day': 4, week: 5, month: 6, year: 7 };

const repeat: Field<JobRepeat> = {
  params: ['rpt', 'rptn'],
  check: (value, at) =>
    checkShape(value, at, { every: checkChoice(Object.keys(often)) }, { times: checkWhole(1, 10_000) }),
  encode: (value) => {
    const { every, times } = copyOwn(value);
    return times === undefined ? often[every] : { rpt: often[every], rptn: times };
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

/** The fields of sending, without those that a mailing has not. */
function forMailings<Table extends object>(fields: Table): Omit<Table, Exclude<NotOfMailings, 'report'>> {
  const absent: readonly string[] = ['id', 'perRecipient', 'listErrors'];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !absent.includes(name))) as Omit<
    Table,
    Exclude<NotOfMailings, 'report'>
  >;
}

/** The fields of a mailing: those of sending, whose table is the only one, and its own. */
export const mailingFields: Fields<CreateJobInput> = /* @__PURE__ */ Object.assign(
  /* @__PURE__ */ forMailings(listFields),
  /* @__PURE__ */ forMailings(singleFields),
  own,
);

/** The rules of a mailing: those of a message or of a list, and where its text comes from. */
export function checkMailing(input: UnknownRecord, at: IssueContext): void {
  needed('name')(input, at);
  if (input['messages'] !== undefined) {
    for (const name of ['to', 'text', 'comment', 'files', 'template'])
      if (input[name] !== undefined) at.inside(name).addIssue('is not taken beside messages');
    return checkList(input, at);
  }
  if (input['lineBreaks'] !== undefined) at.inside('lineBreaks').addIssue('needs messages');
  if (input['template'] === undefined) return checkKind(input, at);
  for (const name of ['text', 'comment'])
    if (input[name] !== undefined) at.inside(name).addIssue('is not taken beside template');
  // A kind that needs a text has one.
  checkKind({ __proto__: null, ...input, text: '', comment: undefined }, at);
}
