import { encode, send, TransportError, utf8, type WireReply } from '@smsc/protocol';
import { VirtualClock } from '@smsc/testing/clocks';
import { seededRandom } from '@smsc/testing/random';
import { expect, it } from 'vitest';
import {
  type ClientOptions,
  createClient,
  createLedger,
  createMemoryStore,
  type CallSummary,
  type Interceptor,
  type Ledger,
} from '../src/index.ts';
import { storeOver } from './ledgers.ts';
import { paramsOf } from './script.ts';

/**
 * One random scenario, generated from a seed: lost and delayed requests, errors of the gateway, a ledger that fails or
 * hangs, interceptors that misbehave, callers that cancel. The gateway counts its charges, which are compared with the
 * reported outcomes at the end.
 */
class Scenario {
  readonly clock = new VirtualClock();
  readonly charged = new Map<string | null, number>();
  readonly wrong: string[] = [];
  inFlight = 0;
  mostInFlight = 0;
  /** Current listeners of signals. */
  readonly listeners = new Set<unknown>();
  readonly random: () => number;
  /** Turns all failures off. */
  calm = false;
  readonly #trouble: number;
  readonly #equal = new Map<string, number>();
  readonly #left = new Set<string>();

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.#trouble = this.pick(0, 0.1, 0.4, 0.8);
  }

  pick<Value>(...values: readonly Value[]): Value {
    return values[Math.floor(this.random() * values.length)]!;
  }
  /** Decides at random if a step fails. */
  fails(share: number): boolean {
    return this.random() < share * this.#trouble && !this.calm;
  }
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }

  /** Creates a signal that is aborted at one of the given times, after a random number of microtasks. */
  signal(...times: readonly number[]): AbortSignal {
    const stop = new AbortController();
    const { signal } = stop;
    for (const [name, change] of [
      ['addEventListener', 'add'],
      ['removeEventListener', 'delete'],
    ] as const) {
      const own = signal[name].bind(signal);
      Object.defineProperty(signal, name, {
        value: (type: string, run: () => void) => (this.listeners[change](run), own(type, run)),
      });
    }
    const steps = Math.floor(this.random() * 40);
    void this.wait(this.pick(...times)).then(async () => {
      for (let step = 0; step < steps; step++) await Promise.resolve();
      stop.abort();
    });
    return signal;
  }

  #answer(params: URLSearchParams): string {
    const [id, body] = [params.get('id'), params.toString()];
    if (!params.has('mes'))
      return this.charged.has(id)
        ? '{"status": 1, "last_date": "", "last_timestamp": 1}'
        : '{"status": -3, "last_date": "", "last_timestamp": 0}';
    if (this.clock.now() - (this.#equal.get(body) ?? 0) < 60_000) return '{"error": "x", "error_code": 9}';
    if (this.fails(0.2)) return `{"error": "x", "error_code": ${this.pick(1, 3, 6, 7, 8)}}`;
    this.#equal.set(body, this.clock.now());
    this.charged.set(id, (this.charged.get(id) ?? 0) + 1);
    return `{"id": "${id}", "cnt": 1}`;
  }

  readonly send: ClientOptions['transport']['send'] = (request, { signal } = {}) =>
    new Promise<WireReply>((resolve, reject) => {
      const { clock } = this;
      const params = paramsOf(request);
      this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
      let left = false;
      let over = false;
      const end = (run: () => void): void => {
        if (over) return;
        over = true;
        this.inFlight--;
        late();
        signal?.removeEventListener('abort', stop);
        run();
      };
      const fail = (reason: 'network' | 'aborted' | 'timeout') => (): void =>
        end(() => reject(new TransportError('lost', left ? 'sent' : 'connect', reason)));
      const stop = fail('aborted');
      const late = clock.after(60_000, fail('timeout'));
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop);
      clock.after(this.pick(0, 5), () => {
        if (over) return;
        if (this.fails(0.3)) return fail('network')();
        left = true;
        // Only the first request of a message may be delayed for long, because `settle()` assumes that a probe arrives
        // soon.
        const first = !this.#left.has(params.toString());
        this.#left.add(params.toString());
        // Lose the request in transit, at once or after a while.
        if (this.fails(0.2)) return void clock.after(this.pick(0, 900), fail('network'));
        clock.after(this.fails(0.4) ? this.pick(1000, 9000, first ? 40_000 : 9000) : this.pick(0, 50), () => {
          const answer = this.#answer(params);
          const reply = (status: number, text: string) => (): void =>
            end(() => resolve({ status, body: encode(text, utf8) }));
          clock.after(
            this.pick(0, 80),
            this.fails(0.5)
              ? this.pick(
                  fail('network'),
                  reply(502, answer),
                  reply(200, answer.slice(1)),
                  reply(200, answer.replace(/"m\d"/, '"other"')),
                )
              : reply(200, answer),
          );
        });
      });
    });

  /** Runs a function at once or after a delay, or fails, or never resolves. */
  step<Value>(run: () => Value | Promise<Value>): Value | Promise<Value> {
    if (this.fails(0.1)) throw new Error('the disk is full');
    if (this.fails(0.1))
      return this.wait(this.pick(1, 700)).then(() => Promise.reject(new Error('the disk is full')));
    if (this.fails(0.1)) return new Promise(() => undefined);
    return this.fails(0.2) ? this.wait(this.pick(0, 1, 700)).then(run) : run();
  }

  ledger(): Ledger {
    const store = createMemoryStore({ clock: this.clock });
    return createLedger(
      storeOver(store, {
        claim: (request) => this.step(() => store.claim(request)),
        written: (claim, arrivesWithinMs) => this.step(() => store.written(claim, arrivesWithinMs)),
        ended: (claim, end) => this.step(() => store.ended(claim, end)),
        enter: (account, max) => this.step(() => store.enter(account, max)),
        entry: (id) => this.step(() => store.entry(id)),
      }),
    );
  }

  readonly layer = async (_: object, next: () => Promise<CallSummary>): Promise<CallSummary> => {
    if (!this.fails(0.5)) return next();
    const never = new Promise<never>(() => undefined);
    const ways = [
      () => Promise.reject(new Error('no')),
      () => ({}) as CallSummary,
      () => never,
      () => next().then(() => never),
      () => this.wait(this.pick(0, 300)).then(next),
      () =>
        next().then(
          (ended) => (Object.assign(ended.error ?? {}, { mayHaveHappened: false, reason: 'network' }), ended),
        ),
      () => (void next(), next().then(() => Promise.reject(new Error('no')))),
      () => Promise.race([next(), this.wait(100).then(() => Promise.reject(new Error('too slow')))]),
    ];
    return this.pick(...ways)();
  };
}

