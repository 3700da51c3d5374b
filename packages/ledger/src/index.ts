/**
 * Journal in a file, with which a client settles the sends of an earlier run of the program.
 *
 * @example
 * ```ts
 * import { createSmsc } from '@smsc/fetch';
 * import { fileJournal } from '@smsc/journal';
 *
 * const journal = fileJournal('sends.log', { secret: journalSecret });
 * const smsc = createSmsc({ apiKey, journal });
 * for (const { id, outcome } of await smsc.recover()) console.log(id, outcome);
 * ```
 */
export { type FileJournal, fileJournal, type FileJournalOptions } from './file-journal.ts';
