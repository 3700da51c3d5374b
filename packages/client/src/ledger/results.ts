import { TransportError } from '@smsc/protocol';
import { type AttemptResult, toAttemptResult } from '../attempt-result.ts';
import { type Call, heldBack } from '../call.ts';

/** Creates the result of a call that was not sent because the ledger failed. */
export const unwritable = (call: Call): AttemptResult => heldBack(call, 'the ledger could not be written');

/** Creates the result of a call whose message may have been sent by an earlier request, or by another client. */
export const inDoubt = ({ effect, info }: Call, why: string): AttemptResult =>
  toAttemptResult(
    effect,
    new TransportError(`${info.operation}: ${why}; this call sent nothing`, 'sent', 'held-back'),
  );
