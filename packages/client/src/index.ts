export { bind, type Bound } from './bind.ts';
export { type CallResult, type Client, type ClientOptions, createClient } from './client.ts';
export type { Accepted, NotSent, Outcome, Rejected, Unknown } from './outcome.ts';

export { anything, checkFunction, checkMember, clientChecks } from './options.ts';
