import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleChild, ended, kill, linesOf, start, waitForLine } from './children.ts';
import { all, claimed, createFolder, open, removeFolder, request, stateOf } from './subject.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await bundleChild('ledger-processes');
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = createFolder();
  path = join(folder, 'sends.db');
});
afterEach(() => removeFolder(folder));

const logOf = (name: string | number): string => join(folder, `log-${name}`);
const idsOf = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `m${index}`);

describe('several processes with one ledger', () => {
  it('send each id once, also while they are killed at random moments', async () => {
    const ids = idsOf(3000);
    let [kills, rounds] = [0, 0];
    for (let done = false; !done; rounds++) {
      const logs = [0, 1, 2].map((index) => logOf(`${rounds}-${index}`));
      const children = logs.map((log) => start(bundle, { action: 'send', path, log, ids }));
      const ends = children.map(ended);
      // The last round is not disturbed.
      if (rounds < 3) {
        await new Promise((resolve) => setTimeout(resolve, randomInt(250, 700)));
        const [victim, other] = [children[rounds]!, children[(rounds + 1) % 3]!];
        kills += Number(victim.kill('SIGKILL')) + Number(other.kill('SIGKILL'));
      }
      await Promise.all(ends);
      done = rounds >= 3 && logs.every((log) => linesOf(log).includes('done'));
    }
    expect(kills).toBeGreaterThan(0);
    const lines = Array.from({ length: rounds }, (_, round) =>
      [0, 1, 2].flatMap((index) => linesOf(logOf(`${round}-${index}`))),
    ).flat();
    const sent = lines.filter((line) => line.startsWith('sent '));
    expect(new Set(sent).size).toBe(sent.length);
    // Each id was accepted, or was in doubt when its process was killed.
    const store = open(path);
    const entries = await all(store.entries());
    expect(entries).toHaveLength(ids.length);
    const ofOutcome = (outcome: string): number =>
      entries.filter((entry) => entry.outcome === outcome).length;
    expect(ofOutcome('accepted') + ofOutcome('unknown')).toBe(ids.length);
    expect(ofOutcome('unknown')).toBeLessThanOrEqual(kills);
    for (const line of lines.filter((each) => each.startsWith('ended ')))
      expect(entries.find(({ id }) => line === `ended ${id}`)?.outcome).toBe('accepted');
  });

  it('learn that one was killed: what it had not written is free, the rest is in doubt', async () => {
    const child = start(bundle, { action: 'hold', path, log: logOf('a'), ids: ['m1', 'm2', 'm3'] });
    await waitForLine(logOf('a'), 'holding');
    const store = open(path);
    expect([await stateOf(store, 'm1'), await stateOf(store, 'm2')]).toEqual(['busy', 'busy']);
    expect(store.enter('alex', 1)).toBeUndefined();
    await kill(child);
    expect([await stateOf(store, 'm1'), await stateOf(store, 'm2')]).toEqual(['yours', 'in-doubt']);
    await expect.poll(() => store.enter('alex', 1)).toBeTypeOf('function');
  });

  it('take the sends of one that is stopped for longer than its lease, which then cannot write', async () => {
    const lease = { heartbeatMs: 50, leaseMs: 400 };
    const job = { action: 'hold', path, log: logOf('a'), ids: ['m1', 'm2', 'm3'], ...lease };
    const child = start(bundle, job);
    await waitForLine(logOf('a'), 'holding');
    const store = open(path, lease);
    child.kill('SIGSTOP');
    expect(await stateOf(store, 'm1')).toBe('busy');
    await expect.poll(() => stateOf(store, 'm1'), { timeout: 5000 }).toBe('yours');
    expect(await stateOf(store, 'm2')).toBe('in-doubt');
    await new Promise((resolve) => setTimeout(resolve, 600));
    child.kill('SIGCONT');
    await waitForLine(logOf('a'), 'next yours');
    expect(linesOf(logOf('a'))).toEqual(['holding', 'written false', 'written false', 'next yours']);
    await kill(child);
  });

  it('wait for one that holds the lock', async () => {
    const store = open(path);
    const child = start(bundle, { action: 'lock', path, log: logOf('a'), ids: [] });
    await waitForLine(logOf('a'), 'locked');
    const claim = await claimed(store, 'm1');
    expect(await store.written(claim, 10)).toBe(true);
    expect(linesOf(logOf('a'))).toContain('unlocked');
    await kill(child);
  });

  it('are not stopped by one that is killed while it holds the lock', async () => {
    const child = start(bundle, { action: 'lock', path, log: logOf('a'), ids: [] });
    await waitForLine(logOf('a'), 'locked');
    const store = open(path);
    const answer = store.claim(request('m1'));
    await kill(child);
    expect((await answer).state).toBe('yours');
  });
});

describe('several threads with one ledger', () => {
  it('send each id once', async () => {
    const ids = idsOf(300);
    const logs = [0, 1, 2].map(logOf);
    await Promise.all(
      logs.map((log) => {
        const worker = new Worker(new URL(bundle), { workerData: { action: 'send', path, log, ids } });
        return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
      }),
    );
    const lines = logs.flatMap(linesOf);
    expect(lines.filter((line) => line.startsWith('sent '))).toHaveLength(300);
    expect(lines.filter((line) => line.startsWith('ended '))).toHaveLength(300);
  });

  it('learn that one was terminated when its lease has ended', async () => {
    const lease = { heartbeatMs: 50, leaseMs: 400 };
    const workerData = { action: 'hold', path, log: logOf('a'), ids: ['m1', 'm2', 'm3'], ...lease };
    const worker = new Worker(new URL(bundle), { workerData });
    await waitForLine(logOf('a'), 'holding');
    const store = open(path, lease);
    expect(await stateOf(store, 'm1')).toBe('busy');
    await worker.terminate();
    await expect.poll(() => stateOf(store, 'm1'), { timeout: 5000 }).toBe('yours');
    expect(await stateOf(store, 'm2')).toBe('in-doubt');
  });
});
