import { send } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import {
  createClient,
  createLedger,
  createMemoryStore,
  customThrottle,
  type LedgerStore,
  type RecipientThrottle,
} from '../src/index.ts';
import { all, storeOver, virtualLedger, virtualStore } from './ledgers.ts';
import { accepted, delivered, hang, input, missing, refused, reset, scripted, wait } from './script.ts';

const never = new Promise<never>(() => undefined);

/** Ends a claim as if another client had taken the send over and sent it. */
async function takeOver(store: LedgerStore, request: Parameters<LedgerStore['claim']>[0]): Promise<void> {
  const answer = await store.claim(request);
  if (answer.state !== 'yours') throw new Error(`the claim is ${answer.state}`);
  await store.written(answer.claim, 0);
  await store.ended(answer.claim, { outcome: 'accepted' });
}

describe('a send that another client has', () => {
  it('is unknown if its time limit passes while the ledger is asked again', async () => {
    const { store, clock } = virtualStore();
    const slow = storeOver(store, {
      claim: async (request) => (await wait({ clock }, 5), store.claim(request)),
    });
    const { client } = scripted([hang], { ledger: createLedger(slow), clock });
    void client.call(send, input, { timeoutMs: 60_000 });
    for (let timeoutMs = 20; timeoutMs < 60; timeoutMs++)
      expect([timeoutMs, await client.call(send, input, { timeoutMs })]).toMatchObject([
        timeoutMs,
        { outcome: 'unknown' },
      ]);
  });

  it('is unknown if the ledger fails while it is asked again', async () => {
    let isFull = false;
    const fail = (): void => {
      if (isFull) throw new Error('disk full');
    };
    const { ledger, clock } = virtualLedger((store) => ({
      claim: (request) => (fail(), store.claim(request)),
      entry: (id) => (fail(), store.entry(id)),
    }));
    const { client } = scripted([hang], { ledger, clock });
    void client.call(send, input, { timeoutMs: 60_000 });
    clock.after(100, () => (isFull = true));
    expect((await client.call(send, input, { timeoutMs: 30_000 })).outcome).toBe('unknown');
  });

  it('is unknown if the other client took it over before this one gave up', async () => {
    const { store, clock } = virtualStore();
    let claimed: Parameters<LedgerStore['claim']>[0] | undefined;
    const shared = storeOver(store, {
      claim: (request) => {
        claimed ??= request;
        return store.claim(request);
      },
    });
    const { client, received } = scripted([refused()], {
      ledger: createLedger(shared),
      clock,
      retries: 0,
      // The program is stopped here for longer than any lease.
      recipientThrottle: customThrottle(() => 600_000),
    });
    const sending = client.call(send, input, { timeoutMs: 60_000 });
    await wait({ clock }, 30_000);
    // A store that finds the owner dead passes the claim on. `forget` of a store that does so has the same effect.
    const claim = { id: 'm1', token: 1 };
    await store.ended(claim, { outcome: 'not-sent' });
    await takeOver(store, claimed!);
    const sent = await sending;
    expect(sent).toMatchObject({ outcome: 'unknown' });
    expect(sent.outcome === 'unknown' && (await sent.settle())).toMatchObject({ outcome: 'accepted' });
    expect(received).toEqual([]);
  });

  it('is not called not-sent by an older settle()', async () => {
    const { ledger, clock } = virtualLedger();
    let sends = 0;
    const { client } = scripted(
      ({ request }) => {
        if (request.operation !== 'send') return missing;
        return sends++ ? hang : reset();
      },
      { ledger, clock },
    );
    const lost = await client.call(send, input);
    if (lost.outcome !== 'unknown') throw new Error(lost.outcome);
    expect(await lost.settle()).toMatchObject({ outcome: 'not-sent' });
    const again = client.call(send, input, { timeoutMs: 30_000 });
    await wait({ clock }, 1000);
    expect(await lost.settle({ patienceMs: 0 })).toMatchObject({ outcome: 'unknown' });
    await again;
    expect(await lost.settle({ patienceMs: 0 })).toMatchObject({ outcome: 'unknown' });
  });

  it('is not called not-sent by a recover() that settled it earlier', async () => {
    const { ledger, clock } = virtualLedger();
    const first = scripted([reset()], { ledger, clock });
    for (const id of ['a', 'b']) await first.client.call(send, { ...input, id });
    const { client } = scripted([missing], { ledger, clock });
    const recovering = client.recover();
    const { value } = (await recovering.next()) as { value: { readonly id: string } };
    const other = value.id === 'a' ? 'b' : 'a';
    await wait({ clock }, 1000);
    const second = scripted([`{"id": "${other}", "cnt": 1}`], { ledger, clock });
    expect(await second.client.call(send, { ...input, id: other })).toMatchObject({ outcome: 'accepted' });
    expect((await recovering.next()).value).toMatchObject({ id: other, outcome: 'accepted' });
  });
});

