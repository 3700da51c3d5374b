/**
 * Part of a rejected request that has to change before the request can succeed.
 *
 * - `account`: the credentials, the balance or the IP address of the caller (errors 2, 3 and 4).
 * - `message`: the text, the sender name or the recipient (errors 6, 7 and 8).
 * - `request`: a parameter or a date (errors 1 and 5).
 * - `limit`: nothing has to change. Check that no identical message was accepted, and retry after a minute (error 9).
 * - `unknown`: the error number has no documented meaning.
 */
export type Fault = 'account' | 'message' | 'request' | 'limit' | 'unknown';

/** Faults by the error number of `send.php`. */
// prettier-ignore
const faults: readonly Fault[] = [
  'unknown', 'request', 'account', 'account', 'account', 'request', 'message', 'message', 'message', 'limit',
];

/**
 * Returns the fault of a rejected request.
 *
 * @param code error number of the gateway
 * @param isMessage true for `send.php`. At other endpoints, the numbers 3 and 5 to 8 have other meanings, so the fault
 *   is `unknown`
 */
export const faultOf = (code: number, isMessage: boolean): Fault =>
  ((isMessage || [1, 2, 4, 9].includes(code)) && Object.hasOwn(faults, code) && faults[code]) || 'unknown';
