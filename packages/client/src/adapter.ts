/**
 * Building blocks for authors of transports: everything that all transports have in common. Applications do not need
 * this entry point.
 *
 * @example
 * ```ts
 * import { type ClientTransport, transportOver } from '@smsc/client/adapter';
 *
 * // A transport over a function that makes one HTTP request.
 * const overHttp = (post: Parameters<typeof transportOver>[0]): ClientTransport =>
 *   transportOver(post, { timeoutMs: 30_000 });
 * ```
 */
export { anything, checkFunction, checkMember } from './checks.ts';
export {
  createSmscOver,
  type NoReservedNames,
  type Operations,
  type ReadyOptions,
  type Smsc,
} from './create-smsc-over.ts';
export { checkKeepMs, defaultKeepMs } from './ledger/keep.ts';
export type { Methods } from './methods.ts';
export {
  maxRecipients,
  maxTransitMs,
  messageNotFound,
  neverRewritten,
  queryDelayMs,
} from './settle-rules.ts';
export { Cancellation } from './state/cancellation.ts';
export { originOf } from './transport/host.ts';
export {
  type AttemptSettings,
  type ClientTransport,
  type HttpExchange,
  type HttpExchangeRequest,
  transportOver,
} from './transport/http-exchange.ts';
export {
  type AttemptOptions,
  checkLimit,
  transportChecks,
  type TransportOptions,
} from './transport/transport-options.ts';
