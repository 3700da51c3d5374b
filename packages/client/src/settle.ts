import { checkChoice, checkWhole, readOptions, type Status, type TransportError } from '@smsc/protocol';
import { type Clock, sleep } from './clock.ts';
import { notSent } from './deadline.ts';
import type { Found, Settled, SettleOptions, Unknown } from './outcome.ts';
import { attemptChecks } from './transport-options.ts';

/** A message that may have gone out. */
export interface Lost {
  readonly operation: string;
  readonly id: string | undefined;
  /** Whom it goes to: numbers and addresses that can be asked about. */
  readonly to: readonly string[];
  readonly error: Unknown['error'];
  /** When its request left, in milliseconds since 1970. */
  readonly leftAt: number;
  /** When it was given up: it may arrive a while later. */
  endedAt: number;
  /** Sends the same request once more; the result, or `undefined` for anything else. */
  readonly replay: ((signal: AbortSignal | undefined) => Promise<unknown>) | undefined;
  /** Takes note of what was found out. */
  readonly ended: (outcome: 'accepted' | 'not-sent') => unknown;
}

/** What is needed to find out. */
export interface Searcher {
  readonly clock: Clock;
  readonly ask: (message: { readonly id: string; readonly phone: string }, signal: AbortSignal | undefined) => Promise<Status>;
}

/** The state of what the gateway does not have. Source: its page of statuses. */
const notFound = -3;
/** A request could be on its way for so long, in milliseconds. Assumed. */
const certainAfterMs = 60_000;
/** An equal request is refused for a minute: so much of it that the replay arrives in time. */
const replayWithinMs = 50_000;
/** Milliseconds between questions: the gateway answers five a minute about one message. */
const pausesMs: readonly number[] = [1000, 2000, 5000, 15_000, 40_000];
/** Recipients of a mailing that are asked about: any of them tells that the gateway has it. */
const mostRecipients = 20;

const day = 86_400_000;
const settleChecks = { signal: attemptChecks.signal, patienceMs: /* @__PURE__ */ checkWhole(0, day), probe: /* @__PURE__ */ checkChoice([true, false]) };

/** Finds out what became of a message. */
export async function settle(searcher: Searcher, lost: Lost, options: SettleOptions = {}): Promise<Settled> {
  const { signal, patienceMs = 90_000, probe } = readOptions('settle', options, settleChecks);
  const { clock, ask } = searcher;
  const { operation, id, to, error } = lost;
  const until = clock.now() + patienceMs;
  const unknown: Unknown = { outcome: 'unknown', id, error, settle: (again) => settle(searcher, lost, again) };
  const found = async (what: Pick<Found, 'status' | 'result'>): Promise<Found> => {
    await lost.ended('accepted');
    return { outcome: 'accepted', id, ...what };
  };
  if (probe && lost.replay && clock.now() - lost.leftAt < replayWithinMs) {
    const result = await lost.replay(signal);
    if (result) return found({ status: undefined, result });
    // This one may arrive late as well.
    lost.endedAt = clock.now();
  }
  const asked = id === undefined ? [] : to.slice(0, mostRecipients);
  for (let turn = 0; asked.length > 0; turn++) {
    const since = clock.now() - lost.endedAt;
    const pause = turn > 0 || since < pausesMs[0]! ? pausesMs[Math.min(turn, pausesMs.length - 1)]! : 0;
    if (clock.now() + pause > until || !(await sleep(clock, pause, signal))) break;
    const certain = clock.now() - lost.endedAt >= certainAfterMs;
    let missing = 0;
    for (const phone of asked) {
      const status = await ask({ id: id!, phone }, signal).catch(() => undefined);
      if (status && status.status !== notFound) return found({ status, result: undefined });
      if (!status) break;
      missing++;
    }
    if (certain && missing === to.length) {
      await lost.ended('not-sent');
      return { outcome: 'not-sent', id, error: notSent(operation, 'the gateway has no such message', (error as Partial<TransportError>).reason ?? 'network') };
    }
  }
  return unknown;
}
