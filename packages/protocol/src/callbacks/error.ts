/**
 * Reason why a request was rejected.
 *
 * - `method`: neither GET nor POST
 * - `too-large`: more than `maxBytes`
 * - `encoding`: a compressed body, which the gateway never sends
 * - `signature`: no accepted signature, or a wrong one
 * - `unreadable`: any other request that is not a valid callback
 */
export type CallbackProblem = 'unreadable' | 'signature' | 'method' | 'too-large' | 'encoding';

const statuses: Readonly<Record<CallbackProblem, number>> = {
  unreadable: 400,
  signature: 403,
  method: 405,
  'too-large': 413,
  encoding: 415,
};

/**
 * Error of a rejected callback request. It is not an `SmscError`, because no call to the gateway was made. Its message
 * names the field and the expected format. It never contains a value, so it does not reveal a text, a number or the
 * secret.
 */
export class CallbackError extends Error {
  /** Always `'callback'`. Distinguishes this error from the errors of a call. */
  readonly kind = 'callback';
  /** Reason of the rejection. */
  readonly problem: CallbackProblem;
  /** HTTP status for the response: 400, 403, 405, 413 or 415. */
  readonly status: number;

  constructor(problem: CallbackProblem, message: string) {
    super(`callback: ${message}`);
    this.name = 'CallbackError';
    this.problem = problem;
    this.status = statuses[problem];
  }
}
