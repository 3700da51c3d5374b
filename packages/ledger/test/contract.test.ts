import { join } from 'node:path';
import { ledgerContract } from '@smsc/conformance/ledger';
import { expect, describe, it } from 'vitest';
import type { Host } from '../src/host.ts';
import type { SqliteStore } from '../src/sqlite-store.ts';
import { createFolder, FakeProcesses, Faults, open, readElsewhere, removeFolder } from './subject.ts';

interface Opened {
  readonly folder: string;
  readonly host: Host;
  readonly faults: Faults;
  readonly options: Parameters<typeof open>[2];
}

const processes = new FakeProcesses();
const opened = new WeakMap<SqliteStore, Opened>();

function openIn(folder: string, options: Opened['options']): SqliteStore {
  const host = processes.start();
  const faults = new Faults();
  const store = open(
    join(folder, 'sends.db'),
    { createHost: () => host, openDatabase: faults.open, heartbeatMs: 1e9 },
    options,
  );
  opened.set(store, { folder, host, faults, options });
  return store;
}

const undeclared = ledgerContract<SqliteStore>({ describe, it }, 'openLedger', {
  open: (options) => openIn(createFolder(), options),
  openAnother: (store) => {
    const { folder, options } = opened.get(store)!;
    return openIn(folder, options);
  },
  kill: (store) => processes.kill(opened.get(store)!.host),
  failWrites: (store) => {
    const { faults } = opened.get(store)!;
    faults.code = 'SQLITE_FULL';
    return () => {
      faults.code = undefined;
    };
  },
  raw: (store) => {
    const path = join(opened.get(store)!.folder, 'sends.db');
    return ['', '-wal'].map((suffix) => readElsewhere(`${path}${suffix}`));
  },
  remove: (store) => removeFolder(opened.get(store)!.folder),
});

it('declares every case of the contract', () => {
  expect(undeclared).toEqual([]);
});
