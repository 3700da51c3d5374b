import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  busyTimeoutMs,
  type Database,
  isBusy,
  isNotADatabase,
  isUnwritable,
  type OpenDatabase,
  transaction,
} from './database.ts';
import { type Keys, keysOf } from './secret.ts';

/** Number in the header of each ledger file, "SMSC" in ASCII. Other programs' databases have another number. */
const applicationId = 0x534d5343;
/** Version of the tables below. */
const formatVersion = 1;

/**
 * Tables of a ledger.
 *
 * `sends.state`: 1 claimed, 2 a request was written, 3 accepted, 4 rejected, 5 not sent.
 *
 * `sends.holder`: the owner that is working on the send; 0 if nobody is and the outcome is not certain; -1 if the outcome
 * is certain but the program has yet to be told; NULL if it has been told.
 *
 * `sends.request` and `sends.result` are encrypted. Times in `claimed_at` and `ended_at` are milliseconds since 1970;
 * `written_at` and `owners.heartbeat` are milliseconds since the boot of the machine.
 */
const tables = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sends (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  operation TEXT NOT NULL,
  digest BLOB NOT NULL,
  token INTEGER NOT NULL,
  holder INTEGER,
  state INTEGER NOT NULL,
  temporary INTEGER NOT NULL,
  claimed_at INTEGER NOT NULL,
  ended_at INTEGER,
  written_boot INTEGER,
  written_at INTEGER,
  arrives_within INTEGER,
  code INTEGER,
  request BLOB,
  result BLOB
) STRICT;
CREATE INDEX sends_to_report ON sends (holder) WHERE holder IS NOT NULL;
CREATE TABLE owners (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  boot INTEGER NOT NULL,
  namespace TEXT NOT NULL,
  pid INTEGER NOT NULL,
  started TEXT NOT NULL,
  heartbeat INTEGER NOT NULL
) STRICT;
CREATE TABLE slots (
  account BLOB NOT NULL,
  owner INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (account, owner)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER owner_deleted AFTER DELETE ON owners BEGIN
  DELETE FROM slots WHERE owner = OLD.id;
END;
`;

/** Size of the smallest SQLite database, in bytes. */
const leastBytes = 512;

/** Maximum time for which opening waits for other processes, in milliseconds. */
const openTimeoutMs = 10_000;

/** Error whose message names the file, the problem and the fix. */
class OpenError extends Error {}

const fail = (path: string, problem: string, cause?: unknown): Error =>
  new OpenError(`openLedger: ${path} ${problem}`, { cause });

/** Creates the error for a file that is not a database. */
const foreignFile = (path: string, cause?: unknown): Error =>
  fail(path, 'is not a database; pass the path of a ledger or of a new file', cause);

/** Returns the real path of a file that may not exist yet. */
function resolvePath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) {
    const real = realpathSync(absolute);
    const stat = statSync(real);
    if (!stat.isFile()) throw fail(path, 'is not a file; pass the path of a database file');
    // SQLite would overwrite a file that is too short for a database.
    if (stat.size > 0 && stat.size < leastBytes) throw foreignFile(path);
    return real;
  }
  try {
    return join(realpathSync(dirname(absolute)), basename(absolute));
  } catch (cause) {
    throw fail(path, 'is in a folder that does not exist; create the folder first', cause);
  }
}

/**
 * Withdraws the permissions of other users. SQLite gives the permissions of the database to the files that it creates
 * beside it. Ignores errors: a file of another user, or a file system without permissions.
 */
function restrict(path: string): void {
  if (process.platform === 'win32') return;
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      if (statSync(file).mode & 0o077) chmodSync(file, 0o600);
    } catch {
      // The file does not exist, or its permissions cannot be changed.
    }
  }
}

/** Returns the only number of a row. */
const readNumber = (database: Database, sql: string): number =>
  Object.values(database.prepare<Record<string, number>>(sql).get()!)[0]!;

/** Returns true if the file contains a ledger, false if it is empty. */
function checkFormat(database: Database, path: string): boolean {
  const application = readNumber(database, 'PRAGMA application_id');
  if (application !== applicationId) {
    if (application === 0 && readNumber(database, 'SELECT count(*) FROM sqlite_schema') === 0) return false;
    throw fail(path, 'is a database of another program; pass the path of a ledger or of a new file');
  }
  const version = readNumber(database, 'PRAGMA user_version');
  if (version > formatVersion)
    throw fail(
      path,
      `has format ${version}, which is newer than format ${formatVersion} of this version of @smsc/ledger; update the package`,
    );
  return true;
}

/** Creates the tables, unless another process has done so meanwhile. */
function createTables(database: Database, path: string, secret: string): void {
  const salt = randomBytes(16);
  const check = keysOf(secret, salt).digest('check');
  transaction(database, () => {
    if (checkFormat(database, path)) return;
    database.exec(tables);
    const insert = database.prepare('INSERT INTO meta (name, value) VALUES (?, ?)');
    insert.run('salt', salt);
    insert.run('check', check);
    insert.run('token', 0);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}`);
  });
}

