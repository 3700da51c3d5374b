export { bind, type Bound } from './bind.ts';
export { type CallResult, type Client, type ClientOptions, createClient } from './client.ts';
export type { Accepted, NotSent, Outcome, Rejected, Unknown } from './outcome.ts';

export { type Carry, type Exchange, transportOver } from './carry.ts';
export { originOf } from './host.ts';
export { anything, checkFunction, checkMember, clientChecks } from './options.ts';
export { type AttemptOptions, transportChecks, type TransportOptions } from './transport-options.ts';
