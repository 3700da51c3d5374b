import type { CallOptions } from '@smsc/client';
import { compareAmounts, cost, costList, type Operation, type Quote } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { AllowedOperation, RelayClient } from './offer.ts';
import { Refused } from './refused.ts';

/** Asks the gateway what a send would cost, and refuses it above the ceiling. Throws what the client throws. */
export async function checkCost(
  client: RelayClient,
  { operation, maxCost }: AllowedOperation,
  input: UnknownRecord,
  options: CallOptions,
): Promise<void> {
  if (maxCost === undefined) return;
  const asked = { ...input, report: undefined };
  const quote: Operation<never, Quote, 'reads'> = operation.name === 'sendList' ? costList : cost;
  const { cost: price } = await client.call(quote, asked as never, options);
  if (compareAmounts(price, maxCost) > 0) throw new Refused('cost', 'it would cost more than it may');
}
