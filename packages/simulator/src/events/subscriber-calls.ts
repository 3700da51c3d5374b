import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import { toSeconds } from '../wire/dates.ts';

/** Numbers that subscribers call and write to. Made up. */
export const serviceNumbers = ['380440000010', '380440000011'] as const;

/** Receives a call. If the account waits for the call, queues a webhook and returns true. */
export function receiveCall(account: Account, phone: string, { pushes }: GatewayState, at: number): boolean {
  if (!account.awaitedCallers.delete(phone)) return false;
  const ts = String(toSeconds(at));
  pushes.add(account, { event: 'call', fields: { phone, waitcall: '1', ts }, signed: [phone, ts] }, at);
  return true;
}
