import { checkEach } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { checkEmail, phone } from '../params/address.ts';
import { asIs } from '../params/as-is.ts';
import { checkChoice } from '../params/choice.ts';
import { type Day, day } from '../params/day.ts';
import { files } from '../params/files.ts';
import { flag } from '../params/flag.ts';
import { needed, oneOf } from '../params/needed.ts';
import { whole } from '../params/number.ts';
import { record, type RecordId } from '../params/record.ts';
import { sender } from '../params/sender.ts';
import { checkWebAddress, line, words } from '../params/text.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Fields, Operation } from '../core/operation.ts';
import { readExtra, readOptionalText, readRows, readTaken, readText, type Taken } from '../core/read.ts';
import { senderErrors } from '../tables/errors.ts';
import type { Attachment } from '../exchange/wire.ts';

/** A sender name that the gateway's moderator has approved. */
export interface SenderName {
  readonly sender: string;
  /** The gateway's number for it, where the answer has it. */
  readonly id: string | undefined;
  /** Everything else of the answer, as it came: the page is known in part. */
  readonly extra: JsonObject;
}

/** Which names. Default: those of this account. */
export interface SenderNamesInput {
  readonly all?: boolean | undefined;
  /** With the state of the registration at each operator, in `extra`. Default: false. */
  readonly operators?: boolean | undefined;
  readonly from?: Day | undefined;
  /** The page before the name of this number. */
  readonly before?: RecordId | undefined;
  readonly count?: number | undefined;
  /** Of a sub-account, by its login. */
  readonly login?: string | undefined;
}

/** Registration with an operator, in the gateway's word. Source: third parties. */
export type SenderRegistration =
  | 'mega'
  | 'mega_step'
  | 'mts'
  | 'mts_step'
  | 'tele2'
  | 'tele2_step'
  | 'bee_step'
  | 'motiv_step'
  | 'ua_reg'
  | 'ua_int';

/** What can be said of a sender name. Source of all but the comment: third parties that mirror the gateway's page. */
export interface SenderNameFields {
  /** What it is for, to the moderator. */
  readonly comment?: string | undefined;
  /** Name of the company. */
  readonly company?: string | undefined;
  /** The company's tax number. */
  readonly taxNumber?: string | undefined;
  readonly site?: string | undefined;
  readonly email?: string | undefined;
  readonly address?: string | undefined;
  readonly description?: string | undefined;
  readonly subject?: string | undefined;
  /** An e-mail address that is to be a sender, with `name` for the name beside it. */
  readonly emailSender?: string | undefined;
  readonly name?: string | undefined;
  /** The site that the message with the code names. */
  readonly siteName?: string | undefined;
  /** Of a sub-account, by its login. */
  readonly login?: string | undefined;
  /** Of which document the files are. */
  readonly document?: string | undefined;
  /** Operators to register it with. */
  readonly registerWith?: readonly SenderRegistration[] | undefined;
  /** Documents for the moderator. */
  readonly files?: readonly Attachment[] | undefined;
}

/** A new sender name. */
export interface AddSenderNameInput extends SenderNameFields {
  readonly sender: string;
}

/** Which name: by itself, or by the gateway's number for it. One of the two. */
export interface SenderNameKey {
  readonly sender?: string | undefined;
  readonly id?: RecordId | undefined;
}

/** Which name, and what is to be said of it. */
export interface ChangeSenderNameInput extends SenderNameFields, SenderNameKey {}

/** A sender name that is a phone number. */
export interface SenderCodeInput {
  readonly sender: string;
}

/** The same, with the code that it got. */
export interface CheckSenderCodeInput extends SenderCodeInput {
  readonly code: string;
}

const registrations: readonly SenderRegistration[] = [
  'mega',
  'mega_step',
  'mts',
  'mts_step',
  'tele2',
  'tele2_step',
  'bee_step',
  'motiv_step',
  'ua_reg',
  'ua_int',
];

const registerWith: Field<readonly SenderRegistration[]> = {
  params: registrations,
  check: (value, at) => checkEach(value, at, checkChoice(registrations)),
  encode: (value) => Object.fromEntries(value.map((each) => [each, 1])),
};

