import type { Status, TransportError } from '@smsc/protocol';
import { checkChoice, checkWhole, readOptions } from '@smsc/protocol/adapter';
import type { JournalRecord } from './journal.ts';
import { recordOutcome } from './layers/journal.ts';
import type { Settled, SettleOptions, Unknown } from './outcome.ts';
import { isAskable } from './recipients.ts';
import { Cancellation, notSent, sleep, startDeadline } from './state/cancellation.ts';
import { type Clock, type Moment, momentOf, monotonicNow, since } from './state/clock.ts';
import { attemptChecks } from './transport/transport-options.ts';

/** A send whose outcome is unknown. */
export interface UnknownSend {
  readonly operation: string;
  readonly id: string | undefined;
  /** Recipients of the message. */
  readonly to: readonly string[];
  readonly error: Unknown['error'];
  /** Time the request was sent. `undefined` if an earlier process sent it. */
  readonly sentAt: Moment | undefined;
  /** The journal's record of it. */
  readonly record: JournalRecord | undefined;
  /**
   * Resends the identical request unless `isLate()` when it would leave. Resolves to the result, or `undefined` if it was
   * refused, not sent, or lost again.
   */
  readonly replay:
    ((cancellation: Cancellation | undefined, isLate: () => boolean) => Promise<unknown>) | undefined;
}

/** Asks the gateway for the status of a message. */
export type QueryStatus = (
  message: { readonly id: string; readonly phone: string },
  signal: AbortSignal | undefined,
  timeoutMs: number,
) => Promise<Status>;

type Found = Settled & { readonly outcome: 'accepted' | 'not-sent' };

/** Status code for "message not found". Source: the gateway's page of statuses. */
const notFound = -3;
/** Maximum time that a request may be delayed in transit, in milliseconds. Assumption. */
const maxTransitMs = 60_000;
/** Latest start of a replay, in milliseconds after the first request. The gateway rejects duplicates for 60 s; this leaves 10 s for transit. */
const replayWithinMs = 50_000;
/** Delays between status requests, in milliseconds; the last one repeats. The gateway allows five status requests a minute for one message. */
const pausesMs: readonly number[] = [2000, 5000, 15_000, 40_000];
/** Delay before the first status request about a message that was sent just now, in milliseconds. */
const firstPauseMs = 1000;
/** Maximum number of recipients to ask about. One known recipient proves that the gateway has the message. */
const maxRecipients = 20;
/**
 * Matches recipients that the gateway does not rewrite: numbers with `+`, e-mail addresses, and numbers that already have the
 * international form. It may correct other numbers, so "not found" under the original number proves nothing.
 */
const neverRewritten = /[@+]|^[1-79]\d{10}/;

const dayMs = 86_400_000;
const settleChecks = {
  signal: attemptChecks.signal,
  patienceMs: /* @__PURE__ */ checkWhole(0, dayMs),
  probe: /* @__PURE__ */ checkChoice([true, false]),
};

/**
 * Checks the options of `settle` or `recover`.
 *
 * @throws {InputError}
 */
export const readSettleOptions = (owner: string, options: SettleOptions = {}): SettleOptions =>
  readOptions(owner, options, settleChecks);

/** Creates the `settle()` of an unknown outcome. All its calls share what is known. */
export function createSettle(clock: Clock, query: QueryStatus, send: UnknownSend): Unknown['settle'] {
  const search = new Search(clock, query, send);
  const settle: Unknown['settle'] = async (options) =>
    (await search.run(readSettleOptions('settle', options))) ??
    ({ outcome: 'unknown', id: send.id, error: send.error, settle } as const);
  return settle;
}

/** The search for one message. Several calls of `settle()` can run at once. */
class Search {
  readonly #clock: Clock;
  readonly #query: QueryStatus;
  readonly #send: UnknownSend;
  /** When the latest request was given up; it may still arrive. `undefined` while one is in flight. */
  #givenUpAt: Moment | undefined;
  /** Earliest time of the next status request, on the monotonic clock. */
  #nextQueryAt: number;
  #queries = 0;
  #canReplay: boolean;
  #found: Found | undefined;

