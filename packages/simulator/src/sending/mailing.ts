import { address } from './routed-message.ts';
import type { RequestContext } from '../state/request-context.ts';
import { dispatch } from './dispatch.ts';
import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { affords } from '../state/ledger.ts';
import { isDenied } from './order.ts';
import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/request-context.ts';
import type { Mailing } from '../state/records.ts';
import { nextRun } from '../params/repeat.ts';

/** Insufficient funds. That messages of a mailing without money end so, all of them, is assumed. */
const noMoney: DeliveryOutcome = { status: 24, err: 0 };

/** Sends a mailing by the same rules as a message: to whom its groups hold now, at the prices and from the balance of now. */
function carryOut(mailing: Mailing, account: Account, house: GatewayState, instant: number): void {
  const call: RequestContext = { house, account, parameters: mailing.parameters, instant };
  const { letters, times } = mailing.order;
  if (letters.some((letter) => isDenied(letter, call))) return;
  const all = address(letters, call, 'mailing');
  const total = all.reduce((sum, { cost }) => sum + cost, 0n);
  const paid = affords(call.account.purse, total);
  const later = mailing.due - mailing.first;
  const due = new Map([...times].map(([letter, at]) => [letter, at + later] as const));
  dispatch(
    paid ? all : all.map((each) => ({ ...each, cost: 0n, refused: each.refused ?? noMoney })),
    mailing.id,
    due,
    call,
  );
  if (!paid) return;
  mailing.cost += total;
  mailing.count += all.filter(({ refused }) => !refused).length;
}

/** Plans the next time that a mailing is sent. A cancelled or deleted one does nothing when its time comes. */
export function planMailing(mailing: Mailing, account: Account, house: GatewayState): void {
  const { due } = mailing;
  house.scheduler.plan(due, (at) => {
    if (mailing.state !== 'waiting' || account.mailings.get(mailing.id) !== mailing) return;
    carryOut(mailing, account, house, at);
    mailing.runs++;
    if (mailing.repeat === 'never' || mailing.repeatsLeft === 0) {
      mailing.state = 'sent';
      return;
    }
    mailing.repeatsLeft--;
    mailing.due = nextRun(mailing.repeat, {
      first: mailing.first,
      last: due,
      times: mailing.runs,
      zone: mailing.zone,
    });
    planMailing(mailing, account, house);
  });
}
