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

/** Messages to look up, each with its id and its recipient. At least one. */
export interface StatusesInput {
  /** Ids and recipients. */
  readonly messages: readonly StatusInput[];
}

/** State of one of several messages. */
export interface StatusOfMany extends Status {
  /** Id of the message. */
  readonly id: string;
  /** Phone number of the recipient. */
  readonly phone: string | undefined;
}

/**
 * Writes ids and recipients as two lists in the same order. Because of the comma at the end, the gateway also reads a
 * single message as a list.
 */
const messages: Field<readonly StatusInput[]> = {
  params: ['phone', 'id'],
  check: (value, at) =>
    checkEach(value, at, (message, messageAt) =>
      checkShape(message, messageAt, { id: id.check, phone: address.check }),
    ),
  encode: (value, _input, { recipients }) => ({
    phone: `${value.map(({ phone }) => joinRecipients(phone, recipients)).join()},`,
    id: `${value.map((message) => message.id).join()},`,
  }),
};

/**
 * Returns the states of several messages in one request.
 *
 * @example
 * ```ts
 * const rows = await smsc.call(statuses, {
 *   messages: [
 *     { id: 'order-4821', phone: '380501234567' },
 *     { id: 'order-4822', phone: '380671234567' },
 *   ],
 * });
 * ```
 */
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
