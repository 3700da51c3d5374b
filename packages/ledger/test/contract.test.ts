import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LedgerOpening, ledgerContract } from '@smsc/conformance/ledger';
import { describe, it } from 'vitest';
import { type Database, openDatabase } from '../src/database.ts';
import { createHost } from '../src/host.ts';
import { openStore } from '../src/open-ledger.ts';
import type { SqliteStore } from '../src/sqlite-store.ts';

/** A store as one process has it open. */
interface Process {
  readonly path: string;
  readonly opening: LedgerOpening;
  readonly pid: number;
  readonly databases: readonly Database[];
}

const secret = 'a secret for the tests';
const processes = new Map<SqliteStore, Process>();
const running = new Set<number>();
let lastPid = 1_000_000;

/** Opens a file as if in a process of its own. */
function openInProcess(path: string, opening: LedgerOpening): SqliteStore {
  const pid = ++lastPid;
  const databases: Database[] = [];
  const host = createHost();
  running.add(pid);
  const store = openStore(
    path,
    { ...opening, secret },
    {
      createHost: () => ({
        ...host,
        self: { ...host.self, pid, started: '1' },
        startOf: (other) => (running.has(other) ? '1' : undefined),
      }),
      openDatabase: (...file) => {
        const database = openDatabase(...file);
        databases.push(database);
        return database;
      },
    },
  );
  processes.set(store, { path, opening, pid, databases });
  return store;
}

ledgerContract<SqliteStore>({ describe, it }, 'the store in a file', {
  open: (opening) => openInProcess(join(mkdtempSync(join(tmpdir(), 'smsc-ledger-')), 'sends.db'), opening),
  openAnother: (store) => {
    const { path, opening } = processes.get(store)!;
    return openInProcess(path, opening);
  },
  kill: (store) => void running.delete(processes.get(store)!.pid),
  failWrites: (store) => {
    const { databases } = processes.get(store)!;
    for (const database of databases) database.exec('PRAGMA query_only = 1');
    return () => databases.forEach((database) => database.exec('PRAGMA query_only = 0'));
  },
  raw: (store) => {
    const folder = dirname(processes.get(store)!.path);
    return readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  },
  remove: (store) => rmSync(dirname(processes.get(store)!.path), { recursive: true, force: true }),
});
