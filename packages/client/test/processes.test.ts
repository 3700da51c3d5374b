import { encode, send, TransportError, utf8, type WireReply } from '@smsc/protocol';
import { VirtualClock } from '@smsc/testing/clocks';
import { seededRandom } from '@smsc/testing/random';
import { describe, expect, it } from 'vitest';
import { type Client, type ClientOptions, createClient, createLedger } from '../src/index.ts';
import { Process, SharedStore, type StoreFault } from './shared-store.ts';
import { paramsOf } from './script.ts';

/** Faults of a store, and a client that does not notice that its process was stopped. */
type Fault = StoreFault | 'no 30 second rule';

interface Told {
  readonly id: string;
  readonly outcome: string;
  readonly by: string;
  /** Start of the question that this is the answer to. */
  readonly since: number;
}

const timeoutMs = 10_000;
const minute = 60_000;

/**
 * Several processes send the same messages through one ledger. They are killed, stopped for minutes at any step, and
 * started again; requests and responses are lost or late. The gateway counts its charges.
 */
class World {
  readonly clock = new VirtualClock();
  readonly random: () => number;
  readonly store: SharedStore;
  readonly told: Told[] = [];
  /** Times at which the requests that were charged had been handed to the network, by id. */
  readonly charges = new Map<string, number[]>();
  /** Turns all failures off. */
  calm = false;
  readonly #fault: Fault;
  readonly #trouble: number;
  /** Share of the unknown outcomes that are left to `recover()`. */
  readonly leaves: number;
  /** A probe relies on the gateway's check for equal requests, which lasts a minute. */
  readonly probe: boolean;

  constructor(seed: number, fault: Fault) {
    this.random = seededRandom(seed);
    this.#fault = fault;
    this.store = new SharedStore(this.clock, fault === 'no 30 second rule' ? undefined : fault);
    this.#trouble = this.pick(0.2, 0.4, 0.8);
    this.probe = this.pick(true, false);
    this.leaves = this.pick(0.2, 0.9);
  }