  constructor(clock: Clock, query: QueryStatus, send: UnknownSend) {
    this.#clock = clock;
    this.#query = query;
    this.#send = send;
    this.#givenUpAt = momentOf(clock);
    this.#nextQueryAt = this.#givenUpAt.monotonic + (send.sentAt ? firstPauseMs : 0);
    this.#canReplay = send.replay !== undefined;
  }

  /** Resolves to the outcome, or to `undefined` if it is still unknown when the patience is over. */
  async run({ signal, patienceMs = 90_000, probe }: SettleOptions): Promise<Found | undefined> {
    // A slow layer around a probe, or a slow journal, is waited for a minute longer than the patience.
    const { cancellation, done } = startDeadline(
      this.#clock,
      signal && Cancellation.of(signal),
      patienceMs + maxTransitMs,
    );
    const until = monotonicNow(this.#clock) + patienceMs;
    try {
      const found =
        (probe && (await this.#replay(cancellation))) || (await this.#ask(signal, until, cancellation));
      if (found) {
        this.#found = found;
        await recordOutcome(this.#send.record, found.outcome, cancellation);
      }
      return this.#found;
    } finally {
      done();
    }
  }

  #isLate = (): boolean => {
    const [least, most] = since(this.#clock, this.#send.sentAt!);
    return least < 0 || most >= replayWithinMs;
  };

  /** Sends the same request again, once for all calls of `settle()`. */
  async #replay(cancellation: Cancellation): Promise<Found | undefined> {
    const { replay, id } = this.#send;
    if (!this.#canReplay || this.#found || this.#isLate()) return undefined;
    this.#canReplay = false;
    this.#givenUpAt = undefined;
    const result = await replay!(cancellation, this.#isLate);
    this.#givenUpAt = momentOf(this.#clock);
    return result ? { outcome: 'accepted', id, status: undefined, result } : undefined;
  }

  /** Asks for the status again and again. Resolves to `undefined` at the end of the patience, or if another call has found it. */
  async #ask(
    signal: AbortSignal | undefined,
    until: number,
    cancellation: Cancellation,
  ): Promise<Found | undefined> {
    const recipients = this.#send.to.filter(isAskable).slice(0, maxRecipients);
    while (!this.#found && recipients.length) {
      const now = monotonicNow(this.#clock);
      const pause = Math.max(0, this.#nextQueryAt - now);
      if (now + pause > until || !(await sleep(this.#clock, pause, cancellation))) break;
      // Another settle() call sent a request in the meantime.
      if (monotonicNow(this.#clock) < this.#nextQueryAt) continue;
      const found = await this.#askOnce(recipients, signal, until);
      if (found) return found;
    }
    return undefined;
  }

  /** Asks for the status of each recipient once. */
  async #askOnce(
    recipients: readonly string[],
    signal: AbortSignal | undefined,
    until: number,
  ): Promise<Found | undefined> {
    const { id, to, operation, error } = this.#send;
    const clock = this.#clock;
    this.#nextQueryAt = monotonicNow(clock) + pausesMs[Math.min(this.#queries++, pausesMs.length - 1)]!;
    const givenUpAt = this.#givenUpAt;
    const hasArrived = givenUpAt && since(clock, givenUpAt)[0] >= maxTransitMs;
    let missing = 0;
    for (const phone of recipients) {
      const timeoutMs = Math.max(1, Math.ceil(until - monotonicNow(clock)));
      const status = await this.#query({ id: id!, phone }, signal, timeoutMs).catch(() => undefined);
      if (status && status.status !== notFound) return { outcome: 'accepted', id, status, result: undefined };
      if (status && neverRewritten.test(phone)) missing++;
    }
    // Groups, corrected numbers and recipients that were not asked about cannot be ruled out.
    if (!hasArrived || this.#givenUpAt !== givenUpAt || missing < to.length) return undefined;
    const reason = (error as Partial<TransportError>).reason ?? 'network';
    return {
      outcome: 'not-sent',
      id,
      error: notSent(operation, 'the gateway has no such message', reason),
    };
  }
}
