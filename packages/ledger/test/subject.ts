import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, ClaimAnswer, ClaimRequest, LedgerStore } from '@smsc/client';
import { type Database, openDatabase, type OpenDatabase } from '../src/database.ts';
import { createHost, type Host } from '../src/host.ts';
import { openStore, type OpenLedgerOptions, type Replaceable } from '../src/open-ledger.ts';

export const secret = 'a secret of the test';

/** Processes that exist only in a test: each opened store can be one of its own. */
export class FakeProcesses {
  readonly #alive = new Set<number>();
  #next = 2_000_000_000;

  /** Creates the host of a process that is alive until `kill` is called with its number. */
  start(changes: Partial<Host['self']> = {}): Host {
    const host = createHost();
    const pid = this.#next++;
    this.#alive.add(pid);
    return {
      ...host,
      self: { ...host.self, pid, started: '1', ...changes },
      startOf: (each) => (this.#alive.has(each) ? '1' : undefined),
    };
  }

  kill({ self }: Host): void {
    this.#alive.delete(self.pid);
  }
}

/** Error of SQLite with a code. */
const sqliteError = (code: string): Error => Object.assign(new Error(`injected ${code}`), { code });

/** A database whose writes can be made to fail. */
export class Faults {
  /** Code of the error that each write throws. */
  code: string | undefined;
  /** Number of writes that still succeed. */
  after = 0;

  #check(): void {
    if (this.code !== undefined && this.after-- <= 0) throw sqliteError(this.code);
  }

  readonly open: OpenDatabase = (path, options): Database => {
    const database = openDatabase(path, options);
    return {
      ...database,
      prepare: (sql) => {
        const statement = database.prepare(sql);
        const run: typeof statement.run = (...values) => {
          this.#check();
          return statement.run(...values);
        };
        return { ...statement, run } as never;
      },
      exec: (sql) => {
        if (sql.startsWith('BEGIN')) this.#check();
        database.exec(sql);
      },
    };
  };
}

/** Creates a folder for a test's files. */
export const createFolder = (): string => mkdtempSync(join(tmpdir(), 'ledger-'));

/** Deletes a folder and its files. */
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Reads a file in another process: closing it in this one would remove the locks of its open ledgers. */
export const readElsewhere = (path: string): Buffer =>
  execFileSync('cat', [path], { stdio: ['ignore', 'pipe', 'ignore'] });

/** Opens a store with parts that a test replaces. */
export const open = (
  path: string,
  replaced: Partial<Replaceable> = {},
  options: Partial<OpenLedgerOptions> = {},
): ReturnType<typeof openStore> => openStore(path, { secret, ...options }, replaced);

/** Creates a request for a claim. */
export const request = (id: string, changes: Partial<ClaimRequest> = {}): ClaimRequest => ({
  id,
  operation: 'send',
  content: 'a message',
  to: ['380501234567'],
  account: 'alex',
  temporary: false,
  ...changes,
});

/** Claims an id that is free. */
export async function claimed(
  store: LedgerStore,
  id: string,
  changes: Partial<ClaimRequest> = {},
): Promise<Claim> {
  const answer: ClaimAnswer = await store.claim(request(id, changes));
  if (answer.state !== 'yours') throw new Error(`expected that ${id} is free, found ${answer.state}`);
  return answer.claim;
}

/** Collects the items of a list. */
export async function all<Item>(items: Iterable<Item> | AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Returns the state of a claim of an id. */
export const stateOf = async (store: LedgerStore, id: string): Promise<ClaimAnswer['state']> =>
  (await store.claim(request(id))).state;
