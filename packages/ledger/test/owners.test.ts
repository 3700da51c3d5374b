import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost, type Host, judge, type OwnerRow } from '../src/host.ts';
import type { SqliteStore } from '../src/sqlite-store.ts';
import {
  all,
  claimed,
  createFolder,
  FakeProcesses,
  Faults,
  open,
  removeFolder,
  request,
  stateOf,
} from './subject.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = createFolder();
  path = join(folder, 'sends.db');
});
afterEach(() => removeFolder(folder));

const processes = new FakeProcesses();

/** Opens the ledger as another process does. It gives no further sign of life by itself. */
function openAs(host: Host, leaseMs = 20_000): SqliteStore {
  return open(path, { createHost: () => host, heartbeatMs: 1e9, leaseMs });
}

describe('an owner counts as', () => {
  const self = { boot: 7, namespace: 'pid:[1]', pid: 10, started: '100' };
  const host: Host = { self, uptimeMs: () => 50_000, startOf: (pid) => (pid === 10 ? '100' : undefined) };
  const row: OwnerRow = { id: 1, ...self, heartbeat: 45_000 };

  it.each<[string, Partial<OwnerRow>, ReturnType<typeof judge>]>([
    ['alive with a recent sign of life', {}, 'alive'],
    ['alive at the end of its lease', { heartbeat: 30_000 }, 'alive'],
    ['silent after its lease', { heartbeat: 29_999 }, 'silent'],
    ['silent if its sign of life lies in the future', { heartbeat: 50_001 }, 'silent'],
    ['dead after a restart of the machine', { boot: 8 }, 'dead'],
    ['dead if its process is gone', { pid: 11 }, 'dead'],
    ['dead if its process id has been given to another process', { started: '99' }, 'dead'],
    ['alive if the system does not tell start times', { started: '' }, 'alive'],
    [
      'alive in another namespace, where its process id means nothing',
      { namespace: 'pid:[2]', pid: 11 },
      'alive',
    ],
    ['silent in another namespace', { namespace: 'pid:[2]', pid: 11, heartbeat: 1 }, 'silent'],
  ])('%s', (_, changes, verdict) => {
    expect(judge({ ...row, ...changes }, host, 20_000)).toBe(verdict);
  });

  it('this process, as the system describes it', () => {
    const real = createHost();
    expect(real.startOf(process.pid)).toBe(real.self.started);
    expect(real.startOf(2 ** 30)).toBeUndefined();
    expect(judge({ id: 1, ...real.self, heartbeat: real.uptimeMs() }, real, 20_000)).toBe('alive');
  });
});

