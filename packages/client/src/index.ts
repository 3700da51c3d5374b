export { bind, type Bound } from './bind.ts';
export { type CallResult, type Client, createClient, type Recovered } from './client.ts';
export type { CallOptions, ClientOptions } from './options.ts';
export { type Clock, systemClock } from './clock.ts';
export type { AttemptInfo, CallInfo, Ended, Interceptor, Layer } from './interceptor.ts';
export { type Journal, type JournalRecord, memoryJournal, type OpenSend, type Planned } from './journal.ts';
export { logging, type LoggingOptions, type LogLine, redact } from './logging.ts';
export type { Accepted, Found, NotSent, Outcome, Rejected, Settled, SettleOptions, Unknown } from './outcome.ts';
export { spacing, type Spacing, type SpacingOptions } from './spacing.ts';
export { OutcomeError, unwrap } from './unwrap.ts';

export { type Carry, type Exchange, transportOver } from './carry.ts';
export { anything, checkFunction, checkMember } from './checks.ts';
export { originOf } from './host.ts';
export { createReady, type Free, type Operations, type ReadyOptions, type Smsc } from './ready.ts';
export type { Methods } from './methods.ts';
export { type AttemptOptions, checkLimit, transportChecks, type TransportOptions } from './transport-options.ts';
