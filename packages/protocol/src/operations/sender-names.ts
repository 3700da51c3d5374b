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
import {
  readExtra,
  readOptionalText,
  readRows,
  readAcknowledged,
  readText,
  type Acknowledged,
} from '../core/read.ts';
import { adviceTable, type AdviceTable, notFound, retryLater } from '../tables/advice.ts';
import { type ErrorTable, errorTable } from '../tables/errors.ts';
import type { Attachment } from '../exchange/wire.ts';

/** Sender name that a moderator of the gateway has approved. */
export interface SenderName {
  /** Name that the phone shows. */
  readonly sender: string;
  /** Id of the name in the gateway, if the reply has one. */
  readonly id: string | undefined;
  /** Other members of the response, unchanged. Only a part of the gateway's page is known. */
  readonly extra: JsonObject;
}

/** Filter and page of the list of sender names. Default: the names of this account. */
export interface SenderNamesInput {
  /** Sets the gateway's parameter `all`; its meaning is not documented. Default: false. */
  readonly all?: boolean | undefined;
  /** Adds the state of the registration at each operator, in `extra`. Default: false. */
  readonly operators?: boolean | undefined;
  /** Only names from this day on. */
  readonly from?: Day | undefined;
  /** Only names before the name with this id. */
  readonly before?: RecordId | undefined;
  /** Maximum number of names. Default: chosen by the gateway. */
  readonly count?: number | undefined;
  /** Login of the sub-account whose names are returned. */
  readonly login?: string | undefined;
}

/** Registration at an operator, as a code of the gateway. Source: third parties. */
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

/** Details of a sender name. Source, except for `comment`: third parties that mirror the gateway's page. */
export interface SenderNameFields {
  /** Purpose of the name, for the moderator. */
  readonly comment?: string | undefined;
  /** Name of the company. */
  readonly company?: string | undefined;
  /** Tax number of the company. */
  readonly taxNumber?: string | undefined;
  /** Website of the company. */
  readonly site?: string | undefined;
  /** E-mail address of the company. */
  readonly email?: string | undefined;
  /** Postal address of the company. */
  readonly address?: string | undefined;
  /** Description of the name or the company (inferred). */
  readonly description?: string | undefined;
  /** Subject of the messages (inferred). */
  readonly subject?: string | undefined;
  /** E-mail address to register as a sender; `name` is the display name. */
  readonly emailSender?: string | undefined;
  /** Display name of `emailSender`. */
  readonly name?: string | undefined;
  /** Name of the website, shown in the message with the code. */
  readonly siteName?: string | undefined;
  /** Login of the sub-account that gets the name. */
  readonly login?: string | undefined;
  /** Description of the document in `files`. */
  readonly document?: string | undefined;
  /** Registrations to request for the name. */
  readonly registerWith?: readonly SenderRegistration[] | undefined;
  /** Documents for the moderator. */
  readonly files?: readonly Attachment[] | undefined;
}

/** New sender name. */
export interface AddSenderNameInput extends SenderNameFields {
  /** Name that the phone shows: up to 11 characters or 15 digits. */
  readonly sender: string;
}

/** Sender name to change or remove. Give either `sender` or `id`. */
export interface SenderNameKey {
  /** The name itself. */
  readonly sender?: string | undefined;
  /** Id of the name in the gateway. */
  readonly id?: RecordId | undefined;
}

/** Changes of a sender name. Give either `sender` or `id`. */
export interface ChangeSenderNameInput extends SenderNameFields, SenderNameKey {}

/** Phone number to confirm as a sender name. */
export interface SenderCodeInput {
  /** Phone number in international format. */
  readonly sender: string;
}

/** Phone number, and the code that was sent to it. */
export interface CheckSenderCodeInput extends SenderCodeInput {
  /** Code from the message of `sendSenderCode`. */
  readonly code: string;
}

/** Errors of `senders.php`. Source: the gateway's page for sender names. */
const senderErrors: ErrorTable = /* @__PURE__ */ errorTable({
  3: 'sender name not found',
  5: 'sender name could not be saved or removed',
  7: 'invalid phone number',
  8: 'code cannot be delivered to this number',
  10: 'a code was sent less than 8 hours ago',
  11: 'wrong code',
});