describe('a send of a dead owner', () => {
  it('goes to the next client if no request was written', async () => {
    const host = processes.start();
    const first = openAs(host);
    const claim = await claimed(first, 'm1');
    const second = openAs(processes.start());
    expect(await stateOf(second, 'm1')).toBe('busy');
    processes.kill(host);
    expect(await stateOf(second, 'm1')).toBe('yours');
    expect(await first.written(claim, 10)).toBe(false);
    expect(await first.ended(claim, { outcome: 'accepted' })).toBe(false);
  });

  it('is in doubt if a request was written, and its own result still counts', async () => {
    const host = processes.start();
    const first = openAs(host);
    const claim = await claimed(first, 'm1');
    await first.written(claim, 60_000);
    processes.kill(host);
    const second = openAs(processes.start());
    expect(await stateOf(second, 'm1')).toBe('in-doubt');
    // The owner was only stopped. It must not send again, but what it found is true.
    expect(await first.written(claim, 60_000)).toBe(false);
    expect(await first.ended(claim, { outcome: 'accepted', result: '{}' })).toBe(true);
    expect(await second.claim(request('m1'))).toEqual({ state: 'known', result: '{}' });
  });

  it('is taken over by exactly one of many clients', async () => {
    const host = processes.start();
    const first = openAs(host);
    for (let index = 0; index < 20; index++) await claimed(first, `m${index}`);
    processes.kill(host);
    const others = Array.from({ length: 5 }, () => openAs(processes.start()));
    for (let index = 0; index < 20; index++) {
      const states = await Promise.all(others.map((store) => stateOf(store, `m${index}`)));
      expect(states.filter((state) => state === 'yours')).toHaveLength(1);
    }
  });

  it('is void for an owner that was silent for longer than its lease, which then goes on with new sends', async () => {
    const first = openAs(processes.start());
    const unwritten = await claimed(first, 'm1');
    const written = await claimed(first, 'm2');
    await first.written(written, 60_000);
    const second = openAs(processes.start(), -1);
    const found = await all(second.open());
    expect(found.map(({ claim, outcome }) => [claim.id, outcome])).toEqual([
      ['m1', 'not-sent'],
      ['m2', undefined],
    ]);
    expect(await first.written(unwritten, 10)).toBe(false);
    expect(await first.written(written, 10)).toBe(false);
    const next = await claimed(first, 'm3');
    expect(await first.written(next, 10)).toBe(true);
    expect(await first.ended(next, { outcome: 'accepted' })).toBe(true);
  });

  it('is not reported as not sent while it cannot be taken away from a silent owner', async () => {
    const first = openAs(processes.start());
    await claimed(first, 'm1');
    const faults = new Faults();
    const host = processes.start();
    const second = open(path, {
      createHost: () => host,
      openDatabase: faults.open,
      heartbeatMs: 1e9,
      leaseMs: -1,
    });
    faults.code = 'SQLITE_FULL';
    expect(await all(second.open())).toEqual([]);
    expect(await second.entry('m1')).toMatchObject({ outcome: 'running' });
    faults.code = undefined;
    expect(await all(second.open())).toMatchObject([{ outcome: 'not-sent' }]);
  });

  it('can be read on a full disk if its process is gone', async () => {
    const host = processes.start();
    const first = openAs(host);
    await claimed(first, 'm1');
    await first.written(await claimed(first, 'm2'), 10);
    processes.kill(host);
    const faults = new Faults();
    const own = processes.start();
    const second = open(path, { createHost: () => own, openDatabase: faults.open, heartbeatMs: 1e9 });
    faults.code = 'SQLITE_FULL';
    expect((await all(second.open())).map(({ outcome }) => outcome)).toEqual(['not-sent', undefined]);
    expect(await second.entry('m2')).toMatchObject({ outcome: 'unknown' });
  });

  it('is not held by the id of its process alone', async () => {
    const first = openAs(processes.start({ boot: 12 }));
    await claimed(first, 'm1');
    expect(await stateOf(openAs(processes.start()), 'm1')).toBe('yours');
  });

  it('is free at once after its ledger was closed', async () => {
    const first = openAs(processes.start());
    const second = openAs(processes.start());
    await claimed(first, 'm1');
    const written = await claimed(first, 'm2');
    await first.written(written, 60_000);
    await first.close();
    expect(await stateOf(second, 'm1')).toBe('yours');
    expect(await stateOf(second, 'm2')).toBe('in-doubt');
    expect(() => first.written(written, 10)).toThrow('the ledger is closed');
  });
});

describe('the time until no request can arrive', () => {
  const doubtOf = async (store: SqliteStore): Promise<number | undefined> => {
    const answer = await store.claim(request('m1'));
    return answer.state === 'in-doubt' ? answer.send.certainInMs : undefined;
  };

  /** Leaves a send in doubt whose request was written at an uptime. */
  async function write(uptimeMs: number): Promise<void> {
    const host = { ...processes.start(), uptimeMs: () => uptimeMs };
    const store = openAs(host);
    const claim = await claimed(store, 'm1');
    await store.written(claim, 100_000);
    await store.ended(claim, { outcome: 'unknown' });
  }

  it.each([
    ['passes with the uptime of the machine', {}, 1_030_000, 70_000],
    ['ends at 0', {}, 1_200_000, 0],
    ['counts from the start of the machine after a restart', { boot: 5 }, 20_000, 80_000],
    ['counts from the start of a machine that does not name its boots', {}, 20_000, 80_000],
  ])('%s', async (_, changes, uptimeMs, expected) => {
    await write(1_000_000);
    const host = { ...processes.start(changes), uptimeMs: () => uptimeMs };
    expect(await doubtOf(openAs(host))).toBe(expected);
  });
});

