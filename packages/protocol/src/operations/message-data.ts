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

/** Everything that the gateway keeps of a message. What it did not say is `undefined`. */
export interface MessageData extends Status {
  /** The number that it went to, or the address. */
  readonly phone: string | undefined;
  /** The text, without its comment. */
  readonly text: string | undefined;
  /** The note for your own history. Source: third parties. */
  readonly comment: string | undefined;
  /** What the phone showed as the sender; `HLR` for HLR requests. */
  readonly sender: string | undefined;
  /** What it has cost, as an exact decimal. */
  readonly cost: string | undefined;
  /** Parts, or seconds of a call. Source: the gateway's page for SOAP, and third parties. */
  readonly parts: number | undefined;
  /** Time at which the message was submitted. */
  readonly sentAt: Date | undefined;
  /** The same as the gateway writes it, `DD.MM.YYYY hh:mm:ss` in the account's time zone. */
  readonly sentAtLocal: string | undefined;
  /** The state in the gateway's own words and language. */
  readonly stateName: string | undefined;
  /** What sort of message it was, where its number is known. Source: third parties. */
  readonly kind: Kind | undefined;
  /** The number of that sort, as it came. */
  readonly type: number | undefined;
  /** Bits about the message; see the gateway's pages. Source: third parties. */
  readonly flags: number | undefined;
  /** Country and operator of the number as digits, such as `25503`. Source: third parties. */
  readonly mccMnc: string | undefined;
}

/** The same with where the number belongs. */
export interface MessageDataWithOperator extends MessageData {
  readonly country: string | undefined;
  readonly operator: string | undefined;
  readonly region: string | undefined;
  /** The operator by the number's prefix, before it was ported. Source: third parties. */
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

/** Reads everything about a message. `further`: members that the caller reads itself. */
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

/** Everything about one message: text, sender, cost, times. */
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

/** Everything about one message, and country, operator and region of its number. */
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
