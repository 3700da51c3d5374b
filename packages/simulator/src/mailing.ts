import { address } from './addressed.ts';
import type { Call } from './call.ts';
import { dispatch } from './dispatch.ts';
import type { Fate } from './fates.ts';
import { affords } from './ledger.ts';
import { isDenied, type Order } from './order.ts';
import { nextRun, type Repeat } from './repeat.ts';

/** How far a mailing has come. */
export type MailingState = 'waiting' | 'sent' | 'cancelled';

/** A mailing that sends itself. */
export interface Mailing {
  readonly id: string;
  readonly name: string;
  readonly isMail: boolean;
  /** As it was asked for, template and all. */
  readonly call: Call;
  readonly order: Order;
  readonly repeat: Repeat;
  /** How often it may still be repeated. */
  repeatsLeft: number;
  /** Hours from UTC. */
  readonly zone: number;
  /** When it is sent first. */
  readonly first: number;
  /** When it is sent next; of one that is through, when it was sent last. */
  due: number;
  /** How often it was sent. */
  runs: number;
  /** Messages that it has sent. */
  count: number;
  /** What it has cost, in millionths. */
  cost: bigint;
  state: MailingState;
}

/** Insufficient funds. That messages of a mailing without money end so, all of them, is assumed. */
const noMoney: Fate = { status: 24, err: 0 };

/** Sends a mailing by the same rules as a message: to whom its groups hold now, at the prices and from the balance of now. */
function carryOut(mailing: Mailing, instant: number): void {
  const call: Call = { ...mailing.call, instant };
  const { letters, times } = mailing.order;
  if (letters.some((letter) => isDenied(letter, call))) return;
  const all = address(letters, call, 'mailing');
  const total = all.reduce((sum, { cost }) => sum + cost, 0n);
  const paid = affords(call.account.purse, total);
  const later = mailing.due - mailing.first;
  const due = new Map([...times].map(([letter, at]) => [letter, at + later] as const));
  dispatch(paid ? all : all.map((each) => ({ ...each, cost: 0n, refused: each.refused ?? noMoney })), mailing.id, due, call);
  if (!paid) return;
  mailing.cost += total;
  mailing.count += all.filter(({ refused }) => !refused).length;
}

/** Plans the next time that a mailing is sent. A cancelled or deleted one does nothing when its time comes. */
export function planMailing(mailing: Mailing): void {
  const { house, account } = mailing.call;
  const { due } = mailing;
  house.agenda.plan(due, (at) => {
    if (mailing.state !== 'waiting' || account.mailings.get(mailing.id) !== mailing) return;
    carryOut(mailing, at);
    mailing.runs++;
    if (mailing.repeat === 'never' || mailing.repeatsLeft === 0) {
      mailing.state = 'sent';
      return;
    }
    mailing.repeatsLeft--;
    mailing.due = nextRun(mailing.repeat, { first: mailing.first, last: due, times: mailing.runs, zone: mailing.zone });
    planMailing(mailing);
  });
}
