import { appendFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../src/open-ledger.ts';
import { all, claimed, request, secret } from './subject.ts';

/** A program that uses a ledger in a process or thread of its own. */
interface Job {
  readonly path: string;
  readonly action: keyof typeof actions;
  /** File to which the program appends a line for each step that it has done. */
  readonly log: string;
  readonly ids: readonly string[];
  readonly heartbeatMs?: number;
  readonly leaseMs?: number;
  readonly durable?: boolean;
}

const job: Job = (workerData as Job | null) ?? (JSON.parse(process.argv[2]!) as Job);
const { path, log, ids, heartbeatMs = 2000, leaseMs = 20_000, durable = false } = job;
const store = openStore(path, { secret, durable }, { heartbeatMs, leaseMs });
const say = (line: string): void => appendFileSync(log, `${line}\n`);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const forever = (): Promise<void> => sleep(1e9);

const actions = {
  /** Claims each id that is free, and sends it. */
  async send(): Promise<void> {
    for (const id of ids) {
      const answer = await store.claim(request(id));
      if (answer.state !== 'yours') continue;
      say(`claimed ${id}`);
      if (!(await store.written(answer.claim, 1000))) continue;
      say(`sent ${id}`);
      if (await store.ended(answer.claim, { outcome: 'accepted', result: '{}' })) say(`ended ${id}`);
    }
    say('done');
    await store.close();
  },
  /** Claims an id, writes a second one, and waits. After the wait it tries to go on. */
  async hold(): Promise<void> {
    const [first, second] = [await claimed(store, ids[0]!), await claimed(store, ids[1]!)];
    await store.written(second, 60_000);
    await store.enter('alex', 1);
    say('holding');
    for (let waited = 0; waited < 10_000; waited += 20) {
      const before = performance.now();
      await sleep(20);
      // A pause that is much longer means that the process was stopped.
      if (performance.now() - before > 500) break;
    }
    say(`written ${String(await store.written(first, 10))}`);
    say(`written ${String(await store.written(second, 10))}`);
    say(`next ${(await store.claim(request(ids[2]!))).state}`);
    await forever();
  },
  /** Holds the lock of the database in the middle of a transaction. */
  async lock(): Promise<void> {
    const { openDatabase } = await import('../src/database.ts');
    const database = openDatabase(path);
    database.exec('BEGIN IMMEDIATE');
    say('locked');
    await sleep(300);
    database.exec('COMMIT');
    say('unlocked');
    await forever();
  },
  /** Reads all open sends, and reports how much memory that takes. */
  async open(): Promise<void> {
    const { readFileSync } = await import('node:fs');
    const anonymous = (): number =>
      Number(/^RssAnon:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
    let [count, peak] = [0, 0];
    for await (const send of store.open()) {
      if (send.claim.token > 0) count++;
      if (count % 10_000 === 0) peak = Math.max(peak, anonymous());
    }
    say(JSON.stringify({ count, peakMb: Math.max(peak, anonymous()) }));
    await store.close();
  },
  /** Claims and ends ids one after the other. */
  async count(): Promise<void> {
    for (const id of ids) {
      const claim = await claimed(store, id);
      await store.written(claim, 1000);
      await store.ended(claim, { outcome: 'accepted' });
    }
    say(String((await all(store.entries())).length));
    await store.close();
  },
};

await actions[job.action]();
parentPort?.postMessage('done');
