import type { Clock, Found, Settled, SettleOptions, Unknown } from '@smsc/client';
import {
  maxRecipients,
  maxTransitMs,
  messageNotFound,
  neverRewritten,
  queryDelaysMs,
} from '@smsc/client/adapter';
import type { Status } from '@smsc/protocol';
import { readOptions, settleChecks } from './options.ts';
import { RelayError } from './transport.ts';

/** Options of `settle`. A page cannot resend the request as a probe. */
export type RelaySettleOptions = Omit<SettleOptions, 'probe'>;

/** A send whose outcome is unknown. */
export interface UnknownSend {
  readonly operation: string;
  readonly id: string;
  /** Recipients of the message, including groups. */
  readonly to: readonly unknown[];
  readonly error: Unknown['error'];
  /** Time the last request ended, by the clock. The message may reach the gateway later. */
  readonly endedAt: number;
  readonly clock: Clock;
  /** Requests the status of the message for one recipient. */
  readonly requestStatus: (phone: string, signal: AbortSignal | undefined) => Promise<Status>;
}

/** Waits for a time, or until the signal aborts. Leaves no listener on the signal. */
const sleep = (clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal?.addEventListener('abort', end);
  });

/** Creates the outcome `unknown` of a send, with its `settle()`. */
export const unknownOutcome = (send: UnknownSend): Unknown<string, never> => ({
  outcome: 'unknown',
  id: send.id,
  error: send.error,
  settle: (options) => settle(send, options),
});

/**
 * Requests the status of the message for several recipients. Returns the status if the gateway has the message, else the
 * number of recipients for which it certainly does not.
 */
async function findStatus(
  { requestStatus }: UnknownSend,
  phones: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Status | number> {
  let missing = 0;
  for (const phone of phones) {
    const status = await requestStatus(phone, signal).catch(() => undefined);
    // A relay that hides the status code gives no information.
    if (typeof status?.status !== 'number') break;
    if (status.status !== messageNotFound) return status;
    if (neverRewritten.test(phone)) missing++;
  }
  return missing;
}

/**
 * Finds out what became of a message, as the client does, but through the relay. A loop of its own, since it must be small;
 * the rules are the client's, and the tests of both run the cases of @smsc/testing/settle-cases.
 */
async function settle(send: UnknownSend, options: RelaySettleOptions = {}): Promise<Settled<never, string>> {
  const { signal, patienceMs = 90_000 } = readOptions('settle', options, settleChecks);
  const { operation, id, to, endedAt, clock } = send;
  const deadline = clock.now() + patienceMs;
  // A group cannot be queried, so a message to a group is never certain to be missing.
  const phones = to.filter((recipient) => typeof recipient === 'string').slice(0, maxRecipients);
  for (let turn = 0; phones.length && !signal?.aborted; turn++) {
    const delayMs = queryDelaysMs[Math.min(turn, 4)]!;
    if (clock.now() + delayMs > deadline) break;
    // After an abort, the status requests below end at once: their signal is aborted.
    await sleep(clock, delayMs, signal);
    const cannotArriveLater = clock.now() - endedAt >= maxTransitMs;
    const found = await findStatus(send, phones, signal);
    if (typeof found === 'object')
      return { outcome: 'accepted', id, status: found, result: undefined } satisfies Found;
    if (cannotArriveLater && found === to.length)
      return {
        outcome: 'not-sent',
        id,
        error: new RelayError(operation, 'not found at the gateway', {
          phase: 'connect',
          reason: 'network',
        }),
      };
  }
  return unknownOutcome(send);
}
