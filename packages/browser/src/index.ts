export {
  createSmsc,
  type Menu,
  type RelayCallOptions,
  type RelayOutcome,
  type Smsc,
  type SmscOptions,
} from './smsc.ts';
export type { RelaySettleOptions } from './settle.ts';
export {
  type RelayAttemptOptions,
  RelayError,
  relayTransport,
  type RelayTransportOptions,
} from './transport.ts';
export type { Refusal } from './talk.ts';
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
