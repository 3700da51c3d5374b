import type { Status, TransportError } from '@smsc/protocol';
import { checkChoice, checkWhole, readOptions } from '@smsc/protocol/adapter';
import { type Clock, type Moment, momentOf, since, monotonicNow } from './clock.ts';
import { deadlineOf, Cancellation, notSent, sleep } from './cancellation.ts';
import type { Settled, SettleOptions, Unknown } from './outcome.ts';
import { isAskable } from './recipients.ts';
import { attemptChecks } from './transport-options.ts';

/** A message that may have gone out. */
export interface Lost {
  readonly operation: string;
  readonly id: string | undefined;
  /** Whom it goes to. */
  readonly to: readonly string[];
  readonly error: Unknown['error'];
  /** When its request left; `undefined` in an earlier run of the program. */
  readonly left: Moment | undefined;
  /** Sends the same request once more, unless it is late when it would leave; the result, or `undefined` for anything else. */
  readonly replay:
    ((ending: Cancellation | undefined, isLate: () => boolean) => Promise<unknown>) | undefined;
  /** Takes note of what was found out, until the ending. */
  readonly close: (
    outcome: 'accepted' | 'not-sent',
    ending: Cancellation | undefined,
  ) => Promise<unknown> | undefined;
}

/** Asks for a message's status. */
export type Ask = (
  message: { readonly id: string; readonly phone: string },
  signal: AbortSignal | undefined,
  timeoutMs: number,
) => Promise<Status>;

/** The state of what the gateway does not have. Source: its page of statuses. */
const notFound = -3;
/** A request could be on its way for so long, in milliseconds. Assumed. */
const certainAfterMs = 60_000;
/** An equal request is refused for a minute: so much of it that the replay arrives in time. */
const replayWithinMs = 50_000;
/** Milliseconds from one question to the next, after a first one; the fourth from then on. The gateway answers five a minute about one message. */
const pausesMs: readonly number[] = [2000, 5000, 15_000, 40_000];
/** Until the first question about what has left just now, in milliseconds. */
const firstPauseMs = 1000;
/** Recipients of a mailing that are asked about: any of them tells that the gateway has it. */
const mostRecipients = 20;
/**
 * Numbers that the gateway leaves as they are: with `+`, says its page, and without it those of international form. What
 * looks like a number dialed at home it may have mended, how is not documented, and have the message under another one.
 */
const asWritten = /[@+]|^[1-79]\d{10}/;

const day = 86_400_000;
const settleChecks = {
  signal: attemptChecks.signal,
  patienceMs: /* @__PURE__ */ checkWhole(0, day),
  probe: /* @__PURE__ */ checkChoice([true, false]),
};

/** What a search was told, checked. */
export const readSettleOptions = (of: string, options: SettleOptions = {}): SettleOptions =>
  readOptions(of, options, settleChecks);

/** Makes what finds out what became of a message that is lost now. All who search for it share what is known. */
export function searchFor(
  clock: Clock,
  ask: Ask,
  { operation, id, to, error, left, replay, close }: Lost,
): Unknown['settle'] {
  /** When the last request of it was given up: it may arrive a while later. `undefined` while one is under way. */
  let given: Moment | undefined = momentOf(clock);
  /** When it may be asked for next, in ticks. */
  let nextAt = given.monotonic + (left ? firstPauseMs : 0);
  let turn = 0;
  let known: Settled | undefined;

  const isLate = (): boolean => {
    const [least, most] = since(clock, left!);
    return least < 0 || most >= replayWithinMs;
  };
  return async function settle(options?: SettleOptions): Promise<Settled> {
    const { signal, patienceMs = 90_000, probe } = readSettleOptions('settle', options);
    // Whoever else is slow, a layer around a probe or a journal, is waited for a minute longer than that at most.
    const { ending, done } = deadlineOf(
      clock,
      signal && Cancellation.of(signal),
      patienceMs + certainAfterMs,
    );
    const until = monotonicNow(clock) + patienceMs;
    const end = async (found: Settled & { readonly outcome: 'accepted' | 'not-sent' }): Promise<Settled> => {
      known = found;
      await close(found.outcome, ending);
      return found;
    };
    try {
      if (probe && replay && !known && !isLate()) {
        // Once: whoever settles it again only asks.
        const once = replay;
        replay = given = undefined;
        const result = await once(ending, isLate);
        given = momentOf(clock);
        if (result) return await end({ outcome: 'accepted', id, status: undefined, result });
      }

      const asked = to.filter(isAskable).slice(0, mostRecipients);
      while (!known && asked.length) {
        const pause = Math.max(0, nextAt - monotonicNow(clock));
        if (monotonicNow(clock) + pause > until || !(await sleep(clock, pause, ending))) break;
        // Another search has asked meanwhile.
        if (monotonicNow(clock) < nextAt) continue;
        nextAt = monotonicNow(clock) + pausesMs[Math.min(turn++, 3)]!;
        const before = given;
        const certain = before && since(clock, before)[0] >= certainAfterMs;
        let missing = 0;
        for (const phone of asked) {
          const status = await ask(
            { id: id!, phone },
            signal,
            Math.max(1, Math.ceil(until - monotonicNow(clock))),
          ).catch(() => undefined);
          if (status && status.status !== notFound)
            return await end({ outcome: 'accepted', id, status, result: undefined });
          if (status && asWritten.test(phone)) missing++;
        }
        // Of a group, of a number that was mended, and of those who were not asked about, nobody knows.
        if (certain && given === before && missing === to.length) {
          return await end({
            outcome: 'not-sent',
            id,
            error: notSent(
              operation,
              'the gateway has no such message',
              (error as Partial<TransportError>).reason ?? 'network',
            ),
          });
        }
      }
      return known ?? { outcome: 'unknown', id, error, settle };
    } finally {
      done();
    }
  };
}