describe('slots', () => {
  it('of dead owners are free', async () => {
    const host = processes.start();
    const first = openAs(host);
    const second = openAs(processes.start());
    expect(first.enter('alex', 2)).toBeTypeOf('function');
    expect(first.enter('alex', 2)).toBeTypeOf('function');
    expect(second.enter('alex', 2)).toBeUndefined();
    processes.kill(host);
    await expect.poll(() => second.enter('alex', 2)).toBeTypeOf('function');
    expect(second.enter('alex', 2)).toBeTypeOf('function');
    expect(second.enter('alex', 2)).toBeUndefined();
  });

  it('are freed once, and then can be taken by others', async () => {
    const [first, second] = [openAs(processes.start()), openAs(processes.start())];
    const leave = await first.enter('alex', 1);
    leave!();
    leave!();
    await expect.poll(() => second.enter('alex', 1)).toBeTypeOf('function');
    expect(first.enter('alex', 1)).toBeUndefined();
  });

  it('that could not be freed on a full disk are free in the same ledger at once, and for others later', async () => {
    const faults = new Faults();
    const host = processes.start();
    const first = open(path, { createHost: () => host, openDatabase: faults.open, heartbeatMs: 20 });
    const second = openAs(processes.start());
    const leave = await first.enter('alex', 1);
    faults.code = 'SQLITE_FULL';
    leave!();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(second.enter('alex', 1)).toBeUndefined();
    const again = await first.enter('alex', 1);
    expect(again).toBeTypeOf('function');
    again!();
    faults.code = undefined;
    await expect.poll(() => second.enter('alex', 1)).toBeTypeOf('function');
  });

  it('stay taken by an owner that was declared dead and goes on', async () => {
    const host = processes.start();
    const first = open(path, { createHost: () => host, heartbeatMs: 30 });
    await first.enter('alex', 1);
    const second = openAs(processes.start(), -1);
    await expect.poll(() => second.enter('alex', 1)).toBeTypeOf('function');
    // The first owner registers again. It does not give up its request, so that both slots are counted.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(openAs(processes.start()).enter('alex', 2)).toBeUndefined();
  });
});

describe('an end that cannot be recorded', () => {
  it('leaves the entry in doubt, also for others as soon as the disk has space', async () => {
    const faults = new Faults();
    const host = processes.start();
    const first = open(path, { createHost: () => host, openDatabase: faults.open, heartbeatMs: 20 });
    const second = openAs(processes.start());
    const written = await claimed(first, 'm1');
    await first.written(written, 60_000);
    const unwritten = await claimed(first, 'm2');
    faults.code = 'SQLITE_FULL';
    expect(() => first.ended(written, { outcome: 'rejected', code: 7 })).toThrow('SQLITE_FULL');
    expect(() => first.ended(unwritten, { outcome: 'not-sent' })).toThrow('SQLITE_FULL');
    expect(await first.entry('m1')).toMatchObject({ outcome: 'unknown' });
    expect(await first.entry('m2')).toMatchObject({ outcome: 'not-sent' });
    faults.code = undefined;
    expect(await stateOf(first, 'm1')).toBe('in-doubt');
    expect(await stateOf(first, 'm2')).toBe('yours');
    await expect.poll(() => stateOf(second, 'm1')).toBe('in-doubt');
    expect(await stateOf(second, 'm2')).toBe('busy');
  });
});

describe('a locked file', () => {
  it('is waited for without blocking the event loop, and then used', async () => {
    const faults = new Faults();
    const host = processes.start();
    const store = open(path, { createHost: () => host, openDatabase: faults.open, heartbeatMs: 1e9 });
    await claimed(store, 'm0');
    faults.code = 'SQLITE_BUSY';
    const answer = store.claim(request('m1'));
    expect(answer).toBeInstanceOf(Promise);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await new Promise((resolve) => setTimeout(resolve, 40));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
    faults.code = undefined;
    expect((await answer).state).toBe('yours');
  });

  it('keeps an id busy until the end of its send is recorded', async () => {
    const faults = new Faults();
    const host = processes.start();
    const store = open(path, { createHost: () => host, openDatabase: faults.open, heartbeatMs: 1e9 });
    const claim = await claimed(store, 'm1');
    await store.written(claim, 10);
    faults.code = 'SQLITE_BUSY';
    const recorded = store.ended(claim, { outcome: 'accepted' });
    faults.code = undefined;
    expect(await stateOf(store, 'm1')).toBe('busy');
    expect(await recorded).toBe(true);
    expect(await stateOf(store, 'm1')).toBe('known');
  });

  it('answers at once when it is not locked', () => {
    const store = openAs(processes.start());
    expect(store.claim(request('m1'))).toMatchObject({ state: 'yours' });
  });
});
