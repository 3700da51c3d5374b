import type { AttemptResult } from '../attempt-result.ts';
import { type AttemptLayer, type Call, heldBack, neverStarted } from '../call.ts';
import type { Journal, JournalRecord } from '../journal.ts';
import { asPromise, type Cancellation, waitUnlessCancelled } from '../state/cancellation.ts';
import type { Clock } from '../state/clock.ts';

/** Records in the journal that a request is about to be sent. If that fails, the request is not sent. */
export const journalLayer =
  (clock: Clock): AttemptLayer =>
  (next) =>
  async (attempt) => {
    const { call, cancellation, isLate } = attempt;
    try {
      const writing = asPromise(call.record?.written(clock.now()));
      if (writing && !(await waitUnlessCancelled(cancellation, writing)))
        return neverStarted(call, cancellation);
      await writing;
    } catch {
      return heldBack(call, 'the journal could not be written');
    }
    return isLate?.() ? heldBack(call, 'it is too late to send the request again') : next(attempt);
  };

/** Adds a send to the journal before anything is sent. Returns its result if it must not go on, else `undefined`. */
export async function planSend(
  call: Call,
  journal: Journal,
  account: () => string | Promise<string>,
  clock: Clock,
): Promise<AttemptResult | undefined> {
  const { id, to, info, cancellation } = call;
  if (!id) return undefined;
  const { operation } = info;
  try {
    const planned = journal.plan({ id, operation, to, account: await account(), at: clock.now() });
    const planning = asPromise(planned);
    if (planning && !(await waitUnlessCancelled(cancellation, planning))) {
      void planning.then((late) => late.ended('not-sent')).catch(() => undefined);
      return neverStarted(call, cancellation);
    }
    call.record = planning ? await planning : (planned as JournalRecord);
    return undefined;
  } catch {
    return heldBack(call, 'the journal could not be written');
  }
}

/**
 * Records the outcome of a send in the journal. Gives up when the cancellation fires. If it cannot be written, the send stays
 * open and will be settled again.
 */
export function recordOutcome(
  record: JournalRecord | undefined,
  outcome: Parameters<JournalRecord['ended']>[0],
  cancellation?: Cancellation,
): Promise<unknown> | undefined {
  let writing: Promise<void> | undefined;
  try {
    writing = asPromise(record?.ended(outcome));
  } catch {
    // The send stays open.
  }
  return writing && waitUnlessCancelled(cancellation, writing);
}