describe('a claim', () => {
  it('is given up if the attempt fails in an unexpected way', async () => {
    const { ledger, clock } = virtualLedger();
    const broken: RecipientThrottle = {
      take: () => 0,
      layer: () => () => () => Promise.reject(new Error('unexpected')),
    };
    const { client } = scripted([accepted], { ledger, clock, recipientThrottle: broken });
    await expect(client.call(send, input)).rejects.toThrow('unexpected');
    expect((await ledger.outcome('m1'))?.outcome).not.toBe('running');
  });

  it('with an unknown answer lets nothing leave', async () => {
    const { client, received } = scripted(
      [accepted],
      virtualLedger(() => ({ claim: () => ({ state: 'later' }) as never })),
    );
    expect((await client.call(send, input)).outcome).toBe('unknown');
    expect(received).toEqual([]);
  });

  it('does not wait longer for the content of a file than the call may take', async () => {
    const { client, clock } = scripted([accepted], virtualLedger());
    const file = new Blob(['a']);
    Object.defineProperty(file, 'arrayBuffer', { value: () => never });
    const start = clock.now();
    expect(
      await client.call(
        send,
        { id: 'm1', to: '380501234567', text: 'a', kind: 'viber', files: [{ name: 'a', content: file }] },
        { timeoutMs: 500 },
      ),
    ).toMatchObject({ outcome: 'not-sent' });
    expect(clock.now() - start).toBe(500);
  });
});

describe('a store', () => {
  it('that fails to free a slot changes no outcome', async () => {
    for (const leave of [
      () => {
        throw new Error('disk full');
      },
      () => Promise.reject(new Error('disk full')),
    ]) {
      const { client } = scripted(
        [accepted],
        virtualLedger(() => ({ enter: () => leave })),
      );
      expect((await client.call(send, input)).outcome).toBe('accepted');
    }
  });

  it('is asked once even if its promises start their work at each `then`', async () => {
    const { store, clock } = virtualStore();
    const runs: Record<string, number> = {};
    const lazy = <Value>(name: string, run: () => Value | Promise<Value>): Promise<Value> =>
      ({
        then: (resolve: (value: Value) => void, reject: (error: unknown) => void) => {
          runs[name] = (runs[name] ?? 0) + 1;
          return Promise.resolve().then(run).then(resolve, reject);
        },
      }) as Promise<Value>;
    const { client } = scripted([accepted], {
      clock,
      ledger: createLedger(
        storeOver(store, {
          claim: (request) => lazy('claim', () => store.claim(request)),
          written: (claim, arrivesWithinMs) => lazy('written', () => store.written(claim, arrivesWithinMs)),
          ended: (claim, end) => lazy('ended', () => store.ended(claim, end)),
          enter: (account, max) => lazy('enter', () => store.enter(account, max)),
        }),
      ),
    });
    expect((await client.call(send, input, { timeoutMs: 5000 })).outcome).toBe('accepted');
    expect(runs).toEqual({ claim: 1, written: 1, ended: 1, enter: 1 });
  });

  it('that never records an end does not keep the outcome from its caller', async () => {
    const { client } = scripted(
      [accepted],
      virtualLedger(() => ({ ended: () => never })),
    );
    expect((await client.call(send, input)).outcome).toBe('accepted');
  });

  it('that never responds does not keep recover() from ending', async () => {
    const { store, clock } = virtualStore();
    const { client } = scripted([reset(), delivered], { ledger: createLedger(store), clock });
    await client.call(send, input);
    const hanging: Partial<LedgerStore>[] = [
      { told: () => never },
      {
        open: () =>
          (async function* () {
            yield* [];
            await never;
          })(),
      },
    ];
    for (const methods of hanging) {
      const stop = new AbortController();
      const broken = scripted([delivered], { ledger: createLedger(storeOver(store, methods)), clock });
      clock.after(60_000, () => stop.abort());
      await all(broken.client.recover({ signal: stop.signal }));
    }
  });

  it('whose result cannot be read does not keep the outcome from being told', async () => {
    const { store, clock } = virtualStore();
    const ledger = createLedger(
      storeOver(store, {
        entry: async (id) => {
          const entry = await store.entry(id);
          return entry && { ...entry, result: '{' };
        },
        open: function* () {
          yield {
            claim: { id: 'm1', token: 1 },
            operation: 'send',
            outcome: 'accepted',
            result: '{',
          } as const;
        },
      }),
    );
    const { client } = scripted([accepted], { ledger, clock });
    await client.call(send, input);
    expect(await ledger.outcome('m1')).toMatchObject({ outcome: 'accepted', result: undefined });
    expect(await all(client.recover())).toMatchObject([{ id: 'm1', outcome: 'accepted', result: undefined }]);
  });
});

