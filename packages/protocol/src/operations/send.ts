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

/** Kind that has to be set in the input, because it is not the default. */
type NamedKind = Exclude<Kind, 'sms'>;

/**
 * A message of any kind, to one recipient or to many. A plain SMS needs `to` and `text`; other kinds also need `kind`.
 * The SMS is the last branch because the compiler reports errors against the last branch.
 */
export type SendInput = { [K in NamedKind]: SendInputOf<K> }[NamedKind] | SendInputOf<'sms'>;

/** Input of `cost`: the input of `send` without `report`. */
export type CostInput = { [K in NamedKind]: CostInputOf<K> }[NamedKind] | CostInputOf<'sms'>;

/** The gateway's report on one recipient. */
export interface RecipientReport {
  /** Number of the recipient, as the gateway writes it. */
  readonly phone: string;
  /** Mobile country code and network code of the number, as digits, such as `25503`. */
  readonly mccMnc: string | undefined;
  /** Cost of this recipient's message in the account's currency, as an exact decimal. */
  readonly cost: string | undefined;
  /** Status code of the message; see the table of statuses. */
  readonly status: number | undefined;
  /** Error code of the number, if there was an error; see the table of delivery errors. */
  readonly error: number | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** An accepted message. */
export interface Sent {
  /** Id of the message, used to query its status. If you passed an id, the result has the same id. */
  readonly id: string;
  /** Number of parts times number of recipients; for a call, the duration in seconds. */
  readonly parts: number;
  /**
   * Cost of the message in the account's currency, as an exact decimal. `undefined` with `report: 'none'`, or if the
   * gateway sent no valid amount. An invalid amount is kept in `extra`.
   */
  readonly cost: string | undefined;
  /** New balance of the account, as an exact decimal. Only with `report: 'balance'`. */
  readonly balance: string | undefined;
  /**
   * Contains a report on every recipient with `perRecipient`, and on every invalid number with `listErrors`. Empty
   * without these options.
   */
  readonly recipients: readonly RecipientReport[];
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/** Price of a message that is not sent. */
export interface Quote {
  /** Cost in the account's currency, as an exact decimal. */
  readonly cost: string;
  /** Number of parts times number of recipients; for a call, the duration in seconds. */
  readonly parts: number;
  /**
   * Contains a report on every recipient with `perRecipient`, and on every invalid number with `listErrors`. Empty
   * without these options.
   */
  readonly recipients: readonly RecipientReport[];
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/**
 * Layout of the recipients in a response to a request with `op=1`. The layout for `err=1` is not documented; this
 * package assumes the same layout.
 */
const rows = { member: 'phones', columns: ['phone', 'mccmnc', 'cost', 'status', 'error'] };

/** Members of the response to `send`, in the order of `fmt=1`. */
export const sentLayout: ReplyLayout = { columns: ['id', 'cnt', 'cost', 'balance'], rows };

/** Members of the response to `cost`, in the order of `fmt=1`. */
export const quoteLayout: ReplyLayout = { columns: ['cost', 'cnt'], rows };

/**
 * Reads the members that the responses to `send` and `cost` have in common. All members that are not in `known` go to
 * `extra`.
 */
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
 * Reads the response to an accepted message. Only the id and the number of parts are required. An invalid amount stays
 * in `extra` and is not an error, because the message was sent.
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

/** Reads the response to `cost`. */
export const readQuote = (reply: Json): Quote => {
  const object = readObject(reply);
  return { cost: readAmount(object, 'cost'), ...readCommon(object, ['cost', 'cnt', 'phones']) };
};

/** Adds an issue for `report`, which `cost` and `costList` do not accept. */
export function checkNoReport({ report }: UnknownRecord, at: IssueContext): void {
  if (report !== undefined) at.inside('report').addIssue('is not accepted here; the cost is always returned');
}

/**
 * Sends a message. The gateway accepts an identical request only once a minute. The gateway does not document which
 * requests count as identical. It may accept two requests that differ only in the id, so pass an id of your own and use
 * the same id when you retry.
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
