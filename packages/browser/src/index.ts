export { createSmsc } from './smsc.ts';
export type { PageSmsc, RelayCallOptions, RelayOperations, RelayOutcome, SmscOptions } from './smsc-types.ts';
export type { RelaySettleOptions } from './settle.ts';
export {
  type RelayAttemptOptions,
  RelayError,
  type RelayErrorDetails,
  relayTransport,
  type RelayTransportOptions,
} from './transport.ts';
export type { PageEffect, Refusal } from './relay-protocol.ts';
export type { Accepted, Clock, Found, NotSent, Rejected, Settled, Unknown } from '@smsc/client';
export type { Methods } from '@smsc/client/adapter';
export {
  GatewayError,
  InputError,
  type Issue,
  ReplyError,
  type SmscError,
  TransportError,
} from '@smsc/protocol';
