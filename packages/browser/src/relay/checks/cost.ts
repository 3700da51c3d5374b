import type { CallOptions } from '@smsc/client';
import { compareAmounts, cost, costList, type Operation, type Quote } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { AllowedOperation, RelayClient } from '../allowed-operation.ts';
import { RefusalError } from '../refusal.ts';

/**
 * Requests the cost of a send from the gateway, and compares it with `maxCost`. Does nothing without `maxCost`.
 *
 * @throws {RefusalError} if the send would cost more. Also throws the errors of the client
 */
export async function checkCost(
  client: RelayClient,
  { operation, maxCost }: AllowedOperation,
  input: UnknownRecord,
  options: CallOptions,
): Promise<void> {
  if (maxCost === undefined) return;
  const costInput = { ...input, report: undefined };
  const costOperation: Operation<never, Quote, 'reads'> = operation.name === 'sendList' ? costList : cost;
  const { cost: price } = await client.call(costOperation, costInput as never, options);
  if (compareAmounts(price, maxCost) > 0)
    throw new RefusalError('cost', 'the message would cost more than the relay allows');
}
