/** Building blocks for authors of transports: everything that all transports do alike. Applications do not need this entry point. */
export { anything, checkFunction, checkMember } from './checks.ts';
export {
  createSmscOver,
  type NoReservedNames,
  type Operations,
  type ReadyOptions,
  type Smsc,
} from './create-smsc-over.ts';
export { originOf } from './host.ts';
export { Cancellation } from './cancellation.ts';
export {
  type AttemptSettings,
  type ClientTransport,
  type HttpExchange,
  type HttpExchangeRequest,
  transportOver,
} from './http-exchange.ts';
export type { Methods } from './methods.ts';
export {
  type AttemptOptions,
  checkLimit,
  transportChecks,
  type TransportOptions,
} from './transport-options.ts';
