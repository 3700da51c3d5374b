export { createSmsc, type SmscOptions } from './smsc.ts';
export { axiosTransport, type AxiosTransportOptions } from './transport.ts';
export type { AxiosLike } from './instance.ts';
export type { AgentLike } from './connection.ts';
// One install is enough: what goes into a client, and further operations, charsets and formats are here as well, where a
// strict package manager finds them.
export { logging, memoryJournal, OutcomeError, redact, recipientThrottle, systemClock, unwrap } from '@smsc/client';
export type * from '@smsc/client';
export * from '@smsc/protocol';
