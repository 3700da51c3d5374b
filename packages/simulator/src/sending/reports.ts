import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import { toSeconds, writeDate } from '../wire/dates.ts';
import { type Message, type MessageState, stateOf } from '../state/message.ts';
import { networkOf } from '../pricing/networks.ts';
import { hlrMembers } from './hlr.ts';

/** Returns the fields of a status webhook. Source: third parties. Assumption: `err` is sent even if there is no error. */
function fieldsOf(
  message: Message,
  state: MessageState,
  utcOffset: number,
): Readonly<Record<string, string>> {
  const { mcc, mnc } = networkOf(message.phone);
  const hlr = message.kind === 'hlr' ? hlrMembers(message, state) : [];
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
    ...Object.fromEntries(hlr.map(([name, value]) => [name, String(value)])),
  };
}

/** Queues a webhook with the status of a message at an instant. */
export function reportState(
  message: Message,
  account: Account,
  { pushes, delivery }: GatewayState,
  at: number,
): void {
  if (!account.push?.statuses) return;
  const state = stateOf(message, delivery, at);
  const { id, phone } = message;
  pushes.add(
    account,
    {
      event: message.kind === 'hlr' ? 'hlr' : 'status',
      fields: fieldsOf(message, state, account.utcOffset),
      signed: [id, phone, String(state.status)],
    },
    at,
  );
}

/**
 * Schedules the status webhooks of a message. The gateway's page: they are sent «after each status receipt». Assumptions:
 * «passed to the operator» is such a status, and a message that is refused immediately is reported immediately.
 */
export function scheduleReports(message: Message, account: Account, gateway: GatewayState): void {
  if (!account.push?.statuses) return;
  const report = (at: number): void =>
    gateway.scheduler.schedule(at, () => reportState(message, account, gateway, at));
  if (message.refused) {
    report(message.acceptedAt);
    return;
  }
  const { delivery } = gateway;
  report(stateOf(message, delivery, message.startsAt + delivery.toOperatorMs).changedAt);
  report(stateOf(message, delivery, Number.MAX_VALUE).changedAt);
}
