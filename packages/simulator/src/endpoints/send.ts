import { type RoutedMessage, routeMessages, isVirtual, isWrongNumber } from '../sending/route.ts';
import type { ResponseBody } from '../wire/response.ts';
import type { RequestContext } from '../state/request-context.ts';
import { dispatch } from '../sending/dispatch.ts';
import { fingerprint } from '../state/fingerprint.ts';
import { canAfford } from '../state/turnover.ts';
import { writeAmount } from '../pricing/money.ts';
import { networkOf } from '../pricing/networks.ts';
import { isDenied, readOrder } from '../sending/read-order.ts';
import { errorResponse } from '../wire/errors.ts';
import { type SentRow, sentAnswer } from './sent-answer.ts';
import { confirmationCode, codeWord } from '../pricing/speech.ts';

/** The rows that `op=1` or `err=1` add. Of a cost nothing has a state yet: left empty, which is assumed. */
function rowsOf(all: readonly RoutedMessage[], call: RequestContext, sends: boolean): readonly SentRow[] {
  const { values } = call.parameters;
  // The form of `err=1` is not documented: taken to be that of `op=1`, with the wrong numbers only (inferred).
  const shown =
    values.get('op') === '1' ? all : values.get('err') === '1' ? all.filter(({ refused }) => refused) : [];
  return shown.map(({ outgoing, phone, cost, refused }) => {
    const { mcc, mnc } = networkOf(phone);
    const charged = refused === undefined && !isVirtual(call, outgoing);
    return {
      phone,
      mccmnc: mcc + mnc,
      cost: charged ? writeAmount(cost) : '',
      status: refused ? String(refused.status) : sends ? '-1' : '',
      error: refused ? String(refused.err) : '',
    };
  });
}

/** `send.php`: checks a request step by step, then takes the money and the messages, or tells the cost. */
export function send(call: RequestContext): ResponseBody {
  const { account, parameters, instant } = call;
  const { values } = parameters;
  const order = readOrder(call);
  if ('refused' in order) return order.refused;
  const { texts, times } = order;

  const cost = values.get('cost') ?? '';
  const sends = cost !== '1';
  const repeats = sends ? account.windows.sends : account.windows.costs;
  const print = fingerprint(parameters);
  if (repeats.full(print, instant)) return errorResponse('duplicate');

  // From here on a refusal has an id, and uses it up (recorded for error 7).
  const given = values.get('id') ?? '';
  const takeId = (): string => (given === '' || given === '0' ? String(account.nextMessageId++) : given);
  if (texts.some((letter) => isDenied(letter, call))) return errorResponse('denied', takeId());
  const all = routeMessages(texts, call, sends ? 'message' : 'cost');
  const accepted = all.filter(({ refused }) => !refused);
  if (accepted.length === 0) return errorResponse(all.every(isWrongNumber) ? 'number' : 'route', takeId());
  const total = accepted.reduce((sum, each) => sum + each.cost, 0n);
  const count = accepted.reduce((sum, { outgoing }) => sum + outgoing.parts, 0);
  const rows = rowsOf(all, call, sends);
  if (!sends) {
    repeats.record(print, instant);
    return sentAnswer({
      id: undefined,
      count,
      cost: writeAmount(total),
      balance: undefined,
      code: undefined,
      rows,
    });
  }

  if (!canAfford(account.wallet, total)) return errorResponse('money', takeId());
  repeats.record(print, instant);
  const dictates = texts.some((letter) => letter.kind === 'call' && letter.text === codeWord);
  const id = takeId();
  dispatch(all, id, times, call);
  return sentAnswer({
    id,
    count,
    cost: cost === '2' || cost === '3' ? writeAmount(total) : undefined,
    balance: cost === '3' ? writeAmount(account.wallet.balance) : undefined,
    code: dictates ? confirmationCode(id) : undefined,
    rows,
  });
}
