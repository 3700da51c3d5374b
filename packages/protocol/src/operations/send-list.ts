import type { Issue } from '../errors.ts';
import { complain, isObject, type Loose } from '../fields.ts';
import { checkRawBreaks } from '../format/list.ts';
import { isWallClock } from '../format/time.ts';
import type { Operation } from '../operation.ts';
import { sendErrors } from '../tables/errors.ts';
import { checkListKind, type ListKind, type SendListInputOf } from './kinds.ts';
import { checkNoReport, type Quote, quoteLayout, readQuote, readSent, type Sent, sentLayout, type WithoutReport } from './send.ts';
import { listFields } from './send-fields.ts';

/** Many messages in one request, a text for each. */
export type SendListInput = SendListInputOf<Exclude<ListKind, 'sms'>> | SendListInputOf<'sms'>;

/** The same as for sending, without `report`: the cost is the answer. */
export type CostListInput = WithoutReport<SendListInput>;

/** Zones of their own work only where `sendAt` is a date: so the gateway's page. */
const checkZones = ({ messages, sendAt }: Loose): readonly Issue[] =>
  Array.isArray(messages) && !isWallClock(sendAt)
    ? messages.flatMap((entry: unknown, at) =>
        isObject(entry) && entry['utcOffset'] !== undefined
          ? complain(`messages[${at}].utcOffset`, 'needs a sendAt of the form { at, utcOffset } or { local }')
          : [],
      )
    : [];

const rules = (input: Loose): readonly Issue[] => [...checkListKind(input), ...checkRawBreaks(input), ...checkZones(input)];

/** Sends many messages in one request. They get one id. The gateway takes one identical request a minute. */
export const sendList: Operation<SendListInput, Sent, 'spends'> = {
  name: 'sendList',
  path: 'sys/send.php',
  restPath: 'rest/send/',
  effect: 'spends',
  fields: listFields,
  rules,
  errors: sendErrors,
  layout: sentLayout,
  result: readSent,
};

/** What many messages would cost. Nothing is sent. */
export const costList: Operation<CostListInput, Quote, 'reads'> = {
  name: 'costList',
  path: 'sys/send.php',
  restPath: 'rest/send/',
  effect: 'reads',
  fields: listFields,
  constants: { cost: 1 },
  rules: (input) => [...rules(input), ...checkNoReport(input)],
  errors: sendErrors,
  layout: quoteLayout,
  result: readQuote,
};
