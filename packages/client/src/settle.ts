import type { Status, TransportError } from '@smsc/protocol';
import { checkFlag, checkWhole, getOwn, readOptions } from '@smsc/protocol/adapter';
import type { Call, SendRecord } from './call.ts';
import type { FoundOutcome, SettleOptions, Unknown } from './outcome.ts';
import { isAskable } from './recipients.ts';
import {
  maxRecipients,
  maxTransitMs,
  messageNotFound,
  neverRewritten,
  queryDelayMs,
} from './settle-rules.ts';
import { Cancellation, sleep, startDeadline } from './state/cancellation.ts';
import { notSent } from './transport-error.ts';
import { type Clock, type Moment, momentOf, monotonicNow, since } from './state/clock.ts';
import { checkSignal } from './transport/transport-options.ts';

/** A send whose outcome is unknown. `sentAt` is `undefined` if an earlier process sent it. */
export interface UnknownSend extends Pick<Call, 'id' | 'to' | 'sentAt'> {
  readonly info: { readonly operation: string };
  readonly error: Unknown['error'];
  readonly record: Pick<SendRecord, 'confirm' | 'certainInMs'> | undefined;
  /**
   * Resends the identical request, unless `isLate()` returns true just before sending. Resolves to the result, or to
   * `undefined` if the request was rejected or not sent, or if its response was lost again.
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

/**
 * Latest start of a replay, in milliseconds after the first request. The gateway rejects duplicates for 60 s. This leaves
 * 10 s for transit.
 */
const replayWithinMs = 50_000;
const dayMs = 86_400_000;
const settleChecks = {
  signal: checkSignal,
  patienceMs: /* @__PURE__ */ checkWhole(0, dayMs),
  probe: checkFlag,
};

/**
 * Checks the options of `settle` or `recover`.
 *
 * @throws {InputError}
 */
export const readSettleOptions = (owner: string, options: SettleOptions = {}): SettleOptions =>
  readOptions(owner, options, settleChecks);

/** Creates the `settle()` of an unknown outcome. All its calls share one state. */
export function createSettle(clock: Clock, query: QueryStatus, send: UnknownSend): Unknown['settle'] {
  const { id, to, error, sentAt, record } = send;
  let { replay } = send;
  const certainInMs = record?.certainInMs ?? maxTransitMs;
  const recipients = to.filter(isAskable).slice(0, maxRecipients);
  /**
   * Time at which the client stopped waiting for the latest request, which may still arrive. `undefined` while a
   * request is in flight.
   */
  let givenUpAt: Moment | undefined = momentOf(clock);
  /** Earliest time of the next status request, on the monotonic clock. */
  let nextQueryAt = givenUpAt.monotonic + (sentAt ? queryDelayMs(0) : 0);
  let queries = 0;
  let known: FoundOutcome | undefined;

  const isLate = (): boolean => {
    const [least, most] = since(clock, sentAt!);
    return least < 0 || most >= replayWithinMs;
  };

  /** Sends the same request again, at most once for all calls of `settle()`. */
  async function sendAgain(cancellation: Cancellation): Promise<FoundOutcome | undefined> {
    if (!replay || known || isLate()) return undefined;
    const resend = replay;
    replay = givenUpAt = undefined;
    const result = await resend(cancellation, isLate);
    givenUpAt = momentOf(clock);
    return result ? { outcome: 'accepted', id, status: undefined, result } : undefined;
  }

  /** Asks for the status of each recipient once. */
  async function askOnce(signal: AbortSignal | undefined, until: number): Promise<FoundOutcome | undefined> {
    const before = givenUpAt;
    /** Time until a missing message proves that nothing was sent. */
    const leftMs = before ? certainInMs - since(clock, before)[0] : Infinity;
    const delayMs = queryDelayMs(++queries);
    nextQueryAt = monotonicNow(clock) + (leftMs > 0 ? Math.min(leftMs, delayMs) : delayMs);
    const status = await firstStatus(id!, recipients, (phone) =>
      query({ id: id!, phone }, signal, Math.max(1, Math.ceil(until - monotonicNow(clock)))),
    );
    if (typeof status === 'object') return { outcome: 'accepted', id, status, result: undefined };
    // Groups, corrected numbers and recipients that were not asked about cannot be ruled out.
    return leftMs <= 0 && givenUpAt === before && status === to.length ? toNotSent(send) : undefined;
  }

  /** Repeats the query until any call of `settle()` knows the outcome, or until the time is up. */
  async function ask(signal: AbortSignal | undefined, until: number, cancellation: Cancellation) {
    let found: FoundOutcome | undefined;
    while (!found && !known && recipients.length) {
      const now = monotonicNow(clock);
      const pause = Math.max(0, nextQueryAt - now);
      if (now + pause > until || !(await sleep(clock, pause, cancellation))) break;
      // Another call may have sent a request in the meantime.
      if (monotonicNow(clock) >= nextQueryAt) found = await askOnce(signal, until);
    }
    return found;
  }

  return async function settle(options) {
    const { signal, patienceMs = certainInMs + 30_000, probe } = readSettleOptions('settle', options);
    const until = monotonicNow(clock) + patienceMs;
    // Slow layers around a probe and a slow ledger get a minute more than `patienceMs`.
    const caller = signal && Cancellation.of(signal);
    const { cancellation, done } = startDeadline(clock, caller, patienceMs + maxTransitMs);
    try {
      const found = (probe && (await sendAgain(cancellation))) || (await ask(signal, until, cancellation));
      if (found && (!record || (await record.confirm(found, cancellation)))) known = found;
      return known ?? { outcome: 'unknown', id, error, settle };
    } finally {
      done();
    }
  };
}

/**
 * Queries the recipients in turn until the gateway knows the message for one of them. Returns that status, or the
 * number of recipients for which the message certainly does not exist.
 */
async function firstStatus(
  id: string,
  recipients: readonly string[],
  ask: (phone: string) => Promise<Status>,
): Promise<Status | number> {
  let missing = 0;
  for (const phone of recipients) {
    const status = await ask(phone).catch(() => undefined);
    // A response that names another message is the late response to another request.
    if (!status || String(getOwn(status.extra, 'id') ?? id) !== id) continue;
    if (status.status !== messageNotFound) return status;
    if (neverRewritten.test(phone)) missing++;
  }
  return missing;
}

/** Creates the outcome of a message that the gateway does not have. */
const toNotSent = ({ info, id, error }: UnknownSend): FoundOutcome => ({
  outcome: 'not-sent',
  id,
  error: notSent(
    info.operation,
    'the gateway has no such message',
    (error as Partial<TransportError>).reason ?? 'network',
  ),
});
