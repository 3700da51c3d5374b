import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createClient, type Ledger } from '@smsc/client';
import { InputError } from '@smsc/protocol';
import { whilePolluted } from '@smsc/testing/pollution';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from '../src/database.ts';
import * as ledgerPackage from '../src/index.ts';
import { all, claimed, createFolder, open, removeFolder, request, secret, stateOf } from './subject.ts';

const { openLedger } = ledgerPackage;

let folder: string;
let path: string;
beforeEach(() => {
  folder = createFolder();
  path = join(folder, 'sends.db');
});
afterEach(() => removeFolder(folder));

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** Runs SQL in a file, as another program would. */
function change(file: string, sql: string): void {
  const database = openDatabase(file);
  database.exec(sql);
  database.close();
}

describe('the options of openLedger', () => {
  it('belong to the only value that the package exports', () => {
    expect(Object.keys(ledgerPackage)).toEqual(['openLedger']);
  });

  it('are checked all at once', () => {
    const wrong = { secret: 'short', keepMs: -1, durable: 1, clock: {}, extra: true };
    const act = (): Ledger => openLedger('', wrong as never);
    expect(act).toThrow(InputError);
    try {
      act();
    } catch (error) {
      expect((error as InputError).issues.map((issue) => issue.path).sort()).toEqual([
        'clock',
        'durable',
        'extra',
        'keepMs',
        'path',
        'secret',
      ]);
      expect(String((error as Error).stack)).not.toContain('short');
    }
  });

  it.each([undefined, null, 5, 'a secret of the test'])('must be an object with a secret: %s', (value) => {
    expect(() => openLedger(path, value as never)).toThrow(InputError);
    expect(existsSync(path)).toBe(false);
  });

  it('are not inherited from a polluted prototype', async () => {
    const found = await whilePolluted(
      { keepMs: 1, durable: true, syncUrl: 'http://127.0.0.1:1/', encryptionKey: 'k', untold: true },
      async () => {
        const store = open(path);
        const claim = await claimed(store, 'm1');
        await store.written(claim, 10);
        await store.ended(claim, { outcome: 'accepted' });
        const list = await all(store.open());
        await store.close();
        return list;
      },
    );
    expect(found).toEqual([]);
    expect(await stateOf(open(path), 'm1')).toBe('known');
  });
});

describe('the file of openLedger', () => {
  it('can be read by the user of the process alone, like the files beside it', async () => {
    const store = open(path);
    await claimed(store, 'm1');
    expect([path, `${path}-wal`, `${path}-shm`].map(modeOf)).toEqual(['600', '600', '600']);
  });

  it('loses wider permissions when it is opened', async () => {
    await open(path).close();
    chmodSync(path, 0o644);
    open(path);
    expect(modeOf(path)).toBe('600');
  });

  it('is found through a link, also to a file that does not exist yet', async () => {
    const real = join(folder, 'real');
    mkdirSync(real);
    symlinkSync(real, join(folder, 'link'));
    const store = open(join(folder, 'link', 'sends.db'));
    await claimed(store, 'm1');
    symlinkSync(join(real, 'sends.db'), join(folder, 'file-link'));
    expect(await stateOf(open(join(folder, 'file-link')), 'm1')).toBe('busy');
    expect(existsSync(join(real, 'sends.db-wal'))).toBe(true);
    symlinkSync(join(real, 'later.db'), join(folder, 'dangling-link'));
    await claimed(open(join(folder, 'dangling-link')), 'm1');
    expect([join(real, 'later.db'), join(real, 'later.db-wal')].map(modeOf)).toEqual(['600', '600']);
  });

  it('is the same when a relative path is given, and when the working folder changes', async () => {
    const before = process.cwd();
    try {
      process.chdir(folder);
      const store = open('sends.db');
      process.chdir('/');
      await claimed(store, 'm1');
      expect(await stateOf(open(path), 'm1')).toBe('busy');
    } finally {
      process.chdir(before);
    }
  });

  it.each(['a name with spaces.db', 'percent%20.db', 'question?mark=1#.db', ':memory:'])(
    'can have any name: %s',
    async (name) => {
      const store = open(join(folder, name));
      await claimed(store, 'm1');
      expect(statSync(join(folder, name)).isFile()).toBe(true);
      expect(await stateOf(open(join(folder, name)), 'm1')).toBe('busy');
    },
  );

  it('is opened by many at once while it is created', async () => {
    const stores = Array.from({ length: 8 }, () => open(path));
    const states = await Promise.all(stores.map((store) => stateOf(store, 'm1')));
    expect(states.filter((state) => state === 'yours')).toHaveLength(1);
  });
});

