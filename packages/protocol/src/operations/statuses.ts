import { checkEach, checkShape } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { address } from '../params/address.ts';
import { id } from '../params/id.ts';
import { needed } from '../params/needed.ts';
import { joinRecipients } from '../params/recipients.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { readOptionalText, readRowOrRows, readText } from '../core/read.ts';
import { statusErrors } from '../tables/errors.ts';
import { readStatus, type Status, type StatusInput, statusMembers } from './status.ts';

/** Which messages. Each id stands with the number that it went to, so that the two lists cannot get out of step. */
export interface StatusesInput {
  readonly messages: readonly StatusInput[];
}

/** How far one of many messages has come. */
export interface StatusOfMany extends Status {
  /** The message's id. */
  readonly id: string;
  /** The number that it went to. */
  readonly phone: string | undefined;
}

/** Two lists of the same order. The comma at the end makes a list of one message too. */
const messages: Field<readonly StatusInput[]> = {
  params: ['phone', 'id'],
  check: (value, at) =>
    checkEach(value, at, (message, place) =>
      checkShape(message, place, { id: id.check, phone: address.check }),
    ),
  encode: (value) => ({
    phone: `${value.map(({ phone }) => joinRecipients(phone)).join()},`,
    id: `${value.map((message) => message.id).join()},`,
  }),
};

/** The states of many messages, in one request. */
export const statuses: Operation<StatusesInput, readonly StatusOfMany[], 'reads'> = {
  name: 'statuses',
  path: 'sys/status.php',
  effect: 'reads',
  fields: { messages },
  rules: /* @__PURE__ */ needed('messages'),
  errors: statusErrors,
  format: jsonFormat,
  result: (reply) =>
    readRowOrRows(reply).map((row) => ({
      ...readStatus(row, [...statusMembers, 'id', 'phone']),
      id: readText(row, 'id'),
      phone: readOptionalText(row, 'phone'),
    })),
};
