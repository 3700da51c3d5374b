import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import type { ReplyLayout } from '../replies/format.ts';
import type { Json, JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  readAmount,
  readExtra,
  readList,
  readLooseAmount,
  readNumber,
  readObject,
  readOptionalAmount,
  readOptionalNumber,
  readOptionalText,
  readText,
} from '../core/read.ts';
import { sendErrors } from '../tables/errors.ts';
import { checkKind, type CostInputOf, type Kind, type SendInputOf } from './kinds.ts';
import { singleFields } from './send-fields.ts';

/** A kind that an input has to name. */
type NamedKind = Exclude<Kind, 'sms'>;

/**
 * A message of any kind, to one or to many. A plain SMS needs `to` and `text`; other kinds say which they are. The SMS
 * stands last, since the compiler explains a mistake by the last that fits.
 */
export type SendInput = { [K in NamedKind]: SendInputOf<K> }[NamedKind] | SendInputOf<'sms'>;

/** The same as for sending, without `report`: the cost is the answer. */
export type CostInput = { [K in NamedKind]: CostInputOf<K> }[NamedKind] | CostInputOf<'sms'>;

/** What the gateway says of one recipient. */
export interface RecipientReport {
  /** Number that the message goes to, as the gateway writes it. */
  readonly phone: string;
  /** Country and operator of the number as digits, such as `25503`. */
  readonly mccMnc: string | undefined;
  /** What this recipient's message costs, as an exact decimal. */
  readonly cost: string | undefined;
  /** State of the message; see the table of states. */
  readonly status: number | undefined;
  /** Why the number is in error, where it is; see the table of delivery errors. */
  readonly error: number | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** An accepted message. */
export interface Sent {
  /** The id to ask for its state with: yours if one was given. */
  readonly id: string;
  /** Parts of the message times recipients; for a call, its seconds. */
  readonly parts: number;
  /** Cost of the message, as an exact decimal. `undefined` with `report: 'none'`, or if the gateway sent no amount; what it sent is then in `extra`. */
  readonly cost: string | undefined;
  /** New balance of the account, as an exact decimal. Only with `report: 'balance'`. */
  readonly balance: string | undefined;
  /** With `perRecipient`, every recipient; with `listErrors`, the wrong ones; else none. */
  readonly recipients: readonly RecipientReport[];
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** What a message would cost. */
export interface Quote {
  /** In the account's currency, as an exact decimal. */
  readonly cost: string;
  /** Parts of the message times recipients; for a call, its seconds. */
  readonly parts: number;
  /** With `perRecipient`, every recipient; with `listErrors`, the wrong ones; else none. */
  readonly recipients: readonly RecipientReport[];
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/** Lines of `op=1`. Those of `err=1` are not documented and taken to be alike: inferred. */
const rows = { member: 'phones', columns: ['phone', 'mccmnc', 'cost', 'status', 'error'] };

/** The members of an acceptance, in the order of fmt 1. */
export const sentLayout: ReplyLayout = { columns: ['id', 'cnt', 'cost', 'balance'], rows };

/** The members of a cost, in the order of fmt 1. */
export const quoteLayout: ReplyLayout = { columns: ['cost', 'cnt'], rows };

/** What both answers have. `known`: the members that are not extra. */
const readCommon = (
  object: JsonObject,
  known: readonly unknown[],
): Pick<Sent, 'parts' | 'recipients' | 'extra'> => ({
  parts: readNumber(object, 'cnt'),
  recipients: readList(object, rows.member).map((row) => ({
    phone: readText(row, 'phone'),
    mccMnc: readOptionalText(row, 'mccmnc'),
    cost: readOptionalAmount(row, 'cost'),
    status: readOptionalNumber(row, 'status'),
    error: readOptionalNumber(row, 'error'),
    extra: readExtra(row, rows.columns),
  })),
  extra: readExtra(object, known),
});

/**
 * Reads an acceptance. It is one by its id and its count; an amount that is none stays in `extra`, since what was sent was
 * sent, however the gateway writes its price.
 */
export const readSent = (reply: Json): Sent => {
  const object = readObject(reply);
  const cost = readLooseAmount(object, 'cost');
  const balance = readLooseAmount(object, 'balance');
  return {
    id: readText(object, 'id'),
    cost,
    balance,
    ...readCommon(object, ['id', 'cnt', cost && 'cost', balance && 'balance', 'phones']),
  };
};

/** Reads a cost. */
export const readQuote = (reply: Json): Quote => {
  const object = readObject(reply);
  return { cost: readAmount(object, 'cost'), ...readCommon(object, ['cost', 'cnt', 'phones']) };
};

/** Asking for a cost is not sending: there is nothing to report on. */
export function checkNoReport({ report }: UnknownRecord, at: IssueContext): void {
  if (report !== undefined) at.inside('report').addIssue('is not known here; the cost is the answer');
}

/**
 * Sends a message. The gateway accepts one identical request a minute. What counts as identical is not documented: an id
 * that changes with each request may make it a different one, so give an id of your own that stays the same.
 *
 * @example
 * ```ts
 * const sent = await smsc.call(send, { to: '380501234567', text: 'Ваш код: 4821', id: 'order-4821' });
 * if (sent.outcome === 'accepted') console.log(sent.id, sent.parts);
 * ```
 */
export const send: Operation<SendInput, Sent, 'spends'> = {
  name: 'send',
  path: 'sys/send.php',
  restPath: 'rest/send/',
  effect: 'spends',
  fields: singleFields,
  defaults: { report: 'cost' },
  rules: checkKind,
  errors: sendErrors,
  layout: sentLayout,
  result: readSent,
};

/**
 * Returns the cost of a message. Nothing is sent. The gateway accepts five identical requests a minute.
 *
 * @example
 * ```ts
 * const { cost: price, parts } = await smsc.call(cost, { to: '380501234567', text: 'Ваш код: 4821' });
 * ```
 */
export const cost: Operation<CostInput, Quote, 'reads'> = {
  name: 'cost',
  path: 'sys/send.php',
  restPath: 'rest/send/',
  effect: 'reads',
  fields: singleFields,
  constants: { cost: 1 },
  rules: (input, at) => {
    checkKind(input, at);
    checkNoReport(input, at);
  },
  errors: sendErrors,
  layout: quoteLayout,
  result: readQuote,
};
