import { isVirtual, isWrongNumber, routeMessages, type RoutedMessage } from '../sending/route.ts';
import type { ResponseBody } from '../wire/response.ts';
import type { Endpoint } from './endpoint.ts';
import type { RequestContext } from '../state/request-context.ts';
import { dispatch } from '../sending/dispatch.ts';
import { fingerprint } from '../state/fingerprint.ts';
import { canAfford } from '../state/turnover.ts';
import { writeAmount } from '../pricing/money.ts';
import { networkOf } from '../pricing/networks.ts';
import { isDenied, prepareSend } from '../sending/prepare-send.ts';
import type { PreparedSend } from '../state/outgoing-text.ts';
import { errorResponse } from '../wire/errors.ts';
import { type RecipientRow, sendResponse } from './send-response.ts';
import { codeWord, confirmationCode } from '../pricing/speech.ts';

/** Selects the recipients that the response lists: all with `op=1`, the refused ones with `err=1`. */
function listedMessages(
  messages: readonly RoutedMessage[],
  { request }: PreparedSend,
): readonly RoutedMessage[] {
  if (request.op) return messages;
  // The layout for `err=1` is not documented. Inferred: it is the same as for `op=1`.
  return request.err ? messages.filter(({ refused }) => refused) : [];
}

/** Creates the row of a recipient. Assumption: the response to a cost request has no status for an accepted recipient. */
function rowOf(
  { outgoing, phone, cost, refused }: RoutedMessage,
  { account }: RequestContext,
  statusOfSent: string,
): RecipientRow {
  const { mcc, mnc } = networkOf(phone);
  const isCharged = refused === undefined && !isVirtual(account, outgoing.kind);
  return {
    phone,
    mccmnc: mcc + mnc,
    cost: isCharged ? writeAmount(cost) : '',
    status: refused ? String(refused.status) : statusOfSent,
    error: refused ? String(refused.err) : '',
  };
}

/** Request whose recipients have been routed. */
interface RoutedSend {
  readonly prepared: PreparedSend;
  readonly messages: readonly RoutedMessage[];
  /** Number of SMS, or seconds of calls, of all accepted messages. */
  readonly count: number;
  /** Cost of all accepted messages, in millionths. */
  readonly total: bigint;
}

/** Routes the recipients. Returns the name of an error if nothing can be sent. */
function routeSend(
  prepared: PreparedSend,
  context: RequestContext,
): RoutedSend | 'messageDenied' | 'invalidNumber' | 'noRoute' {
  if (prepared.texts.some((text) => isDenied(text, context.account))) return 'messageDenied';
  const messages = routeMessages(prepared.texts, context, prepared.request.cost === 1 ? 'cost' : 'message');
  const accepted = messages.filter(({ refused }) => !refused);
  if (accepted.length === 0) return messages.every(isWrongNumber) ? 'invalidNumber' : 'noRoute';
  return {
    prepared,
    messages,
    count: accepted.reduce((sum, { outgoing }) => sum + outgoing.parts, 0),
    total: accepted.reduce((sum, { cost }) => sum + cost, 0n),
  };
}

/** Responds to a request for the cost, `cost=1`. */
function respondWithCost(
  { prepared, messages, count, total }: RoutedSend,
  context: RequestContext,
): ResponseBody {
  return sendResponse({
    id: undefined,
    count,
    cost: writeAmount(total),
    balance: undefined,
    code: undefined,
    rows: listedMessages(messages, prepared).map((message) => rowOf(message, context, '')),
  });
}

/** Sends the messages of a request. */
function sendRouted(
  { prepared, messages, count, total }: RoutedSend,
  id: string,
  context: RequestContext,
): ResponseBody {
  const { request, texts } = prepared;
  const rows = listedMessages(messages, prepared).map((message) => rowOf(message, context, '-1'));
  dispatch(messages, id, prepared, context);
  const dictatesCode = texts.some(({ kind, text }) => kind === 'call' && text === codeWord);
  return sendResponse({
    id,
    count,
    cost: request.cost > 1 ? writeAmount(total) : undefined,
    balance: request.cost === 3 ? writeAmount(context.account.wallet.balance) : undefined,
    code: dictatesCode ? confirmationCode(id) : undefined,
    rows,
  });
}

/** Checks a request, then sends its messages or computes their cost. */
function respond(context: RequestContext): ResponseBody {
  const { account, parameters, instant } = context;
  const prepared = prepareSend(context);
  if ('refused' in prepared) return prepared.refused;
  const { request } = prepared;

  const isCost = request.cost === 1;
  const window = isCost ? account.windows.costs : account.windows.sends;
  const key = fingerprint(parameters);
  if (window.isFull(key, instant)) return errorResponse('duplicate');

  // From here on, each error response contains a message id. No later message gets the same id. Recorded for error 7.
  const takeId = (): string => request.id ?? String(account.nextMessageId++);
  const routed = routeSend(prepared, context);
  if (typeof routed === 'string') return errorResponse(routed, takeId());
  if (!isCost && !canAfford(account.wallet, routed.total))
    return errorResponse('insufficientFunds', takeId());
  window.record(key, instant);
  return isCost ? respondWithCost(routed, context) : sendRouted(routed, takeId(), context);
}

/** `send.php`: sends messages, or computes their cost. */
export const send: Endpoint = { path: '/sys/send.php', respond };

/**
 * `rest/send/`: like `send.php`, but with a JSON body. The response is JSON even if `fmt` is absent. Source: third party.
 */
export const sendJson: Endpoint = { path: '/rest/send/', methods: ['POST'], json: true, respond };
