export { createSmsc, type Smsc, type SmscOptions } from './smsc.ts';
export { type FetchInit, type FetchLike, fetchTransport, type FetchTransportOptions } from './transport.ts';
export type { ResponseLike } from './body.ts';
export type { Accepted, AttemptOptions, Client, NotSent, Outcome, Rejected, Unknown } from '@smsc/client';
// One install is enough: further operations, charsets and formats are here as well, where a strict package manager finds them.
export * from '@smsc/protocol';