describe('a ledger', () => {
  it('takes a form and JSON for the same content', async () => {
    const { ledger, clock } = virtualLedger();
    const form = scripted([accepted], { ledger, clock });
    const json = scripted([], { ledger, clock, body: 'json' });
    const whole = { ...input, sender: 'Shop', to: ['380501234567', '380671112233'] };
    await form.client.call(send, whole);
    expect(await json.client.call(send, whole)).toMatchObject({ repeated: true });
  });

  it('rejects outcomes and ids that are none', async () => {
    const { ledger, clock } = virtualLedger();
    const { client } = scripted([reset()], { ledger, clock });
    await client.call(send, input);
    await expect(ledger.resolve('m1', 'acepted' as never)).rejects.toThrow('resolve: outcome');
    await expect(ledger.resolve(1 as never, 'accepted')).rejects.toThrow('resolve: id');
    await expect(ledger.forget(1 as never)).rejects.toThrow('forget: id');
    await expect(ledger.outcome(1 as never)).rejects.toThrow('outcome: id');
    expect(() => ledger.entries({ outcom: 'accepted' } as never)).toThrow('outcom is unknown');
    expect(() => ledger.entries({ outcome: 'acepted' } as never)).toThrow('entries: outcome');
    expect((await client.call(send, input)).outcome).toBe('unknown');
  });

  it.each([0, -1e9, NaN, '5', undefined])(
    'assumes a time limit for a transport that says %s',
    async (timeoutMs) => {
      const { store, clock } = virtualStore();
      const times: number[] = [];
      const ledger = createLedger(
        storeOver(store, {
          written: (claim, ms) => (times.push(ms), store.written(claim, ms)),
        }),
      );
      const sender = createClient({
        transport: { send: () => Promise.reject(reset()), timeoutMs: timeoutMs as number },
        credentials: { login: 'alex', password: 'hunter2' },
        clock,
        ledger,
      });
      await sender.call(send, input);
      expect(times).toEqual([390_000]);
    },
  );
});

describe('the ledger in memory', () => {
  const request = { operation: 'send', content: '', to: [], account: 'alex', temporary: false };
  const end = async (store: LedgerStore, id: string): Promise<void> => {
    const answer = await store.claim({ ...request, id });
    if (answer.state === 'yours') await store.ended(answer.claim, { outcome: 'accepted' });
  };

  it('forgets nothing because the time of day was set', async () => {
    let now = 0;
    let monotonic = 0;
    const clock = { now: () => now, monotonic: () => monotonic, after: () => () => undefined };
    const store = createMemoryStore({ clock, keepMs: 1000 });
    await end(store, 'm1');
    now = Date.UTC(2026, 2, 16);
    expect(await store.claim({ ...request, id: 'm1' })).toMatchObject({ state: 'known' });
    monotonic = 2000;
    expect(await store.claim({ ...request, id: 'm1' })).toMatchObject({ state: 'yours' });
  });

  it('drops expired entries of ids that are not used any more', async () => {
    let now = 0;
    const clock = { now: () => now, after: () => () => undefined };
    const store = createMemoryStore({ clock, keepMs: 1000 });
    for (let number = 0; number < 10; number++) await end(store, `old${number}`);
    now = 2000;
    for (let number = 0; number < 20; number++) await end(store, `new${number}`);
    // Entries that were only hidden would be back.
    now = 0;
    const left = [...(store.entries() as Iterable<{ readonly id: string }>)].map(({ id }) => id);
    expect(left.filter((id) => id.startsWith('old'))).toEqual([]);
  });
});
