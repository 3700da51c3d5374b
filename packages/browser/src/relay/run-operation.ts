import type { CallOptions } from '@smsc/client';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { RelayResponse } from '../relay-protocol.ts';
import type { AllowedOperation, RelayClient } from './allowed-operation.ts';
import { checkCost } from './checks/cost.ts';
import type { Deadline } from './deadline.ts';
import { RefusalError } from './refusal.ts';
import {
  asSmscError,
  failureResponse,
  rejectedResponse,
  resultResponse,
  sendResponse,
  unknownResponse,
} from './response.ts';

/** An allowed operation with its whole input. */
export interface OperationCall {
  readonly allowed: AllowedOperation;
  readonly input: UnknownRecord;
}

/** Context of a send. */
export interface SendContext {
  /** Id of the message. */
  readonly id: string;
  /** Aborts when nobody waits for the send any more. */
  readonly abandoned: AbortSignal;
  /** Called right before the message is sent. From then on the message may reach the gateway. */
  readonly onSending: () => void;
  readonly deadline: Deadline;
}

/** Runs an operation that spends nothing. */
export async function runReading(
  client: RelayClient,
  { allowed, input }: OperationCall,
  options: CallOptions,
): Promise<RelayResponse> {
  try {
    return resultResponse(allowed, await client.call(allowed.operation, input as never, options));
  } catch (thrown) {
    const error = asSmscError(thrown);
    if (!error) throw thrown;
    return failureResponse(error);
  }
}

/** Checks the cost of a send. Returns a response if the gateway rejects the cost request. */
async function findRejection(
  client: RelayClient,
  { allowed, input }: OperationCall,
  { id, abandoned, deadline }: SendContext,
): Promise<RelayResponse | undefined> {
  try {
    await checkCost(client, allowed, input, { signal: abandoned, timeoutMs: deadline.remainingMs() });
    return undefined;
  } catch (thrown) {
    const error = asSmscError(thrown);
    if (error?.kind !== 'gateway') throw thrown;
    return rejectedResponse(id, error);
  }
}

/** Runs an operation that spends money. */
export async function runSpending(
  client: RelayClient,
  call: OperationCall,
  context: SendContext,
): Promise<RelayResponse> {
  const rejection = await findRejection(client, call, context);
  if (rejection) return rejection;
  const { id, abandoned, onSending, deadline } = context;
  const options = { timeoutMs: deadline.remainingMs() };
  // Nothing cancels the call after this check: only the gateway's response tells whether the message was sent.
  if (abandoned.aborted) throw new RefusalError('unavailable', 'the client disconnected');
  onSending();
  try {
    const sent = await client.call(call.allowed.operation, call.input as never, options);
    return sendResponse(call.allowed, id, sent as UnknownRecord);
  } catch (thrown) {
    // A client throws only for invalid input, before anything is sent. After any other error the outcome is unknown.
    if (asSmscError(thrown)?.kind === 'invalid-input') throw thrown;
    return unknownResponse(id);
  }
}
