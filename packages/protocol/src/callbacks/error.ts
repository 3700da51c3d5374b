/**
 * Why a request is no push of the gateway's that can be believed. `method`: neither GET nor POST. `too-large`: more bytes
 * than are read. `encoding`: compressed, which the gateway never does. `signature`: none that counts, or a wrong one.
 * `unreadable`: anything else.
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
 * A request was refused. It is none of the ways in which a call ends, since nobody called: so it is a kind of its own.
 * Its message names fields and says what was expected; it never holds a value, so no text, number or secret.
 */
export class CallbackError extends Error {
  readonly kind = 'callback';
  readonly problem: CallbackProblem;
  /** The HTTP status to answer with: one of the 400s. */
  readonly status: number;

  constructor(problem: CallbackProblem, message: string) {
    super(`callback: ${message}`);
    this.name = 'CallbackError';
    this.problem = problem;
    this.status = statuses[problem];
  }
}