/** Number of sends through a ledger, by outcome. */
const withLedger: Record<string, number> = {};

async function run(seed: number): Promise<readonly string[]> {
  const scenario = new Scenario(seed);
  const { clock, charged, wrong } = scenario;
  const maxInFlight = scenario.pick(1, 2, 10);
  const shared = {
    credentials: { login: `scenario ${seed}`, password: 'hunter2' },
    transport: scenario,
    clock,
    random: scenario.random,
  };
  const interceptors: readonly Interceptor[] = scenario.pick(
    [],
    [{ call: scenario.layer }],
    [{ attempt: scenario.layer }, { call: scenario.layer, attempt: scenario.layer }],
  );
  const ledger = scenario.ledger();
  const client = (own: Ledger | undefined) => ({
    hasLedger: own !== undefined,
    client: createClient({
      ...shared,
      maxInFlight,
      interceptors,
      breaker: scenario.pick(true, false),
      ledger: own,
    }),
  });
  const clients = [client(scenario.pick(undefined, ledger)), client(scenario.pick(undefined, ledger))];
  const reported: { readonly id: string; readonly outcome: string; readonly of: string }[] = [];
  const one = async (id: string): Promise<void> => {
    await scenario.wait(scenario.pick(0, 0, 10, 500));
    const [start, timeoutMs] = [clock.now(), scenario.pick(1, 60, 1000, 5000)];
    const { client: sender, hasLedger } = scenario.pick(...clients);
    const sent = await sender.call(
      send,
      { id, to: '380501234567', text: 'a' },
      { timeoutMs, signal: scenario.pick(undefined, scenario.signal(0, 5, 55, 300)) },
    );
    if (hasLedger) withLedger[sent.outcome] = (withLedger[sent.outcome] ?? 0) + 1;
    reported.push({ id, outcome: sent.outcome, of: 'send' });
    if (clock.now() - start > timeoutMs) wrong.push(`${id} took ${clock.now() - start} ms of ${timeoutMs}`);
    if (sent.outcome !== 'unknown') return;
    await scenario.wait(scenario.pick(0, 3000, 45_000, 86_400_000));
    const search = async (): Promise<void> => {
      const settled = await sent.settle({
        probe: scenario.pick(true, false),
        patienceMs: scenario.pick(0, 5000, 200_000),
        signal: scenario.signal(0, 100, 60_000, 300_000),
      });
      reported.push({ id, outcome: settled.outcome, of: 'settle' });
    };
    await Promise.all(scenario.pick([search], [search, search]).map((each) => each()));
  };
  await Promise.all(Array.from({ length: scenario.pick(1, 3, 8) }, (_, at) => one(`m${at}`)));
  await scenario.wait(600_000);

  for (const { id, outcome, of } of reported) {
    const times = charged.get(id) ?? 0;
    if (outcome === 'accepted' ? times !== 1 : times > (outcome === 'unknown' ? 1 : 0))
      wrong.push(`${id} is ${outcome} by ${of} and was charged ${times} times`);
  }
  if (scenario.mostInFlight > maxInFlight)
    wrong.push(`${scenario.mostInFlight} were in flight of ${maxInFlight}`);
  if (scenario.inFlight + clock.pending + scenario.listeners.size > 0)
    wrong.push(
      `${scenario.inFlight} requests, ${clock.pending} timers and ${scenario.listeners.size} listeners were left`,
    );
  // All slots are free again: four requests run at once, and all six succeed.
  [scenario.calm, scenario.mostInFlight] = [true, 0];
  const last = createClient({ ...shared, maxInFlight: 4, breaker: false });
  const after = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((at) =>
      last.call(send, { id: `last${at}`, to: '380501234567', text: 'a' }, { timeoutMs: 30_000 }),
    ),
  );
  if (scenario.mostInFlight !== 4 || after.some(({ outcome }) => outcome !== 'accepted'))
    wrong.push(`${scenario.mostInFlight} slots are left of 4`);
  return wrong.map((each) => `scenario ${seed}: ${each}`);
}

it('in 300 random scenarios, outcomes are true, timeouts are kept and no resources are left', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  try {
    const wrong: string[] = [];
    for (let seed = 1; seed <= 300; seed++) wrong.push(...(await run(seed)));
    expect([wrong, unhandled]).toEqual([[], []]);
    // A ledger that answered nothing would also make no statement false.
    for (const outcome of ['accepted', 'not-sent', 'unknown'])
      expect([outcome, withLedger[outcome]! > 20]).toEqual([outcome, true]);
  } finally {
    process.off('unhandledRejection', listen);
  }
});
