import { type Call, held, idle } from '../call.ts';
import type { Clock } from '../clock.ts';
import { type Cancellation, promised, waitUnlessCancelled } from '../cancellation.ts';
import type { AttemptResult } from '../attempt-result.ts';
import type { Journal, JournalRecord } from '../journal.ts';

/** Takes note of an end. What cannot be written, or not in time, stays open, and will be asked for once more. */
export const closing =
  (record: JournalRecord | undefined) =>
  (outcome: Parameters<JournalRecord['ended']>[0], ending?: Cancellation): Promise<unknown> | undefined => {
    let noting: Promise<void> | undefined;
    try {
      noting = promised(record?.ended(outcome));
    } catch {
      // It stays open.
    }
    return noting && waitUnlessCancelled(ending, noting);
  };

/** Writes a send into the journal before anything of it leaves. `undefined` when it may go on. */
export async function plan(
  call: Call,
  journal: Journal,
  accountOf: () => string | Promise<string>,
  clock: Clock,
  ending: Cancellation | undefined,
): Promise<AttemptResult | undefined> {
  const { id, to, info } = call;
  if (!id) return undefined;
  try {
    const planned = journal.plan({
      id,
      operation: info.operation,
      to,
      account: await accountOf(),
      at: clock.now(),
    });
    const planning = promised(planned);
    if (planning && !(await waitUnlessCancelled(ending, planning))) {
      void planning.then((late) => late.ended('not-sent')).catch(() => undefined);
      return idle(call, ending);
    }
    call.record = planning ? await planning : (planned as JournalRecord);
    return undefined;
  } catch {
    return held(call, 'the journal could not be written');
  }
}
