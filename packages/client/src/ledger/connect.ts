import type { Credentials } from '@smsc/protocol';
import { getOwn } from '@smsc/protocol/adapter';
import type { AttemptResult } from '../attempt-result.ts';
import type { AttemptLayer, Call } from '../call.ts';
import type { SettleOptions } from '../outcome.ts';
import { type QueryStatus, readSettleOptions } from '../settle.ts';
import { maxTransitMs } from '../settle-rules.ts';
import type { Clock } from '../state/clock.ts';
import { defaultMaxInFlight } from '../state/shared-limits.ts';
import type { ClientTransport } from '../transport/http-exchange.ts';
import { runClaimed } from './claim-send.ts';
import type { LedgerContext } from './context.ts';
import { concurrencyLayer, handOverWithinMs, writtenLayer } from './layers.ts';
import { type Recovered, recoverFrom } from './recover.ts';
import type { LedgerStore } from './store.ts';

/** The parts of a client that a ledger uses. */
export interface LedgerClient {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly queryStatus: QueryStatus;
  readonly maxInFlight?: number | undefined;
  /** The transport. Only its time limit is read. */
  readonly transport: Pick<ClientTransport, 'timeoutMs'>;
}

/** A ledger that is connected to a client. */
export interface ConnectedLedger {
  /** Runs the attempts of a call under a claim of its id. Returns the result of the call if it must not be sent. */
  run(call: Call, attempts: () => Promise<AttemptResult>): Promise<AttemptResult>;
  /** Limits the parallel requests of all clients that share the ledger. */
  readonly concurrency: AttemptLayer;
  /** Records each request just before it is sent. If recording fails, the request is not sent. */
  readonly written: AttemptLayer;
  /** Settles the sends that are in doubt. */
  recover(options?: SettleOptions): AsyncIterableIterator<Recovered>;
}

/** Assumed time limit of an attempt over a transport that does not say its limit, in milliseconds. */
const assumedTimeoutMs = 300_000;

/** Connects a ledger's store to a client. */
export function connectLedger(
  store: LedgerStore,
  { transport, credentials, clock, queryStatus, maxInFlight = defaultMaxInFlight }: LedgerClient,
): ConnectedLedger {
  const context: LedgerContext = {
    clock,
    queryStatus,
    maxInFlight,
    store,
    account: accountOf(credentials),
    arrivesWithinMs: handOverWithinMs + timeLimitOf(transport) + maxTransitMs,
  };
  return {
    run: (call, attempts) => runClaimed(call, attempts, context),
    concurrency: concurrencyLayer(context),
    written: writtenLayer(context.clock),
    recover: (options) => recoverFrom(context, readSettleOptions('recover', options)),
  };
}

/**
 * Returns the time limit of a transport's attempts, in milliseconds. A limit that is not a positive number is ignored. An
 * inherited limit may come from a polluted prototype, so it can only make the assumed limit longer.
 */
function timeLimitOf(transport: LedgerClient['transport']): number {
  const own: unknown = getOwn(transport, 'timeoutMs');
  if (isLimit(own)) return own;
  const inherited: unknown = transport.timeoutMs;
  return isLimit(inherited) ? Math.max(assumedTimeoutMs, inherited) : assumedTimeoutMs;
}

const isLimit = (value: unknown): value is number => typeof value === 'number' && value > 0;

/** Creates the function that returns the name of an account in a ledger: the login, or a digest of the API key. */
function accountOf({ login, apiKey }: Credentials): () => string | Promise<string> {
  let account: string | undefined = login;
  const digest = async (): Promise<string> => {
    const key = new TextEncoder().encode(apiKey);
    account = String(new Uint8Array(await crypto.subtle.digest('SHA-256', key), 0, 16));
    return account;
  };
  return () => account ?? digest();
}
