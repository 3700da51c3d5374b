/**
 * Relay for your server: runs the operations that web pages call. Pages may call only the operations that you list, and give
 * only the members that you list.
 *
 * @example
 * ```ts
 * import { createRelay } from '@smsc/browser/relay';
 * import { createSmsc, send } from '@smsc/fetch';
 *
 * export const relay = createRelay({
 *   client: createSmsc({ apiKey }),
 *   origins: ['https://shop.example'],
 *   operations: { send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } } },
 *   guard: ({ token }) => isHuman(token),
 * });
 * ```
 */
export { createRelay } from './relay/create-relay.ts';
export type { OperationsOf, Relay } from './relay/relay-types.ts';
export type { RelayContext } from './relay/context.ts';
export type {
  AllowedInput,
  AllowedOperation,
  AllowedOperations,
  RelayClient,
} from './relay/allowed-operation.ts';
export type { RelayOptions } from './relay/relay-options.ts';
export type { Guard, GuardDecision, GuardRequest } from './relay/guard.ts';
export type { Limit, VisitorLimits } from './relay/visitor-limits.ts';
export {
  type NodeHandlerOptions,
  nodeHandler,
  type NodeRequest,
  type NodeResponse,
} from './relay/node-handler.ts';
