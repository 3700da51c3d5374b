import type { JournalRecord, OpenSend } from './journal.ts';
import { createJournal, type Journal } from './layers/journal.ts';

/** Creates a journal in memory. Sends that end as `unknown` can be settled by `recover()` until the program ends. */
export function memoryJournal(): Journal {
  const unknown = new Map<JournalRecord, () => OpenSend>();
  return createJournal({
    plan: (planned) => {
      let writtenAt: number | undefined;
      const record: JournalRecord = {
        written: (at) => void (writtenAt = at),
        ended: (outcome) => {
          if (outcome === 'unknown') unknown.set(record, () => ({ ...planned, writtenAt, record }));
          else unknown.delete(record);
        },
      };
      return record;
    },
    open: () => Array.from(unknown.values(), (each) => each()),
  });
}
