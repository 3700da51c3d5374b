import { asIs } from '../params/as-is.ts';
import { checkPattern } from '../params/choice.ts';
import { whole } from '../params/number.ts';
import { record, type RecordId } from '../params/record.ts';
import { jsonFormat } from '../replies/json.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Operation } from '../core/operation.ts';
import { readExtra, readOptionalText, readRows, readText } from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';

/** Most messages of one page. Source: the gateway's page for incoming messages. */
export const maxIncomingPage = 10_000;

/** Which messages. */
export interface IncomingInput {
  /** How many at most: 1 to 10000. Default: the gateway's. */
  readonly count?: number | undefined;
  /** Of how many hours back: 1 to 168. Default: the gateway's. */
  readonly hours?: number | undefined;
  /** Those behind the message of this id. */
  readonly after?: RecordId | undefined;
  /** Only those that came to this number of yours. */
  readonly to?: string | undefined;
}

/** A message that somebody has sent to you. Its members come from third parties. */
export interface IncomingMessage {
  /** The gateway's number for it: what `after` takes. */
  readonly id: string;
  /** Who wrote. */
  readonly from: string | undefined;
  /** The number that it came to. */
  readonly to: string | undefined;
  readonly text: string | undefined;
  /** When the gateway got it, `DD.MM.YYYY hh:mm:ss` in the account's time zone. */
  readonly receivedAtLocal: string | undefined;
  /** When it was sent, in the same form. */
  readonly sentAtLocal: string | undefined;
  /** Members of the answer that are not known here. */
  readonly extra: JsonObject;
}

/**
 * Messages that came in, one page of them; nothing is an empty list. For all of them, page by page, there is
 * `eachOfIncoming`.
 */
export const incoming: Operation<IncomingInput, readonly IncomingMessage[], 'reads'> = {
  name: 'incoming',
  path: 'sys/get.php',
  effect: 'reads',
  fields: {
    count: /* @__PURE__ */ whole('cnt', 1, maxIncomingPage),
    hours: /* @__PURE__ */ whole('hour', 1, 168, ' hours'),
    after: /* @__PURE__ */ record('after_id'),
    // Numbers that messages come to can be short.
    to: /* @__PURE__ */ asIs<string>('to_phone', (value, at) =>
      checkPattern(/^\+?\d{3,15}$/, 'a number of 3 to 15 digits')(value, at),
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
