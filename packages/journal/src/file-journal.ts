import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { createJournal, type Journal, type JournalRecord, type OpenSend, type Planned } from '@smsc/client';
import { type Check, copyOwn, readOptions } from '@smsc/protocol/adapter';

/** What a journal in a file needs. */
export interface FileJournalOptions {
  /**
   * Numbers and addresses are kept sealed (AES-256-GCM) under a key from this: at least 16 characters, the same for every
   * run of the program. Not the account's password: it changes, and a journal would be a way to try passwords.
   */
  readonly secret: string;
  /**
   * Whether each line is on the disk before it goes on. Default: false: it is with the system then, which keeps it when the
   * program is killed, but not when the power fails.
   */
  readonly durable?: boolean | undefined;
}

/** A journal in a file, which can be closed. */
export interface FileJournal extends Journal {
  /**
   * Lets go of a send of which nobody will ever know more, such as one to a group. Gives how many of this id were open, and
   * do not go on.
   */
  forget(id: string): number;
  /** Closes the file. Sends that go on are left open, and what is still to be sent is held back. Can be called again. */
  close(): void;
}

/** A line: what happened to which send. `p`lanned, `w`ritten, `e`nded. */
type Line =
  | {
      readonly p: number;
      readonly id: string;
      readonly operation: string;
      readonly to: string;
      readonly at: number;
    }
  | { readonly w: number; readonly at: number }
  | { readonly e: number; readonly outcome: string };

const header = 'smsc-journal-1';
/** Characters about sends that have ended, after which the file is written anew with those that are open. */
const mostOfEnded = 2_000_000;
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 8);

const checkSecret: Check = (value, at) =>
  void at.expect(typeof value === 'string' && value.length >= 16, value, '16 characters at least');
const checkPath: Check = (value, at) =>
  void at.expect(typeof value === 'string' && value !== '', value, 'the path of a file');
const checkDurable: Check = (value, at) => void at.expect(typeof value === 'boolean', value, 'true or false');

/** The key that was made last: it takes long by design, and a program opens the same journal again. */
let last: { readonly secret: string; readonly salt: string; readonly key: Buffer } | undefined;

function keyOf(secret: string, salt: string): Buffer {
  if (last?.secret !== secret || last.salt !== salt)
    last = { secret, salt, key: scryptSync(secret, salt, 32) };
  return last.key;
}

/** Seals and opens texts under a key. What was tampered with does not open. */
function sealer(
  secret: string,
  salt: string,
): { readonly seal: (text: string) => string; readonly open: (sealed: string) => string } {
  const key = keyOf(secret, salt);
  return {
    seal: (text: string): string => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      );
    },
    open: (sealed: string): string => {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
    },
  };
}

/** A send as the lines tell of it. Whose it is and whom it goes to is sealed. */
interface Entry {
  readonly planned: Omit<Planned, 'to' | 'account'>;
  readonly sealed: string;
  writtenAt: number | undefined;
}

/** Reads what is whole of a file. A line that was cut off by the end of the program, or of the machine, is passed over. */
function readLines(path: string): {
  readonly salt: string | undefined;
  readonly entries: Map<number, Entry>;
} {
  const entries = new Map<number, Entry>();
  const text = readFileSync(path, 'utf8');
  const begins = `${header} `;
  if (!text.includes('\n') && begins.startsWith(text.slice(0, begins.length)))
    return { salt: undefined, entries };
  const [first = '', ...lines] = text.split('\n');
  const [name, salt] = first.split(' ');
  if (name !== header || salt?.length !== 22) throw new Error('fileJournal: the file is no journal');
  for (const line of lines) {
    if (line.length < 10 || digest(line.slice(9)) !== line.slice(0, 8)) continue;
    const read = copyOwn(JSON.parse(line.slice(9)) as Line);
    if ('p' in read)
      entries.set(read.p, {
        planned: { id: read.id, operation: read.operation, at: read.at },
        sealed: read.to,
        writtenAt: undefined,
      });
    else if ('w' in read) {
      const entry = entries.get(read.w);
      if (entry) entry.writtenAt = read.at;
    } else entries.delete(read.e);
  }
  return { salt, entries };
}

/**
 * Where the file really is, which is made if there is none. When it is written anew, a link would be replaced, and whoever
 * opens the file by another name would find nothing; and the folder of a relative path may have been left.
 */
function placeOf(path: string): string {
  closeSync(openSync(path, 'a', 0o600));
  return realpathSync(path);
}

/** Puts a folder's names on the disk: without it, a file that was renamed can have its old name again when the power has failed. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } catch {
    // Some systems do not let a folder be synced, and do it by themselves.
  } finally {
    closeSync(folder);
  }
}

/**
 * A journal in a file: every line is appended before what it tells of happens, so it survives the end of the program at
 * any byte. A file is for one program at a time. It holds ids, names of operations and times in the clear, numbers and
 * addresses sealed, and no text.
 *
 * Opening it again after a crash, `client.recover()` settles what was open.
 *
 * @throws {InputError} for options that cannot be meant
 * @throws an error of the system when the file cannot be written, or one that says so when it is no journal, or was
 * written under another secret
 */
