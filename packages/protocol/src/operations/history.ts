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

/** Most messages of one page. Source: the gateway's page for outgoing messages. */
export const maxHistoryPage = 1000;

/** Which messages. The newest come first. */
export interface HistoryInput {
  /** The first day. At most six months before `to`. */
  readonly from?: Day | undefined;
  /** The last day. */
  readonly to?: Day | undefined;
  /** Only to these numbers. */
  readonly phone?: Addresses | undefined;
  /** Only to these addresses. */
  readonly email?: Addresses | undefined;
  /** Messages, or e-mails. Default: messages. */
  readonly of?: 'messages' | 'emails' | undefined;
  /** How many at most: 1 to 1000. Default: the gateway's. */
  readonly count?: number | undefined;
  /** The page before the message of this `serverId`. */
  readonly before?: RecordId | undefined;
}

/** A message that was sent. */
export interface HistoryMessage extends MessageDataWithOperator {
  /** The id that it was sent with. */
  readonly id: string;
  /** The gateway's own number for it, unlike any other: what `before` takes. Absent only in what third parties had long ago. */
  readonly serverId: string | undefined;
  /** 32 bits that are presumably a checksum of the text (inferred). */
  readonly checksum: string | undefined;
}

/**
 * Messages that were sent, one page of them; nothing is an empty list. For all of them, page by page, there is
 * `eachOfHistory`. The members but for the first six come from a third party's recording.
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
    of: /* @__PURE__ */ choice<'messages' | 'emails'>('format', { messages: 0, emails: 8 }),
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