/** Advice on the errors of sender names. */
export const senderNameAdvice: AdviceTable = /* @__PURE__ */ adviceTable(
  {
    3: notFound,
    5: retryLater,
    7: 'correct the phone number',
    8: 'use a number that can receive messages',
    10: 'use the code that was sent, or wait 8 hours',
    11: 'ask the user for the code again',
  },
  [10],
);

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

/**
 * Returns the approved sender names. The list is empty if there are none. The gateway accepts three identical requests a
 * minute.
 *
 * @example
 * ```ts
 * const names = await smsc.call(senderNames, {});
 * ```
 */
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

// The replies to the operations below are not documented.

/**
 * Submits a sender name for approval by a moderator of the gateway. The gateway accepts five such requests a minute.
 *
 * @example
 * ```ts
 * await smsc.call(addSenderName, { sender: 'SHOP', comment: 'order confirmations', site: 'https://shop.example' });
 * ```
 */
export const addSenderName: Operation<AddSenderNameInput, Acknowledged, 'spends'> = {
  name: 'addSenderName',
  path: 'sys/senders.php',
  effect: 'spends',
  fields: /* @__PURE__ */ Object.assign({ sender }, details),
  constants: { add: 1 },
  rules: /* @__PURE__ */ needed('sender'),
  errors: senderErrors,
  format: jsonFormat,
  result: readAcknowledged,
};

/**
 * Changes the details of a sender name.
 *
 * @example
 * ```ts
 * await smsc.call(changeSenderName, { sender: 'SHOP', comment: 'delivery notices' });
 * ```
 */
export const changeSenderName: Operation<ChangeSenderNameInput, Acknowledged, 'idempotent'> = {
  name: 'changeSenderName',
  path: 'sys/senders.php',
  effect: 'idempotent',
  fields: /* @__PURE__ */ Object.assign({ sender, id }, details),
  constants: { chg: 1 },
  rules: /* @__PURE__ */ oneOf('sender', 'id'),
  errors: senderErrors,
  format: jsonFormat,
  result: readAcknowledged,
};

/**
 * Removes a sender name.
 *
 * @example
 * ```ts
 * await smsc.call(removeSenderName, { sender: 'SHOP' });
 * ```
 */
export const removeSenderName: Operation<SenderNameKey, Acknowledged, 'idempotent'> = {
  name: 'removeSenderName',
  path: 'sys/senders.php',
  effect: 'idempotent',
  fields: { sender, id },
  constants: { del: 1 },
  rules: /* @__PURE__ */ oneOf('sender', 'id'),
  errors: senderErrors,
  format: jsonFormat,
  result: readAcknowledged,
};

/**
 * Sends a code to a phone number, to confirm the number as a sender name. The next code can be sent after 8 hours.
 *
 * @example
 * ```ts
 * await smsc.call(sendSenderCode, { sender: '380501234567' });
 * ```
 */
export const sendSenderCode: Operation<SenderCodeInput, Acknowledged, 'spends'> = {
  name: 'sendSenderCode',
  path: 'sys/senders.php',
  effect: 'spends',
  fields: { sender: number },
  constants: { send_code: 1 },
  rules: /* @__PURE__ */ needed('sender'),
  errors: senderErrors,
  format: jsonFormat,
  result: readAcknowledged,
};

/**
 * Confirms a phone number as a sender name, with the code that was sent to the number.
 *
 * @example
 * ```ts
 * await smsc.call(checkSenderCode, { sender: '380501234567', code: '4821' });
 * ```
 */
export const checkSenderCode: Operation<CheckSenderCodeInput, Acknowledged, 'idempotent'> = {
  name: 'checkSenderCode',
  path: 'sys/senders.php',
  effect: 'idempotent',
  fields: { sender: number, code: /* @__PURE__ */ line('code') },
  constants: { check_code: 1 },
  rules: /* @__PURE__ */ needed('sender', 'code'),
  errors: senderErrors,
  format: jsonFormat,
  result: readAcknowledged,
};
