import { type Clock, createLedger, type Ledger } from '@smsc/client';
import { checkKeepMs, checkMember, defaultKeepMs } from '@smsc/client/adapter';
import { type Check, checkFlag, readOptions } from '@smsc/protocol/adapter';
import { openDatabase } from './database.ts';
import { createHost } from './host.ts';
import { openFile } from './schema.ts';
import { SqliteStore } from './sqlite-store.ts';

/** Options of `openLedger`. */
export interface OpenLedgerOptions {
  /**
   * Secret from which two keys are derived: one encrypts recipients, accounts and results (AES-256-GCM), and one is for
   * the digests of the messages (HMAC-SHA256). At least 16 characters, and the same in every run. Do not use the account's
   * password: it may change, and the file could be used to guess it.
   */
  readonly secret: string;
  /**
   * Time for which an entry is kept after its outcome is certain, in milliseconds. After this time, the id is free again.
   * Default: 2,592,000,000, which is 30 days. Entries in doubt are kept until they are settled.
   */
  readonly keepMs?: number | undefined;
  /**
   * Flushes each record to the disk before the send goes on. Default: false. Without the flush, the file survives a crash
   * of the process, but may lose the records of the last seconds in a power failure.
   */
  readonly durable?: boolean | undefined;
  /** Clock of the entries, for tests. Default: the machine's clocks. */
  readonly clock?: Clock | undefined;
}

const checkSecret: Check = (value, context) =>
  void context.expect(typeof value === 'string' && value.length >= 16, value, 'at least 16 characters');
const checkPath: Check = (value, context) =>
  void context.expect(typeof value === 'string' && value !== '', value, 'the path of a file');

/** Parts of a store that tests replace. */
export interface Replaceable {
  readonly openDatabase: typeof openDatabase;
  readonly createHost: typeof createHost;
  readonly heartbeatMs: number;
  readonly leaseMs: number;
}

const defaults: Replaceable = { openDatabase, createHost, heartbeatMs: 2_000, leaseMs: 20_000 };

/** Opens the store of a ledger. */
export function openStore(
  path: string,
  options: OpenLedgerOptions,
  replaced: Partial<Replaceable> = {},
): SqliteStore {
  const { secret, keepMs, durable, clock } = readOptions(
    'openLedger',
    options,
    { keepMs: checkKeepMs, durable: checkFlag, clock: checkMember('after', 'function', 'a clock') },
    { secret: checkSecret },
    (_, context) => checkPath(path, context.inside('path')),
  );
  const parts = { ...defaults, ...replaced };
  const file = openFile(path, { secret, durable: durable ?? false, open: parts.openDatabase });
  return new SqliteStore(file, {
    keepMs: keepMs ?? defaultKeepMs,
    clock,
    host: parts.createHost(),
    heartbeatMs: parts.heartbeatMs,
    leaseMs: parts.leaseMs,
  });
}

/**
 * Opens a ledger in a database file, or creates the file. All threads and processes of one machine can have the same
 * ledger open. Every request is recorded before it is sent, so that the file is correct whenever a process stops.
 *
 * The file contains ids, names of operations, outcomes, error numbers and times in plain text. Recipients, accounts and
 * results are encrypted. Of the message, only a keyed digest is stored. Only the user of the process may read the file
 * (permissions 0600). An existing file gets these permissions.
 *
 * @example
 * ```ts
 * const ledger = openLedger('sends.db', { secret });
 * const smsc = createSmsc({ apiKey, ledger });
 * const sent = await smsc.send({ id: 'order-4821', to: '380501234567', text: 'Ваш код: 4821' });
 * ```
 *
 * @param path path of the file. Its folder must exist. SQLite keeps two more files beside it, with `-wal` and `-shm` at
 * the end of their names
 * @throws {InputError} for invalid options
 * @throws an error if the file is not a ledger or was written with another secret, or if it cannot be opened
 */
export const openLedger = (path: string, options: OpenLedgerOptions): Ledger =>
  createLedger(openStore(path, options));
