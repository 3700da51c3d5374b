export { createSmsc, type Smsc, type SmscOptions } from './smsc.ts';
export { type CallOptions, type FetchInit, type FetchLike, fetchTransport, type FetchTransportOptions } from './transport.ts';
export type { ResponseLike } from './body.ts';
export type { Accepted, Client, NotSent, Outcome, Rejected, Unknown } from '@smsc/client';
export { GatewayError, InputError, ReplyError, TransportError } from '@smsc/protocol';
