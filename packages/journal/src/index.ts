export { type FileJournal, fileJournal, type FileJournalOptions } from './file-journal.ts';
