import { routeMessages } from './route.ts';
import type { RequestContext } from '../state/request-context.ts';
import { dispatch } from './dispatch.ts';
import type { DeliveryOutcome } from '../options/delivery-outcomes.ts';
import { canAfford } from '../state/turnover.ts';
import { isDenied } from './read-order.ts';
import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/request-context.ts';
import type { MailingJob } from '../state/records.ts';
import { nextRun } from '../params/recurrence.ts';

/** Insufficient funds. That messages of a mailing without money end so, all of them, is assumed. */
const noMoney: DeliveryOutcome = { status: 24, err: 0 };

/** Sends a mailing by the same rules as a message: to whom its groups hold now, at the prices and from the balance of now. */
function carryOut(mailing: MailingJob, account: Account, house: GatewayState, instant: number): void {
  const call: RequestContext = { gateway: house, account, parameters: mailing.parameters, instant };
  const { texts, times } = mailing.order;
  if (texts.some((letter) => isDenied(letter, call))) return;
  const all = routeMessages(texts, call, 'mailing');
  const total = all.reduce((sum, { cost }) => sum + cost, 0n);
  const paid = canAfford(call.account.wallet, total);
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
export function scheduleJob(mailing: MailingJob, account: Account, house: GatewayState): void {
  const { due } = mailing;
  house.scheduler.schedule(due, (at) => {
    if (mailing.state !== 'waiting' || account.jobs.get(mailing.id) !== mailing) return;
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
    scheduleJob(mailing, account, house);
  });
}
