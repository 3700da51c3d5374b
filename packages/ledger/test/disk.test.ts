import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqliteStore } from '../src/sqlite-store.ts';
import { bundleChild, ended, linesOf, start } from './children.ts';
import {
  all,
  claimed,
  createFolder,
  Faults,
  open,
  readElsewhere,
  removeFolder,
  request,
  stateOf,
} from './subject.ts';

let folder: string;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => removeFolder(folder));

/** Runs a program. Returns `undefined` if it does not exist or fails. */
function attempt(program: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, { stdio: 'pipe', encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

/** Mounts a small file system. Returns false if this user cannot. */
type Mount = (disk: string, image: string, mebibytes: number) => boolean;
const mounts: Readonly<Record<string, Mount>> = {
  tmpfs: (disk, _, mebibytes) =>
    attempt('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', disk) !== undefined,
  ext4: (disk, image, mebibytes) => {
    writeFileSync(image, '');
    truncateSync(image, mebibytes * 2 ** 20);
    return (
      attempt('mkfs.ext4', '-q', '-O', '^has_journal', image) !== undefined &&
      attempt('mount', '-o', 'loop', image, disk) !== undefined
    );
  },
};

/** Runs a test on a small file system of its own. Returns false if it cannot be mounted. */
async function onDisk(kind: string, run: (disk: string) => Promise<void>, mebibytes = 4): Promise<boolean> {
  const place = createFolder();
  const disk = join(place, 'disk');
  mkdirSync(disk);
  if (!mounts[kind]!(disk, join(place, 'image'), mebibytes)) {
    removeFolder(place);
    return false;
  }
  try {
    await run(disk);
  } finally {
    // The files of closed ledgers stay open until their statements are collected, so the disk is unmounted lazily.
    execFileSync('umount', ['-l', disk]);
    removeFolder(place);
  }
  return true;
}

/** Fills a disk with files until no further byte fits. */
function fill(disk: string): void {
  for (const size of [2 ** 16, 2 ** 12, 2 ** 9]) {
    try {
      for (let index = 0; ; index++) writeFileSync(join(disk, `fill-${size}-${index}`), Buffer.alloc(size));
    } catch {
      // The disk has no space for another file of this size.
    }
  }
}

function empty(disk: string): void {
  for (const name of readdirSync(disk)) if (name.startsWith('fill-')) rmSync(join(disk, name));
}

/** Returns the code of the error that a step throws. */
async function codeOf(step: () => unknown): Promise<unknown> {
  try {
    await step();
    return 'no error';
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
}

const accept = async (store: SqliteStore, id: string): Promise<void> => {
  const claim = await claimed(store, id);
  await store.written(claim, 60_000);
  await store.ended(claim, { outcome: 'accepted', result: `{"id":"${id}"}` });
};

/** Expects that a ledger on a full disk can be read, writes nothing, and works again when there is space. */
async function expectHonest(disk: string): Promise<void> {
  const path = join(disk, 'sends.db');
  const store = open(path, { heartbeatMs: 50 });
  await accept(store, 'accepted');
  const unwritten = await claimed(store, 'unwritten');
  const written = await claimed(store, 'written');
  await store.written(written, 60_000);
  fill(disk);
  const late: string[] = [];
  while (
    (await codeOf(async () => late.push((await claimed(store, `late${late.length}`)).id))) === 'no error'
  );
  expect(await codeOf(() => store.claim(request('new')))).toBe('SQLITE_FULL');
  expect(await codeOf(() => store.written(unwritten, 10))).toBe('SQLITE_FULL');
  expect(await codeOf(() => store.ended(written, { outcome: 'rejected', code: 7 }))).toBe('SQLITE_FULL');
  const second = open(path, { heartbeatMs: 50 });
  for (const each of [store, second]) {
    expect(await each.claim(request('accepted'))).toEqual({ state: 'known', result: '{"id":"accepted"}' });
    expect(await each.entry('accepted')).toMatchObject({ outcome: 'accepted' });
    expect(await all(each.entries())).toHaveLength(3 + late.length);
  }
  expect(await store.entry('written')).toMatchObject({ outcome: 'unknown' });
  expect((await all(store.open())).map(({ claim }) => claim.id)).toEqual(['written']);
  empty(disk);
  expect(await stateOf(store, 'written')).toBe('in-doubt');
  expect(await store.written(unwritten, 10)).toBe(true);
  await accept(second, 'after');
  expect(await stateOf(store, 'after')).toBe('known');
  await expect.poll(() => stateOf(second, 'written')).toBe('in-doubt');
  await second.close();
  await store.close();
}

/** Expects that a ledger can be opened and read on a full disk, and works by itself when there is space. */
async function expectReadable(disk: string): Promise<void> {
  const path = join(disk, 'sends.db');
  const first = open(path);
  await accept(first, 'accepted');
  await first.close();
  // As after the end of the last process that had it open.
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  fill(disk);
  const store = open(path, { heartbeatMs: 50 });
  expect(await store.entry('accepted')).toMatchObject({ outcome: 'accepted' });
  expect(await all(store.entries())).toHaveLength(1);
  expect(await codeOf(() => store.claim(request('new')))).toMatch(/^SQLITE_(FULL|READONLY|CANTOPEN)/);
  empty(disk);
  await expect.poll(() => codeOf(() => store.claim(request('new')))).toBe('no error');
  expect(await stateOf(store, 'new')).toBe('busy');
  await store.close();
}

/** Expects that a ledger on a disk that became read-only can be opened and read, and writes nothing. */
async function expectReadOnly(disk: string): Promise<void> {
  const path = join(disk, 'sends.db');
  const child = start(await bundleChild('ledger-read-only'), {
    action: 'send',
    path,
    log: join(folder, 'log'),
    ids: ['accepted'],
  });
  await ended(child);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const store = open(path);
  expect(await store.entry('accepted')).toMatchObject({ outcome: 'accepted' });
  expect(await codeOf(() => store.claim(request('new')))).toMatch(/^SQLITE_(READONLY|CANTOPEN|IOERR)/);
  await store.close();
}

const diskTests = {
  'full: it reads, writes nothing, and works again when there is space': expectHonest,
  'full when it is opened: it reads, and works when there is space': expectReadable,
  'read-only: it reads and writes nothing': expectReadOnly,
};

describe.each(Object.keys(mounts))('a ledger on %s', (kind) => {
  for (const [name, run] of Object.entries(diskTests))
    it(name, async (context) => {
      if (!(await onDisk(kind, run))) context.skip(`this user cannot mount ${kind}`);
    });
});

describe('a disk error at any step', () => {
  it.each(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', 'SQLITE_CORRUPT'])(
    '%s: every answer agrees with the records',
    async (code) => {
      for (let after = 0; after < 12; after++) {
        const path = join(folder, `${code}-${after}.db`);
        const faults = new Faults();
        const store = open(path, { openDatabase: faults.open, heartbeatMs: 1e9 });
        faults.after = after;
        faults.code = code;
        const reached = { claimed: false, written: false, ended: false };
        await codeOf(async () => {
          const claim = await claimed(store, 'm1');
          reached.claimed = true;
          reached.written = await store.written(claim, 60_000);
          reached.ended = await store.ended(claim, { outcome: 'accepted' });
        });
        faults.code = undefined;
        // Another client sees what was recorded, as soon as the owner is gone.
        const other = open(path);
        await store.close();
        const expected = reached.written ? 'in-doubt' : 'yours';
        expect(await stateOf(other, 'm1')).toBe(reached.ended ? 'known' : expected);
        await other.close();
      }
    },
  );
});

describe('a write-ahead log that is damaged', () => {
  it('loses at most the latest records, and adds none', async () => {
    const path = join(folder, 'sends.db');
    const store = open(path, { heartbeatMs: 1e9 });
    for (let index = 0; index < 20; index++) await accept(store, `kept${index}`);
    // Moves these records from the log to the database.
    await open(path).close();
    for (let index = 0; index < 40; index++) await accept(store, `new${index}`);
    await claimed(store, 'running');
    const database = readElsewhere(path);
    const log = readElsewhere(`${path}-wal`);
    expect(log.length).toBeGreaterThan(100_000);
    const damages = fc.record({
      cutAt: fc.integer({ min: 0, max: log.length }),
      garbage: fc.array(
        fc.tuple(fc.integer({ min: 0, max: log.length - 1 }), fc.integer({ min: 1, max: 255 })),
        {
          maxLength: 5,
        },
      ),
    });
    let run = 0;
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(damages, async ({ cutAt, garbage }) => {
        const copy = join(folder, `copy${run++}.db`);
        const damaged = Buffer.from(log);
        for (const [at, change] of garbage) damaged[at]! ^= change;
        writeFileSync(copy, database);
        writeFileSync(`${copy}-wal`, damaged.subarray(0, cutAt));
        const found = open(copy, { heartbeatMs: 1e9 });
        const entries = await all(found.entries());
        await found.close();
        const kept = entries.filter(({ id }) => id.startsWith('kept'));
        expect(kept.map(({ id, outcome }) => [id, outcome])).toEqual(
          Array.from({ length: 20 }, (_, index) => [`kept${index}`, 'accepted']),
        );
        const others = entries.slice(20);
        // The records are a part of the history: all sends before the last one are complete.
        expect(others.map(({ id }) => id)).toEqual(
          Array.from({ length: others.length }, (_, index) => (index < 40 ? `new${index}` : 'running')),
        );
        for (const { outcome, result, id } of others.slice(0, -1))
          expect([outcome, result]).toEqual(['accepted', `{"id":"${id}"}`]);
        seen.add(others.length);
      }),
      { numRuns: 40 },
    );
    expect(seen.size).toBeGreaterThan(3);
  });
});

describe('durable', () => {
  let bundle: string;
  const canTrace = (): boolean => attempt('strace', '-f', '-o', '/dev/null', 'true') !== undefined;
  beforeAll(async () => {
    bundle = await bundleChild('ledger-durable');
    if (!canTrace() && process.getuid?.() === 0 && attempt('apt-get', '--version'))
      execFileSync(process.execPath, [join(import.meta.dirname, '../../../scripts/debian.mjs'), 'strace'], {
        stdio: 'inherit',
      });
  }, 660_000);

  it('flushes each record to the disk', async (context) => {
    if (!canTrace()) context.skip('strace is not installed, or may not trace');
    const ids = Array.from({ length: 50 }, (_, index) => `m${index}`);
    const flushes: number[] = [];
    for (const durable of [false, true]) {
      const [path, log, trace] = ['sends.db', 'log', 'trace'].map((name) =>
        join(folder, `${durable}-${name}`),
      );
      const job = { action: 'count', path, log, ids, durable };
      const child = start(bundle, job, ['strace', '-f', '-e', 'trace=fsync,fdatasync', '-o', trace!]);
      expect(await ended(child)).toBe(0);
      expect(linesOf(log!)).toEqual(['50']);
      flushes.push(
        readElsewhere(trace!)
          .toString()
          .match(/(?:fsync|fdatasync)\(/g)?.length ?? 0,
      );
    }
    // Each send is claimed, written and ended.
    expect(flushes[1]).toBeGreaterThanOrEqual(150);
    expect(flushes[0]).toBeLessThan(20);
  });
});

describe('a million open sends', () => {
  const million = 1_000_000;

  it('open in at most 2 s and are read in at most 200 MB of memory', async () => {
    const path = join(folder, 'sends.db');
    const store = open(path);
    await store.written(await claimed(store, 'template'), 60_000);
    await store.close();
    const { openDatabase } = await import('../src/database.ts');
    const database = openDatabase(path);
    database.exec(`PRAGMA synchronous = OFF;
      INSERT INTO sends (id, operation, digest, token, holder, state, temporary, claimed_at, written_boot, written_at,
        arrives_within, request)
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${million})
      SELECT printf('m%07d', n), operation, digest, 1000 + n, 1000000, 2 - (n % 10 = 0), 0, claimed_at, written_boot, written_at,
        arrives_within, request FROM numbers, sends WHERE id = 'template'`);
    database.close();
    expect(statSync(path).size).toBeGreaterThan(10_000_000);
    const start0 = performance.now();
    const opened = open(path);
    expect(await stateOf(opened, 'm0000010')).toBe('yours');
    expect(performance.now() - start0).toBeLessThan(2000);
    await opened.close();
    const log = join(folder, 'log');
    const child = start(await bundleChild('ledger-million'), { action: 'open', path, log, ids: [] });
    expect(await ended(child)).toBe(0);
    const { count, peakMb } = JSON.parse(linesOf(log)[0]!) as { count: number; peakMb: number };
    expect(count).toBe(million + 1);
    if (process.platform === 'linux') expect(peakMb).toBeGreaterThan(10);
    expect(peakMb).toBeLessThan(200);
  }, 240_000);
});
