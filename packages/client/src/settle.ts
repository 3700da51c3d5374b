import { checkChoice, checkWhole, readOptions, type Status, type TransportError } from '@smsc/protocol';
import { type Clock, type Moment, momentOf, since, sleep, ticksOf } from './clock.ts';
import { notSent } from './deadline.ts';
import type { Settled, SettleOptions, Unknown } from './outcome.ts';
import { isAskable } from './recipients.ts';
import { attemptChecks } from './transport-options.ts';

/** A message that may have gone out, and what is known of it: all who search for it share this. */
export interface Lost {
  readonly operation: string;
  readonly id: string | undefined;
  /** Whom it goes to. */
  readonly to: readonly string[];
  readonly error: Unknown['error'];
  /** When its request left; `undefined` in an earlier run of the program. */
  readonly left: Moment | undefined;
  /** When the last request of it was given up: it may arrive a while later. `undefined` while one is under way. */
  given: Moment | undefined;
  /** When it may be asked for next, in ticks. */
  nextAt: number;
  /** How often it was asked for. */
  turn: number;
  /** What was found out. */
  known: Settled | undefined;
  /** Sends the same request once more, unless it is late when it would leave; the result, or `undefined` for anything else. */
  replay: ((signal: AbortSignal | undefined, isLate: () => boolean) => Promise<unknown>) | undefined;
  /** Takes note of what was found out. */
  readonly close: (outcome: 'accepted' | 'not-sent') => Promise<void>;
}

/** What is needed to find out. */
export interface Searcher {
  readonly clock: Clock;
  readonly ask: (message: { readonly id: string; readonly phone: string }, signal: AbortSignal | undefined, timeoutMs: number) => Promise<Status>;
}

/** The state of what the gateway does not have. Source: its page of statuses. */
const notFound = -3;
/** A request could be on its way for so long, in milliseconds. Assumed. */
const certainAfterMs = 60_000;
/** An equal request is refused for a minute: so much of it that the replay arrives in time. */
const replayWithinMs = 50_000;
/** Milliseconds from one question to the next, after a first one: the gateway answers five a minute about one message. */
const pausesMs: readonly number[] = [2000, 5000, 15_000, 40_000];
/** Recipients of a mailing that are asked about: any of them tells that the gateway has it. */
const mostRecipients = 20;

const day = 86_400_000;
const settleChecks = { signal: attemptChecks.signal, patienceMs: /* @__PURE__ */ checkWhole(0, day), probe: /* @__PURE__ */ checkChoice([true, false]) };

/** What a search was told, checked. */
export const readSettleOptions = (of: string, options: SettleOptions = {}): SettleOptions => readOptions(of, options, settleChecks);

/** Finds out what became of a message. */
export async function settle({ clock, ask }: Searcher, lost: Lost, options?: SettleOptions): Promise<Settled> {
  const { signal, patienceMs = 90_000, probe } = readSettleOptions('settle', options);
  const { operation, id, to, error, left, replay } = lost;
  const until = ticksOf(clock) + patienceMs;
  const end = async (known: Settled & { readonly outcome: 'accepted' | 'not-sent' }): Promise<Settled> => {
    lost.known = known;
    await lost.close(known.outcome);
    return known;
  };

  const isLate = (): boolean => {
    const [least, most] = since(clock, left!);
    return least < 0 || most >= replayWithinMs;
  };
  if (probe && replay && left && !lost.known && !isLate()) {
    // Once: whoever settles it again only asks.
    lost.replay = undefined;
    lost.given = undefined;
    const result = await replay(signal, isLate);
    lost.given = momentOf(clock);
    if (result) return end({ outcome: 'accepted', id, status: undefined, result });
  }

  const asked = id === undefined ? [] : to.filter(isAskable).slice(0, mostRecipients);
  while (!lost.known && asked.length > 0) {
    const pause = Math.max(0, lost.nextAt - ticksOf(clock));
    if (ticksOf(clock) + pause > until || !(await sleep(clock, pause, signal))) break;
    // Another search has asked meanwhile.
    if (ticksOf(clock) < lost.nextAt) continue;
    lost.nextAt = ticksOf(clock) + pausesMs[Math.min(lost.turn++, pausesMs.length - 1)]!;
    const { given } = lost;
    const certain = given && since(clock, given)[0] >= certainAfterMs;
    let missing = 0;
    for (const phone of asked) {
      const status = await ask({ id: id!, phone }, signal, Math.max(1, Math.ceil(until - ticksOf(clock)))).catch(() => undefined);
      if (status && status.status !== notFound) return end({ outcome: 'accepted', id, status, result: undefined });
      if (status) missing++;
    }
    // Of a group, and of those who were not asked about, nobody knows.
    if (certain && given === lost.given && missing === to.length) {
      return end({ outcome: 'not-sent', id, error: notSent(operation, 'the gateway has no such message', (error as Partial<TransportError>).reason ?? 'network') });
    }
  }
  return lost.known ?? { outcome: 'unknown', id, error, settle: (again) => settle({ clock, ask }, lost, again) };
}
