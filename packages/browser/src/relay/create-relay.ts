import type { AllowedOperations, CheckedOperations } from './allowed-operation.ts';
import { RelayHandler } from './relay-handler.ts';
import { readRelayOptions, type RelayOptions } from './relay-options.ts';
import type { Relay } from './relay-types.ts';

/**
 * Creates a relay for your server. The relay receives the calls of pages. It refuses every operation and every member that is
 * not listed, and runs the listed operations with credentials that no page ever sees.
 *
 * @example
 * ```ts
 * export const relay = createRelay({
 *   client: createSmsc({ apiKey }),
 *   origins: ['https://shop.example'],
 *   operations: { send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } } },
 * });
 * ```
 *
 * @throws {InputError} if an option is missing, unknown or invalid
 */
export function createRelay<const Given extends AllowedOperations>(
  options: Omit<RelayOptions<Given>, 'operations'> & {
    readonly operations: Given & CheckedOperations<Given>;
  },
): Relay<Given> {
  const handler = new RelayHandler(readRelayOptions(options));
  return (request, context = {}) => handler.handle(request, context);
}