export function fileJournal(path: string, options: FileJournalOptions): FileJournal {
  const { secret, durable = false } = readOptions(
    'fileJournal',
    options,
    { durable: checkDurable },
    { secret: checkSecret },
    (_, at) => checkPath(path, at.inside('path')),
  );
  const place = placeOf(path);
  const before = readLines(place);
  const salt = before.salt ?? randomBytes(16).toString('base64url');
  const { seal, open } = sealer(secret, salt);
  /** Sends of this run that go on, or of which nothing is known. */
  const running = new Map<number, Entry>();
  /** Sends of earlier runs. */
  const earlier = before.entries;
  /** The file; `undefined` when it is closed. */
  let file: number | undefined;
  /** How many characters can be written to it before it is worth to write it anew. */
  let room = 0;
  let next = 1;
  for (const number of earlier.keys()) next = Math.max(next, number + 1);

  /** Whether half a line may stand at the end, since the disk was full: the next one begins on a line of its own. */
  let torn = false;
  const writeAll = (to: number, text: string): void => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(to, bytes, at);
  };
  const textOf = (line: Line): string => {
    const text = JSON.stringify(line);
    return `${digest(text)} ${text}\n`;
  };
  const linesOf = ([number, { planned, sealed, writtenAt }]: readonly [number, Entry]): readonly Line[] => [
    { p: number, id: planned.id, operation: planned.operation, to: sealed, at: planned.at },
    ...(writtenAt === undefined ? [] : [{ w: number, at: writtenAt }]),
  ];
  const append = (line: Line): void => {
    // Its number may be another file's by now.
    if (file === undefined) throw new Error('fileJournal: it is closed');
    const text = torn ? `\n${textOf(line)}` : textOf(line);
    torn = true;
    writeAll(file, text);
    torn = false;
    if (durable) fdatasyncSync(file);
    room -= text.length;
  };

  /** Writes the file anew with what is open, beside the old one, and puts it in its place at once. Until then the old one counts. */
  function compact(): void {
    const aside = `${place}.new`;
    const text = `${header} ${salt}\n${[...earlier, ...running].flatMap(linesOf).map(textOf).join('')}`;
    // What is there already, whoever made it, has its own permissions.
    rmSync(aside, { force: true });
    const fresh = openSync(aside, 'wx', 0o600);
    try {
      writeAll(fresh, text);
      if (durable) fdatasyncSync(fresh);
      renameSync(aside, place);
    } catch (error) {
      closeSync(fresh);
      rmSync(aside, { force: true });
      throw error;
    }
    // Its number may be another file's when it could not be closed well: from here on nothing is written to it.
    const old = file;
    [file, room, torn] = [fresh, mostOfEnded + text.length, false];
    if (durable) syncFolder(dirname(place));
    if (old !== undefined) closeSync(old);
  }
  // Under another secret nothing of it could be settled: that is said while the file is as it was.
  for (const { sealed } of earlier.values()) {
    try {
      open(sealed);
    } catch {
      throw new Error('fileJournal: the file was written under another secret');
    }
  }
  compact();

  const recordOf = (number: number): JournalRecord => ({
    written: (at) => {
      append({ w: number, at });
      // What stayed unknown is among the earlier ones, and a probe of it is written as well.
      const entry = running.get(number) ?? earlier.get(number);
      if (entry) entry.writtenAt = at;
    },
    ended: (outcome) => {
      // What is unknown stays open: for `settle` in this run, for `recover` in this one or the next.
      if (outcome === 'unknown') {
        const entry = running.get(number);
        if (entry) earlier.set(number, entry);
        running.delete(number);
        return;
      }
      end(number, outcome);
    },
  });

  function end(number: number, outcome: string): void {
    append({ e: number, outcome });
    running.delete(number);
    earlier.delete(number);
    if (room < 0) compact();
  }

  return createJournal<Omit<FileJournal, 'connect'>>({
    plan: ({ to, account, ...planned }) => {
      const number = next++;
      const entry: Entry = { planned, sealed: seal(JSON.stringify([account, to])), writtenAt: undefined };
      for (const line of linesOf([number, entry])) append(line);
      running.set(number, entry);
      return recordOf(number);
    },
    open: () =>
      [...earlier].map(([number, { planned, sealed, writtenAt }]): OpenSend => {
        const [account, to] = JSON.parse(open(sealed)) as readonly [string, readonly string[]];
        return { ...planned, account, to, writtenAt, record: recordOf(number) };
      }),
    forget: (id) => {
      const found = [...earlier].filter(([, { planned }]) => planned.id === id);
      for (const [number] of found) end(number, 'forgotten');
      return found.length;
    },
    close: () => {
      const old = file;
      file = undefined;
      if (old !== undefined) closeSync(old);
    },
  });
}
