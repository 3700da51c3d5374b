/**
 * Runs the operations of `@smsc/protocol` over any transport. Most applications use `@smsc/fetch`, which contains this
 * package.
 *
 * @example
 * ```ts
 * import { bind, createClient } from '@smsc/client';
 * import { balance, send } from '@smsc/protocol';
 *
 * const client = createClient({ transport, credentials: { apiKey } });
 * const smsc = bind(client, { send, balance });
 * ```
 */
export { bind, type Bound } from './bind.ts';
export { type CallResult, type Client, createClient, type Recovered } from './client.ts';
export type { AttemptInfo, CallInfo, CallSummary, Interceptor, Layer } from './interceptor.ts';
export { createLedger, type Ledger } from './ledger/ledger.ts';
export { createMemoryStore, memoryLedger, type MemoryLedgerOptions } from './ledger/memory-ledger.ts';
export type {
  AnyIterable,
  CertainOutcome,
  Claim,
  ClaimAnswer,
  ClaimRequest,
  DoubtfulSend,
  LedgerEntry,
  LedgerStore,
  OpenSend,
  SendEnd,
  StoredEntry,
} from './ledger/store.ts';
export { logging, type LoggingOptions, type LogLine, redact } from './logging.ts';
export type { CallOptions } from './call-options.ts';
export type { ClientOptions } from './options.ts';
export type {
  Accepted,
  Found,
  NotSent,
  Outcome,
  Rejected,
  Settled,
  SettleOptions,
  Unknown,
} from './outcome.ts';
export { type Clock, systemClock } from './state/clock.ts';
export { customThrottle, type RecipientThrottle } from './layers/throttle.ts';
export { recipientThrottle, type RecipientThrottleOptions } from './recipient-throttle.ts';
export { OutcomeError, unwrap } from './unwrap.ts';
