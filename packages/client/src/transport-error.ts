import { TransportError } from '@smsc/protocol';

/** Creates an error of a request. Its message says whether anything may have been sent. */
export const transportError = (
  operation: string,
  problem: string,
  phase: TransportError['phase'],
  reason: TransportError['reason'],
): TransportError =>
  new TransportError(
    `${operation}: ${problem}; ${phase === 'connect' ? 'nothing was sent' : 'the request may have been sent'}`,
    phase,
    reason,
  );

/** Creates the error of a call that ended before anything was sent. */
export const notSent = (
  operation: string,
  problem: string,
  reason: TransportError['reason'],
): TransportError => transportError(operation, problem, 'connect', reason);
