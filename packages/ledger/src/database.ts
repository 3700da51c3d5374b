import Libsql from 'libsql';

/** A value that SQLite can store. */
export type Value = string | number | Uint8Array | null;

/** A prepared statement. */
export interface Statement<Row = unknown> {
  /** Runs the statement, in a transaction of its own if none is open. Returns the number of changed rows. */
  run(...values: readonly Value[]): number;
  /**
   * Returns the first row, or `undefined` if there is none. For statements that only read: the package does not report a
   * change that fails when it is committed.
   */
  get(...values: readonly Value[]): Row | undefined;
  /** Returns all rows. */
  all(...values: readonly Value[]): readonly Row[];
}

/** A connection to a database file. Its calls are synchronous. */
export interface Database {
  prepare<Row>(sql: string): Statement<Row>;
  /** Runs one or more statements without values. */
  exec(sql: string): void;
  close(): void;
}

/** Opens a file as a database. Only this module uses the database package. */
export type OpenDatabase = (path: string, options?: { readonly immutable?: boolean }) => Database;

/** Maximum time for which a call blocks while another connection writes, in milliseconds. */
export const busyTimeoutMs = 5;

/** Returns the URI with which SQLite reads a file without locks and without creating files beside it. */
function immutableUri(path: string): string {
  const escaped = path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return `file:${escaped}?immutable=1&mode=ro`;
}

/** Replaces buffers in a row: `all` of this package returns bytes as `ArrayBuffer`, unlike `get`. */
function withBytes(row: unknown): unknown {
  const members = row as Record<string, unknown>;
  for (const [name, value] of Object.entries(members))
    if (value instanceof ArrayBuffer) members[name] = new Uint8Array(value);
  return row;
}

/** Runs statements in one transaction that takes the write lock at its start. */
export function transaction<Result>(database: Pick<Database, 'exec'>, run: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled it back already, such as on a full disk.
    }
    throw error;
  }
}

/**
 * Opens a file, or creates it if it does not exist.
 *
 * @param options `immutable`: opens the file for reading only, for a disk on which SQLite cannot create its other files
 */
export const openDatabase: OpenDatabase = (path, { immutable = false } = {}) => {
  // The options have no prototype, so that none can be inherited.
  const settings = { __proto__: null, timeout: busyTimeoutMs };
  const connection = new Libsql(immutable ? immutableUri(path) : path, settings);
  let isClosed = false;
  const exec = (sql: string): void => {
    // This package ends the process if a closed connection is used.
    if (isClosed) throw new Error('the database is closed');
    connection.exec(sql);
  };
  return {
    prepare: <Row>(sql: string) => {
      const statement = connection.prepare(sql);
      return {
        // This package does not reset a prepared statement that finds the file locked. The next read of the connection
        // would then keep its snapshot forever, and nothing could be written. So `BEGIN` takes the lock.
        run: (...values) => {
          const run = (): number => statement.run(...values).changes;
          return !isClosed && connection.inTransaction ? run() : transaction({ exec }, run);
        },
        get: (...values) => statement.get(...values) as Row | undefined,
        all: (...values) => statement.all(...values).map(withBytes) as Row[],
      };
    },
    exec,
    close: () => {
      isClosed = true;
      connection.close();
    },
  };
};

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown } | undefined)?.code);

/** Returns true if another connection held a lock. The same call can succeed later. */
export const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY');

/** Returns true if the file is not an SQLite database. */
export const isNotADatabase = (error: unknown): boolean => codeOf(error) === 'SQLITE_NOTADB';

/** Returns true if the disk is full, or cannot be written for another reason. */
export const isUnwritable = (error: unknown): boolean =>
  /^SQLITE_(?:CANTOPEN|FULL|IOERR|READONLY)/.test(codeOf(error));
