import type { Credentials } from '@smsc/protocol';
import type { AttemptResult } from '../attempt-result.ts';
import type { AttemptLayer, Call } from '../call.ts';
import type { SettleOptions } from '../outcome.ts';
import { type QueryStatus, readSettleOptions } from '../settle.ts';
import { maxTransitMs } from '../settle-rules.ts';
import type { Clock } from '../state/clock.ts';
import { claimSend } from './claim-send.ts';
import type { LedgerContext } from './context.ts';
import { concurrencyLayer, handOverWithinMs, writtenLayer } from './layers.ts';
import { type Recovered, recoverFrom } from './recover.ts';
import type { LedgerStore } from './store.ts';

/** The parts of a client that a ledger uses. */
export interface LedgerClient {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly queryStatus: QueryStatus;
  /** Maximum number of parallel requests of the account. */
  readonly maxInFlight: number;
  /** Time limit of an attempt, in milliseconds. `undefined` if the transport does not say. */
  readonly attemptTimeoutMs: number | undefined;
}

/** A ledger that is connected to a client. */
export interface ConnectedLedger {
  /** Claims the id of a send. Returns the result of the call if it must not be sent, else `undefined`. */
  claim(call: Call): Promise<AttemptResult | undefined>;
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
  { credentials, attemptTimeoutMs = assumedTimeoutMs, ...client }: LedgerClient,
): ConnectedLedger {
  const context: LedgerContext = {
    ...client,
    store,
    account: accountOf(credentials),
    arrivesWithinMs: handOverWithinMs + attemptTimeoutMs + maxTransitMs,
  };
  return {
    claim: (call) => claimSend(call, context),
    concurrency: concurrencyLayer(context),
    written: writtenLayer(context.clock),
    recover: (options) => recoverFrom(context, readSettleOptions('recover', options)),
  };
}

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