describe('openLedger refuses', () => {
  it('a folder', () => {
    expect(() => openLedger(folder, { secret })).toThrow(
      `openLedger: ${folder} is not a file; pass the path of a database file`,
    );
  });

  it('a path in a folder that does not exist', () => {
    const missing = join(folder, 'none', 'sends.db');
    expect(() => openLedger(missing, { secret })).toThrow(
      `openLedger: ${missing} is in a folder that does not exist; create the folder first`,
    );
  });

  it('a link to nothing in a folder that does not exist', () => {
    symlinkSync(join(folder, 'none', 'sends.db'), path);
    expect(() => openLedger(path, { secret })).toThrow(
      /^openLedger: .* cannot be opened \(.*\); check that its folder exists/,
    );
  });

  it.each([
    ['a text', 'a text that is no database\n'.repeat(50)],
    ['a short file', 'x'],
  ])('%s, and leaves it unchanged', (_, content) => {
    writeFileSync(path, content);
    expect(() => openLedger(path, { secret })).toThrow(
      `openLedger: ${path} is not a database; pass the path of a ledger or of a new file`,
    );
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('a database of another program, and leaves it unchanged', () => {
    change(path, 'CREATE TABLE people (name TEXT)');
    const before = readFileSync(path);
    expect(() => openLedger(path, { secret })).toThrow(
      `openLedger: ${path} is a database of another program; pass the path of a ledger or of a new file`,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('a database whose header has the number of another program', () => {
    change(path, 'PRAGMA application_id = 7; CREATE TABLE people (name TEXT)');
    expect(() => openLedger(path, { secret })).toThrow(/is a database of another program/);
  });

  it('a newer format', async () => {
    await open(path).close();
    change(path, 'PRAGMA user_version = 2');
    expect(() => openLedger(path, { secret })).toThrow(
      `openLedger: ${path} has format 2, which is newer than format 1 of this version of @smsc/ledger; update the package`,
    );
  });

  it('another secret', async () => {
    await open(path).close();
    expect(() => openLedger(path, { secret: 'another secret of the test' })).toThrow(
      `openLedger: ${path} was written with another secret; pass the secret of earlier runs`,
    );
    expect(await stateOf(open(path), 'm1')).toBe('yours');
  });
});

describe('a ledger', () => {
  it('works with a client', async () => {
    const ledger = openLedger(path, { secret });
    const client = createClient({
      transport: { send: () => Promise.reject(new Error('not used')) },
      credentials: { login: 'alex', password: 'secret' },
      ledger,
    });
    expect(await all(client.recover())).toEqual([]);
    expect(await ledger.outcome('m1')).toBeUndefined();
    await ledger.close();
    await expect(ledger.outcome('m1')).rejects.toThrow('the ledger is closed');
    await ledger.close();
  });

  it('keeps no secret, number or account in its files', async () => {
    const store = open(path);
    const claim = await claimed(store, 'm1', {
      to: ['380671112233'],
      account: 'the-account',
      content: 'Привіт',
    });
    await store.written(claim, 10);
    const other = await claimed(store, 'm2');
    await store.ended(other, { outcome: 'accepted', result: 'the result 380671112233' });
    await store.enter('the-account', 3);
    await store.close();
    const bytes = readFileSync(path);
    for (const text of ['380671112233', 'the-account', 'Привіт', 'the result', secret])
      expect(bytes.includes(text)).toBe(false);
    expect(bytes.includes('m1')).toBe(true);
  });

  it('treats a damaged record as a send of other credentials', async () => {
    const store = open(path);
    await store.written(await claimed(store, 'm1'), 10);
    await store.ended(await claimed(store, 'm2'), { outcome: 'accepted', result: '{}' });
    await store.close();
    // A record of one entry is not valid for another.
    change(path, `UPDATE sends SET request = zeroblob(60) WHERE id = 'm1'`);
    change(path, `UPDATE sends SET result = (SELECT request FROM sends WHERE id = 'm1') WHERE id = 'm2'`);
    const again = open(path);
    expect(await all(again.open())).toMatchObject([{ claim: { id: 'm1' }, account: '', to: [] }]);
    expect(await again.claim(request('m2'))).toEqual({ state: 'known', result: undefined });
  });

  it('deletes what has expired, a few entries at a time', async () => {
    let now = Date.UTC(2026, 0, 1);
    const clock = { now: () => now, after: () => () => undefined };
    const store = open(path, { heartbeatMs: 5 }, { clock, keepMs: 1000 });
    for (let index = 0; index < 450; index++)
      await store.ended(await claimed(store, `m${index}`), { outcome: 'accepted' });
    const doubt = await claimed(store, 'doubt');
    await store.written(doubt, 10);
    await store.ended(doubt, { outcome: 'unknown' });
    now += 1001;
    expect(await all(store.entries())).toMatchObject([{ id: 'doubt' }]);
    const counting = openDatabase(path).prepare<{ readonly rows: number }>(
      'SELECT count(*) AS rows FROM sends',
    );
    await expect.poll(() => counting.get()!.rows, { timeout: 5000 }).toBe(1);
  });

  it.each([
    ['2 January 2026', Date.UTC(2026, 0, 2), false],
    ['1970, before the clock was set', 0, true],
  ])('forgets nothing because the time of day is set forward from %s', async (_, start, isReopened) => {
    let [now, monotonic] = [start, 0];
    const clock = { now: () => now, monotonic: () => monotonic, after: () => () => undefined };
    let store = open(path, {}, { clock, keepMs: 1000 });
    await store.ended(await claimed(store, 'm1'), { outcome: 'accepted' });
    await store.ended(await claimed(store, 'm2'), { outcome: 'not-sent' });
    [now, monotonic] = [Date.UTC(2026, 2, 16), 10];
    if (isReopened) {
      await store.close();
      store = open(path, {}, { clock, keepMs: 1000 });
    }
    expect(await store.claim(request('m1'))).toEqual({ state: 'known', result: undefined });
    expect(await store.claim(request('m2'))).toMatchObject({ state: 'yours' });
  });

  it.each([
    ['deleted', () => rmSync(path)],
    ['replaced', () => renameSync(path, `${path}.old`)],
  ])('stops when its file was %s: other clients would use a new file', async (_, remove) => {
    const store = open(path, { heartbeatMs: 20 });
    await claimed(store, 'm1');
    remove();
    await expect
      .poll(async () => {
        try {
          return (await store.claim(request('m2'))).state;
        } catch (error) {
          return (error as Error).message;
        }
      })
      .toBe('the file of the ledger was moved or deleted while it was open; open it again');
    await store.close();
  });

  it('flushes to the disk only if it is durable', async () => {
    const modes: unknown[] = [];
    const watched: OpenDatabase = (file, options) => {
      const database = openDatabase(file, options);
      const exec = (sql: string): void => {
        database.exec(sql);
        modes.push(Object.values(database.prepare<object>('PRAGMA synchronous').get()!)[0]);
      };
      return { ...database, exec };
    };
    for (const durable of [false, true]) {
      const store = open(path, { openDatabase: watched }, { durable });
      await claimed(store, String(durable));
      expect(modes.at(-1)).toBe(durable ? 2 : 1);
      await store.close();
    }
  });
});
