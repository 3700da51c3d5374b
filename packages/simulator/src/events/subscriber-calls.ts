import type { Account } from '../state/account.ts';
import type { GatewayState } from '../state/request-context.ts';
import { toSeconds } from '../wire/dates.ts';

/** Numbers that subscribers call. Made up. */
export const serviceNumbers: readonly string[] = ['380440000010', '380440000011'];

/** A call from a number that an account waits for: its handler is told. Says whether the account has waited. */
export function receiveCall(account: Account, phone: string, { pushes }: GatewayState, at: number): boolean {
  if (!account.awaitedCallers.delete(phone)) return false;
  const ts = String(toSeconds(at));
  pushes.add(account, { event: 'call', fields: { phone, waitcall: '1', ts }, signed: [phone, ts] }, at);
  return true;
}
