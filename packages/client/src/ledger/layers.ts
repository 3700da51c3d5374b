import { type AttemptLayer, neverStarted } from '../call.ts';
import { type Cancellation, sleep } from '../state/cancellation.ts';
import { type Clock, momentOf, since } from '../state/clock.ts';
import type { LedgerContext } from './context.ts';
import { inDoubt, unwritable } from './results.ts';
import { arrival, ignoreErrors } from './wait.ts';

/** Longest time between recording a request and handing it to the network, in milliseconds. A later request is not sent. */
export const handOverWithinMs = 30_000;
/** Pauses between two tries to take a slot, in milliseconds. */
const firstPauseMs = 5;
const longestPauseMs = 50;

/** Frees a slot. */
type Leave = () => void;

/**
 * Waits for a slot. Resolves to `false` if the attempt is cancelled first. Resolves to `undefined` if the ledger cannot
 * be written: the status of a message can then still be requested, and a send ends when `written` fails.
 */
async function enter(
  cancellation: Cancellation | undefined,
  { store, account, clock, maxInFlight }: LedgerContext,
): Promise<Leave | false | undefined> {
  try {
    const own = account();
    const name = typeof own === 'string' ? own : await own;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      const entered = await arrival(store.enter(name, maxInFlight), cancellation, (leave) => leave?.());
      if (!entered) return false;
      if (entered.value) return entered.value;
      if (!(await sleep(clock, pauseMs, cancellation))) return false;
    }
  } catch {
    return undefined;
  }
}

/** Creates the layer that limits the parallel requests of all clients that share a ledger. */
export const concurrencyLayer =
  (context: LedgerContext): AttemptLayer =>
  (next) =>
  async (attempt) => {
    const leave = await enter(attempt.cancellation, context);
    if (leave === false) return neverStarted(attempt.call, attempt.cancellation);
    const free = (): void => ignoreErrors(() => leave?.());
    try {
      return await next(attempt);
    } finally {
      // A running probe keeps its slot even if its caller was cancelled.
      if (attempt.pending) void attempt.pending.then(free);
      else free();
    }
  };

/** Creates the layer that records each request just before it is sent. */
export const writtenLayer =
  (clock: Clock): AttemptLayer =>
  (next) =>
  async (attempt) => {
    const { call, cancellation } = attempt;
    if (!call.record) return next(attempt);
    // Read before the request is recorded, so that the 30 seconds do not start later than the record.
    const start = momentOf(clock);
    try {
      const written = await arrival(call.record.written(), cancellation);
      if (!written) return neverStarted(call, cancellation);
      if (!written.value) return inDoubt(call, 'another client has taken this send over');
    } catch {
      return unwritable(call);
    }
    const isLate = (): boolean => {
      const [least, most] = since(clock, start);
      return attempt.isLate?.() || least < 0 || most > handOverWithinMs;
    };
    const result = await next({ ...attempt, isLate });
    call.record.answered(result);
    return result;
  };
