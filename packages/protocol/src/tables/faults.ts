/**
 * Part of a rejected request that has to change before it can succeed.
 *
 * - `account`: the credentials, the balance or the IP address of the sender (errors 2, 3 and 4).
 * - `message`: the text, the sender name or the recipient (errors 6, 7 and 8).
 * - `request`: a parameter or a date (errors 1 and 5).
 * - `limit`: nothing. Wait a minute, and check first that no identical message was accepted (error 9).
 * - `unknown`: the error number has no documented meaning.
 */
export type Fault = 'account' | 'message' | 'request' | 'limit' | 'unknown';

const commonFaults: Readonly<Record<number, Fault>> = {
  1: 'request',
  2: 'account',
  4: 'account',
  9: 'limit',
};
const messageFaults: Readonly<Record<number, Fault>> = {
  3: 'account',
  5: 'request',
  6: 'message',
  7: 'message',
  8: 'message',
};

/**
 * Returns the fault of a rejected request.
 *
 * @param code error number of the gateway
 * @param isMessage true for `send.php`. Other endpoints give 3 and 5 to 8 other meanings, so these are `unknown` there
 */
export function faultOf(code: number, isMessage: boolean): Fault {
  const faults = isMessage ? { ...commonFaults, ...messageFaults } : commonFaults;
  return Object.hasOwn(faults, code) ? faults[code]! : 'unknown';
}
