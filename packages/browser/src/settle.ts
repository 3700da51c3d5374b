import type { Clock, Found, Settled, SettleOptions, Unknown } from '@smsc/client';
import {
  maxRecipients,
  maxTransitMs,
  messageNotFound,
  neverRewritten,
  queryDelayMs,
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

/** Waits for `ms`, or until the signal aborts. Leaves no listener on the signal. */
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
 * Requests the status of the message for several recipients. Returns the status if the gateway has the message. Otherwise
 * returns the number of recipients for which the gateway certainly does not have it.
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
 * Finds out the outcome of a send, like `settle()` of `@smsc/client`, but through the relay. Follows the rules of the client,
 * but does not use its code, because the code of a page must be small. Both packages are tested with the cases of
 * `@smsc/testing/settle-cases`.
 */
async function settle(send: UnknownSend, options: RelaySettleOptions = {}): Promise<Settled<never, string>> {
  const { signal, patienceMs = 90_000 } = readOptions('settle', options, settleChecks);
  const { operation, id, to, endedAt, clock } = send;
  const deadline = clock.now() + patienceMs;
  // The status of a group cannot be requested, so a message to a group is never reported as not sent.
  const phones = to.filter((recipient) => typeof recipient === 'string').slice(0, maxRecipients);
  for (let turn = 0; phones.length && !signal?.aborted; turn++) {
    const delayMs = queryDelayMs(turn);
    if (clock.now() + delayMs > deadline) break;
    // If the signal aborts during the delay, the status requests below fail at once.
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
