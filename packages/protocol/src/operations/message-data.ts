import { address } from '../params/address.ts';
import { id } from '../params/id.ts';
import { needed } from '../params/needed.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import {
  readObject,
  readOptionalAmount,
  readOptionalInstant,
  readOptionalNumber,
  readOptionalText,
} from '../core/read.ts';
import { statusErrors } from '../tables/errors.ts';
import { messageTypes } from '../tables/message-types.ts';
import type { Kind } from './kinds.ts';
import { readStatus, type Status, type StatusInput, statusMembers } from './status.ts';

/** Stored data of a message. A member that the gateway did not send is `undefined`. */
export interface MessageData extends Status {
  /** Phone number or e-mail address of the recipient. */
  readonly phone: string | undefined;
  /** Text without the comment. */
  readonly text: string | undefined;
  /** Your own note on the message. Source: third parties. */
  readonly comment: string | undefined;
  /** Sender that the phone shows; `HLR` for HLR requests. */
  readonly sender: string | undefined;
  /** Cost of the message, as an exact decimal. */
  readonly cost: string | undefined;
  /** Number of parts; for a call, the duration in seconds. Source: the gateway's page for SOAP, and third parties. */
  readonly parts: number | undefined;
  /** Time at which the message was submitted. */
  readonly sentAt: Date | undefined;
  /** Time of `sentAt` in the gateway's notation: `DD.MM.YYYY hh:mm:ss` in the time zone of the account. */
  readonly sentAtLocal: string | undefined;
  /** Name of the state, in the gateway's own words and language. */
  readonly stateName: string | undefined;
  /** Kind of the message, if the number in `type` is known. Source: third parties. */
  readonly kind: Kind | undefined;
  /** Number of the kind as the gateway sent it. */
  readonly type: number | undefined;
  /** Bit flags of the message; see the gateway's pages. Source: third parties. */
  readonly flags: number | undefined;
  /** Mobile country and network code of the number, such as `25503`. Source: third parties. */
  readonly mccMnc: string | undefined;
}

/** Stored data of a message, with country, operator and region of its number. */
export interface MessageDataWithOperator extends MessageData {
  /** Country of the number. */
  readonly country: string | undefined;
  /** Operator that serves the number now. */
  readonly operator: string | undefined;
  /** Region of the number. */
  readonly region: string | undefined;
  /**
   * Operator to which the prefix of the number belongs. Differs from `operator` if the number was ported. Source: third
   * parties.
   */
  readonly originalOperator: string | undefined;
}

const members: readonly string[] = /* @__PURE__ */ statusMembers.concat(
  'phone',
  'message',
  'comment',
  'sender_id',
  'cost',
  'sms_cnt',
  'send_timestamp',
  'send_date',
  'status_name',
  'type',
  'flag',
  'mccmnc',
);
const operatorMembers: readonly string[] = /* @__PURE__ */ members.concat(
  'country',
  'operator',
  'region',
  'operator_orig',
);

const readData = (object: JsonObject, known: readonly string[]): MessageData => {
  const type = readOptionalNumber(object, 'type');
  return {
    ...readStatus(object, known),
    phone: readOptionalText(object, 'phone'),
    text: readOptionalText(object, 'message'),
    comment: readOptionalText(object, 'comment'),
    sender: readOptionalText(object, 'sender_id'),
    cost: readOptionalAmount(object, 'cost'),
    parts: readOptionalNumber(object, 'sms_cnt'),
    sentAt: readOptionalInstant(object, 'send_timestamp'),
    sentAtLocal: readOptionalText(object, 'send_date'),
    stateName: readOptionalText(object, 'status_name'),
    kind: (messageTypes as Readonly<Record<number, Kind>>)[type ?? -1],
    type,
    flags: readOptionalNumber(object, 'flag'),
    mccMnc: readOptionalText(object, 'mccmnc'),
  };
};

/**
 * Reads the stored data of a message, with country, operator and region.
 *
 * @param further members to leave out of `extra`, because the caller reads them
 */
export const readDataWithOperator = (
  object: JsonObject,
  further: readonly string[] = [],
): MessageDataWithOperator => ({
  ...readData(object, [...operatorMembers, ...further]),
  country: readOptionalText(object, 'country'),
  operator: readOptionalText(object, 'operator'),
  region: readOptionalText(object, 'region'),
  originalOperator: readOptionalText(object, 'operator_orig'),
});

/**
 * Returns the stored data of one message: text, sender, cost and times.
 *
 * @example
 * ```ts
 * const { text, cost: price, sentAt } = await smsc.call(messageData, { id: 'order-4821', phone: '380501234567' });
 * ```
 */
export const messageData: Operation<StatusInput, MessageData, 'reads'> = {
  name: 'messageData',
  path: 'sys/status.php',
  effect: 'reads',
  fields: { id, phone: address },
  constants: { all: 1 },
  rules: /* @__PURE__ */ needed('id', 'phone'),
  errors: statusErrors,
  format: jsonFormat,
  result: (reply) => readData(readObject(reply), members),
};

/**
 * Returns the stored data of one message, with country, operator and region of its number.
 *
 * @example
 * ```ts
 * const { operator, region } = await smsc.call(messageDataWithOperator, { id: 'order-4821', phone: '380501234567' });
 * ```
 */
export const messageDataWithOperator: Operation<StatusInput, MessageDataWithOperator, 'reads'> = {
  name: 'messageDataWithOperator',
  path: 'sys/status.php',
  effect: 'reads',
  fields: { id, phone: address },
  constants: { all: 2 },
  rules: /* @__PURE__ */ needed('id', 'phone'),
  errors: statusErrors,
  format: jsonFormat,
  result: (reply) => readDataWithOperator(readObject(reply)),
};
