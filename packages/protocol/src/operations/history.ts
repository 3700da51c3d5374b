import { type Addresses, emails, phones } from '../params/address.ts';
import { choice } from '../params/choice.ts';
import { checkPeriod, type Day, day } from '../params/day.ts';
import { whole } from '../params/number.ts';
import { record, type RecordId } from '../params/record.ts';
import { jsonFormat } from '../replies/json.ts';
import type { Operation } from '../core/operation.ts';
import { readOptionalText, readRows, readText } from '../core/read.ts';
import { dataErrors } from '../tables/errors.ts';
import { type MessageDataWithOperator, readDataWithOperator } from './message-data.ts';

/** Maximum number of messages on one page. Source: the gateway's page for outgoing messages. */
export const maxHistoryPage = 1000;

/** Filter and page of the history. The newest messages come first. */
export interface HistoryInput {
  /** First day, `YYYY-MM-DD`. At most six months before `to`. */
  readonly from?: Day | undefined;
  /** Last day. */
  readonly to?: Day | undefined;
  /** Only messages to these phone numbers. */
  readonly phone?: Addresses | undefined;
  /** Only messages to these e-mail addresses. */
  readonly email?: Addresses | undefined;
  /** Messages to return: only e-mails, or all messages except e-mails. Default: `messages`. */
  readonly channel?: 'messages' | 'emails' | undefined;
  /** Maximum number of messages, 1 to 1000. Default: chosen by the gateway. */
  readonly count?: number | undefined;
  /** Only messages older than the message with this `serverId`. */
  readonly before?: RecordId | undefined;
}

/** Message that was sent. */
export interface HistoryMessage extends MessageDataWithOperator {
  /** Id that the message was sent with. */
  readonly id: string;
  /**
   * Unique id of the message in the gateway. The filter `before` accepts it. Missing only in old replies that third
   * parties recorded.
   */
  readonly serverId: string | undefined;
  /** 32-bit number, probably a checksum of the text (inferred). */
  readonly checksum: string | undefined;
}

/**
 * Returns one page of the messages that were sent. The list is empty if there are none. `iterateHistory` reads all
 * pages. Source of most members of the result: a recording of a third party.
 *
 * @example
 * ```ts
 * const page = await smsc.call(history, { from: '2026-03-01', to: '2026-03-31', count: 100 });
 * ```
 */
export const history: Operation<HistoryInput, readonly HistoryMessage[], 'reads'> = {
  name: 'history',
  path: 'sys/get.php',
  effect: 'reads',
  fields: {
    from: /* @__PURE__ */ day('start'),
    to: /* @__PURE__ */ day('end'),
    phone: /* @__PURE__ */ phones('phone'),
    email: /* @__PURE__ */ emails('email'),
    channel: /* @__PURE__ */ choice<'messages' | 'emails'>('format', { messages: 0, emails: 8 }),
    count: /* @__PURE__ */ whole('cnt', 1, maxHistoryPage),
    before: /* @__PURE__ */ record('prev_id'),
  },
  constants: { get_messages: 1 },
  rules: (input, at) => checkPeriod(input, at, 6),
  errors: dataErrors,
  empty: 3,
  format: jsonFormat,
  result: (reply) =>
    readRows(reply).map((row) => ({
      ...readDataWithOperator(row, ['id', 'int_id', 'crc', 'format']),
      id: readText(row, 'id'),
      serverId: readOptionalText(row, 'int_id'),
      checksum: readOptionalText(row, 'crc'),
    })),
};
