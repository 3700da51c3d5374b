import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/request-context.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';
import { type Message, type MessageState, stateOf } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';
import { hlrMembers } from './hlr.ts';

/** The fields of a push of a state. Which there are is third party; that `err` is there without an error too is assumed. */
function fieldsOf(
  message: Message,
  state: MessageState,
  utcOffset: number,
): Readonly<Record<string, string>> {
  const { mcc, mnc } = networkOf(message.phone);
  const found = message.kind === 'hlr' ? hlrMembers(message, state) : [];
  return {
    id: message.id,
    phone: message.phone,
    status: String(state.status),
    time: writeDate(state.changedAt, utcOffset),
    ts: String(toSeconds(state.changedAt)),
    err: String(state.err),
    cnt: String(message.parts),
    type: String(message.type),
    flag: String(message.type),
    cost: message.cost,
    sender: message.sender,
    mccmnc: mcc + mnc,
    ...Object.fromEntries(found.map(([name, value]) => [name, String(value)])),
  };
}

/** Tells the handler of an account what state a message has come to. */
export function reportState(
  message: Message,
  account: Account,
  { pushes, delivery }: GatewayState,
  at: number,
): void {
  if (!account.push?.statuses) return;
  const state = stateOf(message, delivery, at);
  const { id, phone } = message;
  const event = message.kind === 'hlr' ? 'hlr' : 'status';
  pushes.add(
    account,
    { event, fields: fieldsOf(message, state, account.utcOffset), signed: [id, phone, String(state.status)] },
    at,
  );
}

/**
 * Plans the reports of a message: «after each status receipt», says the gateway's page. That the hand-over to the operator
 * is one is assumed, and so is that what is refused at once is reported at once.
 */
export function scheduleReports(message: Message, account: Account, house: GatewayState): void {
  if (!account.push?.statuses) return;
  const plan = (at: number): void =>
    house.scheduler.schedule(at, () => reportState(message, account, house, at));
  if (message.refused) {
    plan(message.acceptedAt);
    return;
  }
  const passed = stateOf(message, house.delivery, message.startsAt + house.delivery.toOperatorMs);
  plan(passed.changedAt);
  plan(stateOf(message, house.delivery, Number.MAX_VALUE).changedAt);
}