/** Reads the keys of the file. */
function readKeys(database: Database, path: string, { secret }: { readonly secret: string }): Keys {
  const select = database.prepare<{ readonly value: Uint8Array }>('SELECT value FROM meta WHERE name = ?');
  const keys = keysOf(secret, select.get('salt')!.value);
  if (!keys.digest('check').equals(select.get('check')!.value))
    throw fail(path, 'was written with another secret; pass the secret of earlier runs');
  return keys;
}

/** Waits without returning to the event loop. Used only while a ledger is being opened. */
const block = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Runs a step of opening a file. Repeats it while other processes hold a lock. */
function whileBusy<Result>(run: () => Result): Result {
  for (const start = Date.now(); ; block(10)) {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error) || Date.now() - start > openTimeoutMs) throw error;
    }
  }
}

/** An open ledger file. */
export interface LedgerFile {
  readonly database: Database;
  readonly keys: Keys;
  /** Opens the file for writing. `undefined` if it is open for writing already. */
  readonly reopen: (() => LedgerFile) | undefined;
  /** Returns false if the file was moved or deleted since it was opened. */
  readonly isInPlace: () => boolean;
}

function prepareFile(
  database: Database,
  path: string,
  { secret, durable }: { readonly secret: string; readonly durable: boolean },
): Keys {
  database.exec(`PRAGMA busy_timeout = ${openTimeoutMs}`);
  // Check before the first write, so that a file of another program is not changed.
  if (!whileBusy(() => checkFormat(database, path))) {
    whileBusy(() => database.exec('PRAGMA journal_mode = WAL'));
    whileBusy(() => createTables(database, path, secret));
  }
  restrict(path);
  const keys = whileBusy(() => readKeys(database, path, { secret }));
  database.exec(
    `PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}; PRAGMA busy_timeout = ${busyTimeoutMs}`,
  );
  return keys;
}

/** Returns true if a file contains all changes. Returns false if the write-ahead log has later ones. */
function isComplete(path: string): boolean {
  const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return sizeOf(path) > 0 && sizeOf(`${path}-wal`) === 0;
}

/** Creates the function that returns true as long as the same file is at a path. */
function createPlaceCheck(path: string): () => boolean {
  const identify = (): string => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat ? `${stat.dev} ${stat.ino}` : 'none';
  };
  const opened = identify();
  return () => identify() === opened;
}

/** Converts an error of the database to one that names the file and the fix. */
function toOpenError(error: unknown, path: string): unknown {
  if (error instanceof OpenError) return error;
  if (!isNotADatabase(error))
    return fail(
      path,
      `cannot be opened (${(error as Error).message}); check that its folder exists, that this user may write there, and that the disk is not full`,
      error,
    );
  return foreignFile(path, error);
}

/**
 * Opens a ledger file, or creates it. If the disk is full or cannot be written, SQLite may be unable to create its files
 * beside it. The ledger can then only be read, until `reopen` succeeds.
 *
 * Only the database package opens a ledger's file: closing any descriptor of a file removes all locks that the process
 * holds on it.
 */
export function openFile(
  given: string,
  options: { readonly secret: string; readonly durable: boolean; readonly open: OpenDatabase },
): LedgerFile {
  const path = resolvePath(given);
  const isNew = !existsSync(path);
  const connect = (immutable: boolean): LedgerFile => {
    const database = options.open(path, { immutable });
    try {
      // The path may be a link, whose target exists only now.
      if (isNew) restrict(realpathSync(path));
      const prepare = immutable ? readKeys : prepareFile;
      const keys = prepare(database, given, options);
      return { database, keys, reopen: immutable ? open : undefined, isInPlace: createPlaceCheck(path) };
    } catch (error) {
      database.close();
      throw error;
    }
  };
  const open = (): LedgerFile => connect(false);
  try {
    return open();
  } catch (error) {
    if (isUnwritable(error) && isComplete(path)) return connect(true);
    throw toOpenError(error, given);
  }
}
