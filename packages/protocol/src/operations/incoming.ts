import { asIs } from '../params/as-is.ts';
import { checkPattern } from '../params/choice.ts';
import { whole } from '../params/number.ts';
import { record, type RecordId } from '../params/record.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readOptionalText, readRows, readText } from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';

/** Maximum number of messages on one page. Source: the gateway's page for incoming messages. */
const maxIncomingPage = 10_000;

/** Filter and page of the incoming messages. */
export interface IncomingInput {
  /** Maximum number of messages, 1 to 10000. Default: chosen by the gateway. */
  readonly count?: number | undefined;
  /** Maximum age of the messages, in whole hours, 1 to 168. Default: chosen by the gateway. */
  readonly hours?: number | undefined;
  /** Only messages after the message with this id. */
  readonly after?: RecordId | undefined;
  /** Only messages to this number of your account. */
  readonly to?: string | undefined;
}

/** Message from a subscriber. Source of its members: third parties. */
export interface IncomingMessage {
  /** Id of the message in the gateway. The filter `after` accepts it. */
  readonly id: string;
  /** Phone number of the sender. */
  readonly from: string | undefined;
  /** Number of your account that received the message. */
  readonly to: string | undefined;
  /** Text of the message. */
  readonly text: string | undefined;
  /** Time of arrival at the gateway, `DD.MM.YYYY hh:mm:ss` in the time zone of the account. */
  readonly receivedAtLocal: string | undefined;
  /** Time of sending, in the format of `receivedAtLocal`. */
  readonly sentAtLocal: string | undefined;
  /** Other members of the response, unchanged. */
  readonly extra: JsonObject;
}

/**
 * Returns one page of the incoming messages. The list is empty if there are none. `iterateIncoming` reads all pages.
 *
 * @example
 * ```ts
 * const replies = await smsc.call(incoming, { hours: 24 });
 * ```
 */
export const incoming: Operation<IncomingInput, readonly IncomingMessage[], 'reads'> = {
  name: 'incoming',
  path: 'sys/get.php',
  effect: 'reads',
  fields: {
    count: /* @__PURE__ */ whole('cnt', 1, maxIncomingPage),
    hours: /* @__PURE__ */ whole('hour', 1, 168, ' hours'),
    after: /* @__PURE__ */ record('after_id'),
    // Accepts three digits too, because a receiving number can be a short code.
    to: /* @__PURE__ */ asIs<string>('to_phone', (value, at) =>
      checkPattern(/^\+?\d{3,15}$/, 'a phone number as text (3 to 15 digits)')(value, at),
    ),
  },
  constants: { get_answers: 1 },
  errors: dataErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      id: readText(row, 'id'),
      from: readOptionalText(row, 'phone'),
      to: readOptionalText(row, 'to_phone'),
      text: readOptionalText(row, 'message'),
      receivedAtLocal: readOptionalText(row, 'received'),
      sentAtLocal: readOptionalText(row, 'sent'),
      extra: readExtra(row, ['id', 'phone', 'to_phone', 'message', 'received', 'sent']),
    })),
};