const details: Fields<SenderNameFields> = {
  comment: /* @__PURE__ */ words('cmt'),
  company: /* @__PURE__ */ line('fio'),
  taxNumber: /* @__PURE__ */ line('inn'),
  site: /* @__PURE__ */ asIs<string>('site', checkWebAddress),
  email: /* @__PURE__ */ asIs<string>('email', checkEmail),
  address: /* @__PURE__ */ line('address'),
  description: /* @__PURE__ */ words('desc'),
  subject: /* @__PURE__ */ line('subj'),
  emailSender: /* @__PURE__ */ asIs<string>('mail', checkEmail),
  name: /* @__PURE__ */ line('name'),
  siteName: /* @__PURE__ */ line('site_name'),
  login: /* @__PURE__ */ line('user'),
  document: /* @__PURE__ */ line('doc_info'),
  registerWith,
  files,
};

const id = /* @__PURE__ */ record('id');
const number = /* @__PURE__ */ phone('sender');

/** Sender names that are approved; none is an empty list. The gateway answers three identical requests a minute. */
export const senderNames: Operation<SenderNamesInput, readonly SenderName[], 'reads'> = {
  name: 'senderNames',
  path: 'sys/senders.php',
  effect: 'reads',
  fields: {
    all: /* @__PURE__ */ flag('all'),
    operators: /* @__PURE__ */ flag('operators'),
    from: /* @__PURE__ */ day('from_date'),
    before: /* @__PURE__ */ record('prev_id'),
    count: /* @__PURE__ */ whole('cnt', 1, 2147483647),
    login: /* @__PURE__ */ line('user'),
  },
  constants: { get: 1 },
  errors: senderErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      sender: readText(row, 'sender'),
      id: readOptionalText(row, 'id'),
      extra: readExtra(row, ['sender', 'id']),
    })),
};

// How the answers to what changes something look is not documented where we could read it.

/** Hands in a sender name, for the gateway's moderator to approve. The gateway takes five such requests a minute. */
export const addSenderName: Operation<AddSenderNameInput, Taken, 'spends'> = {
  name: 'addSenderName',
  path: 'sys/senders.php',
  effect: 'spends',
  fields: /* @__PURE__ */ Object.assign({ sender }, details),
  constants: { add: 1 },
  rules: /* @__PURE__ */ needed('sender'),
  errors: senderErrors,
  format: jsonFormat,
  result: readTaken,
};

/** Changes what is said of a sender name. */
export const changeSenderName: Operation<ChangeSenderNameInput, Taken, 'idempotent'> = {
  name: 'changeSenderName',
  path: 'sys/senders.php',
  effect: 'idempotent',
  fields: /* @__PURE__ */ Object.assign({ sender, id }, details),
  constants: { chg: 1 },
  rules: /* @__PURE__ */ oneOf('sender', 'id'),
  errors: senderErrors,
  format: jsonFormat,
  result: readTaken,
};

/** Removes a sender name. */
export const removeSenderName: Operation<SenderNameKey, Taken, 'idempotent'> = {
  name: 'removeSenderName',
  path: 'sys/senders.php',
  effect: 'idempotent',
  fields: { sender, id },
  constants: { del: 1 },
  rules: /* @__PURE__ */ oneOf('sender', 'id'),
  errors: senderErrors,
  format: jsonFormat,
  result: readTaken,
};

/** Sends a code to a phone number that is to be a sender name. The next can be sent after 8 hours. */
export const sendSenderCode: Operation<SenderCodeInput, Taken, 'spends'> = {
  name: 'sendSenderCode',
  path: 'sys/senders.php',
  effect: 'spends',
  fields: { sender: number },
  constants: { send_code: 1 },
  rules: /* @__PURE__ */ needed('sender'),
  errors: senderErrors,
  format: jsonFormat,
  result: readTaken,
};

/** Confirms a phone number as a sender name, by the code that was sent to it. */
export const checkSenderCode: Operation<CheckSenderCodeInput, Taken, 'idempotent'> = {
  name: 'checkSenderCode',
  path: 'sys/senders.php',
  effect: 'idempotent',
  fields: { sender: number, code: /* @__PURE__ */ line('code') },
  constants: { check_code: 1 },
  rules: /* @__PURE__ */ needed('sender', 'code'),
  errors: senderErrors,
  format: jsonFormat,
  result: readTaken,
};
