import { type RoutedMessage, address, isVirtual, isWrongNumber } from '../sending/routed-message.ts';
import type { Answer } from '../wire/answer.ts';
import type { RequestContext } from '../state/request-context.ts';
import { dispatch } from '../sending/dispatch.ts';
import { fingerprint } from '../state/fingerprint.ts';
import { affords } from '../state/ledger.ts';
import { writeAmount } from '../pricing/money.ts';
import { networkOf } from '../pricing/networks.ts';
import { isDenied, readOrder } from '../sending/order.ts';
import { refuse } from '../wire/refusal.ts';
import { type SentRow, sentAnswer } from './sent-answer.ts';
import { codeOf, codeWord } from '../pricing/speech.ts';

/** The rows that `op=1` or `err=1` add. Of a cost nothing has a state yet: left empty, which is assumed. */
function rowsOf(all: readonly RoutedMessage[], call: RequestContext, sends: boolean): readonly SentRow[] {
  const { values } = call.parameters;
  // The form of `err=1` is not documented: taken to be that of `op=1`, with the wrong numbers only (inferred).
  const shown =
    values.get('op') === '1' ? all : values.get('err') === '1' ? all.filter(({ refused }) => refused) : [];
  return shown.map(({ letter, phone, cost, refused }) => {
    const { mcc, mnc } = networkOf(phone);
    const charged = refused === undefined && !isVirtual(call, letter);
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
export function send(call: RequestContext): Answer {
  const { account, parameters, instant } = call;
  const { values } = parameters;
  const order = readOrder(call);
  if ('refused' in order) return order.refused;
  const { letters, times } = order;

  const cost = values.get('cost') ?? '';
  const sends = cost !== '1';
  const repeats = sends ? account.windows.sends : account.windows.costs;
  const print = fingerprint(parameters);
  if (repeats.full(print, instant)) return refuse('duplicate');

  // From here on a refusal has an id, and uses it up (recorded for error 7).
  const given = values.get('id') ?? '';
  const takeId = (): string => (given === '' || given === '0' ? String(account.nextId++) : given);
  if (letters.some((letter) => isDenied(letter, call))) return refuse('denied', takeId());
  const all = address(letters, call, sends ? 'message' : 'cost');
  const accepted = all.filter(({ refused }) => !refused);
  if (accepted.length === 0) return refuse(all.every(isWrongNumber) ? 'number' : 'route', takeId());
  const total = accepted.reduce((sum, each) => sum + each.cost, 0n);
  const count = accepted.reduce((sum, { letter }) => sum + letter.parts, 0);
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

  if (!affords(account.purse, total)) return refuse('money', takeId());
  repeats.record(print, instant);
  const dictates = letters.some((letter) => letter.kind === 'call' && letter.text === codeWord);
  const id = takeId();
  dispatch(all, id, times, call);
  return sentAnswer({
    id,
    count,
    cost: cost === '2' || cost === '3' ? writeAmount(total) : undefined,
    balance: cost === '3' ? writeAmount(account.purse.balance) : undefined,
    code: dictates ? codeOf(id) : undefined,
    rows,
  });
}
