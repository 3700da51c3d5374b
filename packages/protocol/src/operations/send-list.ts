import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { checkRawBreaks } from '../params/list.ts';
import { isWallClock } from '../params/time.ts';
import type { Operation } from '../core/operation.ts';
import { sendErrors } from '../tables/errors.ts';
import {
  checkListKind,
  type CostListInputOf,
  entries,
  type ListKind,
  type SendListInputOf,
} from './kinds.ts';
import {
  checkNoReport,
  type Quote,
  quoteLayout,
  readQuote,
  readSent,
  type Sent,
  sentLayout,
} from './send.ts';
import { listFields } from './send-fields.ts';

/** Kind that has to be set in the input, because it is not the default. */
type NamedListKind = Exclude<ListKind, 'sms'>;

/** List of messages, each with its own text, sent in one request. */
export type SendListInput =
  { [K in NamedListKind]: SendListInputOf<K> }[NamedListKind] | SendListInputOf<'sms'>;

/** Input of `costList`: the input of `sendList` without `report`. */
export type CostListInput =
  { [K in NamedListKind]: CostListInputOf<K> }[NamedListKind] | CostListInputOf<'sms'>;

/** Checks a list by the rules of its kind, and each message in it. */
export function checkList(input: UnknownRecord, at: IssueContext): void {
  const list = entries(input);
  checkListKind(input, list, at);
  for (const [index, entry] of list) {
    const entryAt = at.inside(`messages[${index}]`);
    if (input['lineBreaks'] === 'raw') checkRawBreaks(entry, entryAt);
    // A message can have its own time zone only if `sendAt` is a local time. Source: the gateway's page.
    if (entry['utcOffset'] !== undefined && !isWallClock(input['sendAt']))
      entryAt.inside('utcOffset').addIssue('requires sendAt: { at, utcOffset } or { local }');
  }
}

/**
 * Sends a list of messages in one request. All messages get the same id. The gateway accepts an identical request only
 * once a minute.
 *
 * @example
 * ```ts
 * const sent = await smsc.call(sendList, {
 *   messages: [
 *     { to: '380501234567', text: 'Olena, your code is 4821' },
 *     { to: '380671234567', text: 'Taras, your code is 4822' },
 *   ],
 * });
 * ```
 */
export const sendList: Operation<SendListInput, Sent, 'spends'> = {
  name: 'sendList',
  path: 'sys/send.php',
  restPath: 'rest/send/',
  effect: 'spends',
  fields: listFields,
  defaults: { report: 'cost' },
  rules: checkList,
  errors: sendErrors,
  layout: sentLayout,
  result: readSent,
};

/**
 * Returns the cost of a list of messages. Nothing is sent.
 *
 * @example
 * ```ts
 * const { cost: price } = await smsc.call(costList, { messages: [{ to: '380501234567', text: 'Hello' }] });
 * ```
 */
export const costList: Operation<CostListInput, Quote, 'reads'> = {
  name: 'costList',
  path: 'sys/send.php',
  restPath: 'rest/send/',
  effect: 'reads',
  fields: listFields,
  constants: { cost: 1 },
  rules: (input, at) => {
    checkList(input, at);
    checkNoReport(input, at);
  },
  errors: sendErrors,
  layout: quoteLayout,
  result: readQuote,
};