  pick<Value>(...values: readonly Value[]): Value {
    return values[Math.floor(this.random() * values.length)]!;
  }
  fails(share: number): boolean {
    return this.random() < share * this.#trouble && !this.calm;
  }
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }

  /** Runs a step of a process: sooner or later, or never. The process may be stopped before and after it. */
  #pass(process: Process) {
    return async <Value>(run: () => Value): Promise<Value> => {
      const step = async (): Promise<void> => {
        if (this.fails(0.06)) process.freeze(this.pick(5_000, 25_000, 400_000));
        if (this.fails(0.2)) await this.wait(this.pick(1, 20, 300));
        await new Promise<void>((resolve) => process.whenRunning(resolve));
      };
      await step();
      if (this.fails(0.02)) throw new Error('the disk is full');
      const value = run();
      await step();
      if (this.fails(0.02)) throw new Error('the answer is lost');
      return value;
    };
  }

  #answer(params: URLSearchParams, handedOverAt: number): string {
    const id = params.get('id')!;
    const charges = this.charges.get(id) ?? [];
    if (!params.has('mes'))
      return `{"status": ${charges.length ? 1 : -3}, "last_date": "", "last_timestamp": 1}`;
    const latest = this.#chargedAt.get(id);
    if (latest !== undefined && this.clock.now() - latest < minute) return '{"error": "x", "error_code": 9}';
    if (this.fails(0.1)) return `{"error": "x", "error_code": 6, "id": "${id}"}`;
    this.charges.set(id, [...charges, handedOverAt]);
    this.#chargedAt.set(id, this.clock.now());
    return `{"id": "${id}", "cnt": 1}`;
  }
  readonly #chargedAt = new Map<string, number>();

  #transport(process: Process): ClientOptions['transport'] {
    const seen = new Set<string>();
    const send: ClientOptions['transport']['send'] = (request, { signal } = {}) =>
      new Promise<WireReply>((resolve, reject) => {
        if (process.isKilled) return;
        const { clock } = this;
        const params = paramsOf(request);
        const start = clock.now();
        let isOver = false;
        let hasLeft = false;
        const end = (run: () => void): void => process.whenRunning(() => isOver || ((isOver = true), run()));
        const fail = (phase: 'connect' | 'sent', reason: 'network' | 'aborted' | 'timeout') => (): void =>
          end(() => reject(new TransportError('lost', phase, reason)));
        if (this.fails(0.2)) return void clock.after(1, fail('connect', 'network'));
        signal?.addEventListener('abort', fail('sent', 'aborted'));
        clock.after(timeoutMs, fail('sent', 'timeout'));
        const isRepeated = seen.has(params.toString());
        seen.add(params.toString());
        // A request that is repeated is a probe, which has to arrive soon.
        const longest = isRepeated ? 5_000 : this.probe ? 35_000 : minute - 1_000;
        const leaves = this.fails(0.3) ? this.pick(100, timeoutMs - 1) : 0;
        const arrives = this.fails(0.5) ? this.pick(10, 1_000, longest) : 1;
        clock.after(leaves, () => {
          // A request that has not left is not sent any more by a process that gave it up.
          if (isOver || this.fails(0.1)) return;
          hasLeft = true;
          clock.after(arrives, () => {
            const answer = this.#answer(params, start);
            if (this.fails(0.4))
              return void clock.after(
                5,
                this.pick(fail('sent', 'network'), () => undefined),
              );
            clock.after(this.pick(1, 50), () =>
              end(() => resolve({ status: 200, body: encode(answer, utf8), connection: 'new' })),
            );
          });
        });
        void hasLeft;
      });
    return { send, timeoutMs };
  }

  /** Starts a process with a client. */
  start(): { readonly process: Process; readonly client: Client } {
    const process = new Process(this.clock);
    const { clock } = this;
    let frozenMs = 0;
    const login = `process ${this.random()}`;
    const time = (): number => {
      if (this.#fault !== 'no 30 second rule') return clock.now();
      // The clock of this client stands still while its process is stopped.
      frozenMs = Math.max(frozenMs, process.frozenMs);
      return clock.now() - frozenMs;
    };
    const client = createClient({
      transport: this.#transport(process),
      credentials: { login, password: 'hunter2' },
      clock: { now: time, after: (ms, run) => clock.after(ms, () => process.whenRunning(run)) },
      random: this.random,
      breaker: false,
      retries: this.pick(0, 2),
      ledger: createLedger(this.store.handle(process, login, this.#pass(process))),
    });
    return { process, client };
  }

  tell(process: Process, told: Told): void {
    if (!process.isKilled) this.told.push(told);
  }
}

const text = 'a';
const ids = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'];

/** The program: sends all messages, settles some, and recovers the rest. */
async function program(world: World, { process, client }: ReturnType<World['start']>): Promise<void> {
  const sendOne = async (id: string): Promise<void> => {
    const since = world.clock.now();
    const limit = world.calm ? undefined : world.pick(undefined, 1_000, 30_000, 300_000);
    const sent = await client.call(send, { id, to: '380501234567', text }, { timeoutMs: limit });
    const isCancelled = sent.outcome === 'not-sent' && sent.error.reason !== 'network';
    world.tell(process, { id, outcome: isCancelled ? 'cancelled' : sent.outcome, by: 'send', since });
    if (sent.outcome !== 'unknown' || world.random() < world.leaves) return;
    const settled = await sent.settle({ probe: world.probe && world.random() < 0.5 });
    world.tell(process, { id, outcome: settled.outcome, by: 'settle', since });
    if (settled.outcome === 'not-sent' && !process.isKilled) await sendOne(id);
  };
  const order = [...ids].sort(() => world.random() - 0.5);
  await Promise.all(order.map(async (id) => (await world.wait(world.pick(0, 5, 2_000)), sendOne(id))));
  const recovering = client.recover();
  for (;;) {
    const since = world.clock.now();
    const next = await recovering.next();
    if (next.done) return;
    world.tell(process, { id: next.value.id, outcome: next.value.outcome, by: 'recover', since });
    await world.wait(world.pick(0, 10, 20_000));
    if (next.value.outcome === 'not-sent') await sendOne(next.value.id);
  }
}

async function run(seed: number, fault: Fault): Promise<string[]> {
  const world = new World(seed, fault);
  /** Runs a program again and again until it gets to its end. */
  const supervise = async (): Promise<void> => {
    for (let runs = world.pick(1, 2, 5); runs > 0; runs--) {
      const started = world.start();
      const lifetime = world.wait(world.random() ** 2 * 300_000).then(() => {
        if (runs > 1) started.process.isKilled = true;
      });
      const ended = program(world, started).catch(() => undefined);
      await (runs > 1 ? Promise.race([lifetime, ended]) : Promise.race([ended, world.wait(1_200_000)]));
      started.process.isKilled = true;
    }
  };
  await Promise.all(Array.from({ length: world.pick(1, 3, 4) }, supervise));
  world.calm = true;
  await world.wait(10 * minute);
  // The last run tells the outcomes that an earlier recover() found out.
  const last = world.start();
  for await (const { id, outcome } of last.client.recover())
    world.tell(last.process, { id, outcome, by: 'recover', since: world.clock.now() });
  const wrong = [...world.store.toReport]
    .filter((id) => !world.told.some((told) => told.id === id && told.by === 'recover'))
    .map((id) => `${id} was settled by recover(), which never reported it`);
  for (let runs = 0; runs < 2; runs++) await program(world, world.start());
  for (const id of ids) {
    const charges = world.charges.get(id) ?? [];
    if (charges.length !== 1) wrong.push(`${id} was charged ${charges.length} times`);
    const told = world.told.filter((each) => each.id === id);
    if (!told.some(({ outcome }) => outcome === 'accepted')) wrong.push(`${id} was never told`);
    for (const { outcome, by, since } of told)
      if ((outcome === 'not-sent' || outcome === 'rejected') && charges.some((at) => at < since))
        wrong.push(`${id} was called ${outcome} by ${by} although it had been charged`);
  }
  return wrong.map((each) => `seed ${seed}: ${each}`);
}

describe('several processes with one ledger', () => {
  it('charge each message once, and say only what is true, in 150 random courses', async () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= 150; seed++) wrong.push(...(await run(seed, undefined)));
    expect(wrong).toEqual([]);
  });

  it.each([
    'no fencing',
    'certain at once',
    'told at the end',
    'doubt is yours',
    'no 30 second rule',
  ] as const)('are found out if the ledger has the fault: %s', async (fault) => {
    let wrong: string[] = [];
    for (let seed = 1; seed <= 300 && wrong.length === 0; seed++) wrong = await run(seed, fault);
    expect(wrong).not.toEqual([]);
  });
});
