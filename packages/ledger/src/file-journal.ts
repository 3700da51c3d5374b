import { createJournal, type Journal, type JournalRecord, type OpenSend } from '@smsc/client';
import { type Check, checkFlag, readOptions } from '@smsc/protocol/adapter';
import { type Entries, type Entry, formatFile, linesOf, readJournal } from './format.ts';
import { createSeal } from './seal.ts';
import { createFile, createStorage } from './storage.ts';

/** Options of `fileJournal`. */
export interface FileJournalOptions {
  /**
   * Secret that protects the stored recipients and account: the encryption key (AES-256-GCM) is derived from it. At
   * least 16 characters, and the same in every run. Do not use the account's password: it may change, and the file
   * could be used to guess it.
   */
  readonly secret: string;
  /**
   * Flushes each line to the disk before the send goes on. Default: false. Without the flush, the file survives a crash
   * of the process, but may lose its last lines in a power failure.
   */
  readonly durable?: boolean | undefined;
}

/** A journal in a file. */
export interface FileJournal extends Journal {
  /**
   * Removes the open sends with this id that are not running in this program. Use it for a send that cannot be settled, such
   * as a send to a group. Returns the number of removed sends.
   */
  forget(id: string): number;
  /**
   * Closes the file. Running sends stay open in it, and further sends are held back. Can be called more than once.
   */
  close(): void;
}

const checkSecret: Check = (value, context) =>
  void context.expect(typeof value === 'string' && value.length >= 16, value, 'at least 16 characters');
const checkPath: Check = (value, context) =>
  void context.expect(typeof value === 'string' && value !== '', value, 'the path of a file');

/** Throws if the entries were sealed under another secret: none of them could be settled. */
function checkUnseals(entries: Entries, unseal: (sealed: string) => string): void {
  for (const { sealed } of entries.values()) {
    try {
      unseal(sealed);
    } catch {
      throw new Error(
        'fileJournal: the file was written with another secret; pass the secret of earlier runs',
      );
    }
  }
}

/**
 * Opens a journal in a file, or creates it. Each step of a send is written before it happens, so the file is correct
 * whenever the process stops. One program at a time may use a file. The file contains ids, operation names and times in
 * plain text. Recipients and account are encrypted. Message texts are not stored.
 *
 * After a crash, open the journal again: `client.recover()` settles the open sends.
 *
 * @example
 * ```ts
 * const journal = fileJournal('sends.log', { secret });
 * const smsc = createSmsc({ apiKey, journal });
 * ```
 *
 * @param path path of the file
 * @throws {InputError} for invalid options
 * @throws a system error if the file cannot be written, or an error if it is not a journal or was written with another
 * secret
 */
export function fileJournal(path: string, options: FileJournalOptions): FileJournal {
  const { secret, durable = false } = readOptions(
    'fileJournal',
    options,
    { durable: checkFlag },
    { secret: checkSecret },
    (_, context) => checkPath(path, context.inside('path')),
  );
  const realPath = createFile(path);
  /** Open sends that are not running: sends of earlier runs, and sends that ended as `unknown`. */
  const { salt, entries: idle } = readJournal(realPath);
  const { seal, unseal } = createSeal(secret, salt);
  /** Sends of this run that have not ended. */
  const running: Entries = new Map();
  const storage = createStorage(realPath, durable);
  const compact = (): void => storage.replace(formatFile(salt, [...idle, ...running]));
  let next = 1;
  for (const number of idle.keys()) next = Math.max(next, number + 1);

  // Check before the first write, so that a file with another secret is not changed.
  checkUnseals(idle, unseal);
  compact();

  function end(number: number, outcome: string): void {
    storage.append({ e: number, outcome });
    running.delete(number);
    idle.delete(number);
    if (storage.isFull()) compact();
  }

  /** Keeps an unknown send open: for `settle` in this run, or for `recover` in this run or the next. */
  function keepOpen(number: number): void {
    const entry = running.get(number);
    if (entry) idle.set(number, entry);
    running.delete(number);
  }

  const recordOf = (number: number): JournalRecord => ({
    written: (at) => {
      storage.append({ w: number, at });
      // A probe is recorded as well. Its send ended as `unknown`, so its entry is in `idle`.
      const entry = running.get(number) ?? idle.get(number);
      if (entry) entry.writtenAt = at;
    },
    ended: (outcome) => (outcome === 'unknown' ? keepOpen(number) : end(number, outcome)),
  });

  return createJournal<Omit<FileJournal, 'connect'>>({
    plan: ({ to, account, ...planned }) => {
      const number = next++;
      const entry: Entry = { planned, sealed: seal(JSON.stringify([account, to])), writtenAt: undefined };
      for (const line of linesOf([number, entry])) storage.append(line);
      running.set(number, entry);
      return recordOf(number);
    },
    open: () =>
      [...idle].map(([number, { planned, sealed, writtenAt }]): OpenSend => {
        const [account, to] = JSON.parse(unseal(sealed)) as readonly [string, readonly string[]];
        return { ...planned, account, to, writtenAt, record: recordOf(number) };
      }),
    forget: (id) => {
      const found = [...idle].filter(([, { planned }]) => planned.id === id);
      for (const [number] of found) end(number, 'forgotten');
      return found.length;
    },
    close: () => storage.close(),
  });
}
