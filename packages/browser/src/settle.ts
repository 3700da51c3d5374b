import type { Clock, Found, Settled, SettleOptions, Unknown } from '@smsc/client';
import type { Status } from '@smsc/protocol';
import { readOptions, settleChecks } from './options.ts';
import { RelayError } from './transport.ts';

/** How to find out. A page cannot send the same once more as a probe. */
export type RelaySettleOptions = Omit<SettleOptions, 'probe'>;

/** A message that may have gone out. */
export interface Lost {
  readonly operation: string;
  readonly id: string;
  /** Whom it goes to, groups among them. */
  readonly to: readonly unknown[];
  readonly error: Unknown['error'];
  /** When it was given up, by the clock: it may arrive a while later. */
  readonly endedAt: number;
  readonly clock: Clock;
  readonly ask: (phone: string, signal: AbortSignal | undefined) => Promise<Status>;
}

/** The state of what the gateway does not have. Source: its page of statuses. */
const notFound = -3;
/** A request could be on its way for so long, in milliseconds. Assumed, as in `@smsc/client`. */
const certainAfterMs = 60_000;
/** Seconds between questions: the gateway answers five a minute about one message. */
const pausesS: readonly number[] = [1, 2, 5, 15];
/** Every one after these. */
const lastPauseS = 40;
/** Recipients of a mailing that are asked about: any of them tells that the gateway has it. */
const mostRecipients = 20;
/** Numbers that the gateway leaves as they are. What it may have mended it may have under another one, as in `@smsc/client`. */
const asWritten = /[@+]|^[1-79]\d{10}/;

/** Waits. Leaves nothing on the signal. */
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

/** What cannot be said of a message yet, and how to find out. */
export const unknown = (lost: Lost): Unknown<string, never> => ({
  outcome: 'unknown',
  id: lost.id,
  error: lost.error,
  settle: (how) => settle(lost, how),
});

/** Finds out what became of a message, as the client does, but through the relay. */
async function settle(lost: Lost, options: RelaySettleOptions = {}): Promise<Settled<never, string>> {
  const { signal, patienceMs = 90_000 } = readOptions('settle', options, settleChecks);
  const { operation, id, to, endedAt, clock, ask } = lost;
  const until = clock.now() + patienceMs;
  // Of a group it cannot be asked: who was not asked about may have it.
  const asked = to.filter((each) => typeof each === 'string').slice(0, mostRecipients);
  for (let turn = 0; asked.length && !signal?.aborted; turn++) {
    const pause = 1000 * (pausesS[turn] ?? lastPauseS);
    if (clock.now() + pause > until) break;
    // Given up, it asks nothing: no question begins under such a signal.
    await sleep(clock, pause, signal);
    const certain = clock.now() - endedAt >= certainAfterMs;
    let missing = 0;
    for (const phone of asked) {
      const status = await ask(phone, signal).catch(() => undefined);
      // A relay that does not show the number has said nothing.
      if (typeof status?.status !== 'number') break;
      if (status.status !== notFound)
        return { outcome: 'accepted', id, status, result: undefined } satisfies Found;
      if (asWritten.test(phone)) missing++;
    }
    if (certain && missing === to.length)
      return {
        outcome: 'not-sent',
        id,
        error: new RelayError(operation, 'the gateway has no such message', 'connect', 'network'),
      };
  }
  return unknown(lost);
}
