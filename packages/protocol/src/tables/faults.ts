/**
 * What has to change before a refused request can succeed.
 *
 * - `account`: the credentials, the balance, or the address that asks (errors 2, 3 and 4).
 * - `message`: its text, its sender, or the recipient (errors 6, 7 and 8).
 * - `request`: a parameter or a date (errors 1 and 5).
 * - `limit`: nothing; wait a minute, and check first whether an equal message was accepted (error 9).
 * - `unknown`: the number has no documented meaning.
 */
export type Fault = 'account' | 'message' | 'request' | 'limit' | 'unknown';

const everywhere: Readonly<Record<number, Fault>> = { 1: 'request', 2: 'account', 4: 'account', 9: 'limit' };
const ofMessages: Readonly<Record<number, Fault>> = {
  3: 'account',
  5: 'request',
  6: 'message',
  7: 'message',
  8: 'message',
};

/**
 * Returns what is at fault when the gateway refuses.
 *
 * @param code the gateway's error number
 * @param isMessage true for `send.php`. Elsewhere 3 and 5 to 8 have other meanings, and are `unknown`
 */
export function faultOf(code: number, isMessage: boolean): Fault {
  const faults = isMessage ? { ...everywhere, ...ofMessages } : everywhere;
  return Object.hasOwn(faults, code) ? faults[code]! : 'unknown';
}
