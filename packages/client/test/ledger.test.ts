import { inspect } from 'node:util';
import { balance, callWithCode, csvFormat, InputError, send, sendList, windows1251 } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { createClient, createLedger, customThrottle, memoryLedger } from '../src/index.ts';
import { all, storeOver, virtualLedger, virtualStore } from './ledgers.ts';
import {
  accepted,
  answer,
  delivered,
  hang,
  input,
  missing,
  type ReceivedRequest,
  refused,
  reset,
  scripted,
  type Step,
  wait,
} from './script.ts';

/** Creates a ledger that records the steps of each send, in a list that the test reads. */
function recordingLedger(steps: unknown[]) {
  return virtualLedger((store) => ({
    claim: (request) => {
      steps.push(`claim ${request.id} ${request.to.join()}`);
      return store.claim(request);
    },
    written: (claim, arrivesWithinMs) => {
      steps.push('written');
      return store.written(claim, arrivesWithinMs);
    },
    ended: (claim, end) => {
      steps.push(end.outcome);
      return store.ended(claim, end);
    },
  }));
}

const never = new Promise<never>(() => undefined);

describe('a send whose id is in the ledger', () => {
  it('returns the earlier result if it was accepted, and sends nothing', async () => {
    const { ledger, clock } = virtualLedger();
    const { client, received } = scripted(['{"id": "m1", "cnt": 2, "cost": "0.77"}'], { ledger, clock });
    const first = await client.call(send, input);
    const second = await client.call(send, input);
    expect(second).toStrictEqual({ ...first, repeated: true });
    expect(received).toHaveLength(1);
  });

  it('is sent again if it was not sent, or rejected with its id', async () => {
    const { ledger, clock } = virtualLedger();
    const steps = [refused(), '{"error": "x", "error_code": 6, "id": "m1"}', accepted];
    const { client, received } = scripted(steps, { ledger, clock, retries: 0 });
    const outcomes = [];
    for (let run = 0; run < 3; run++) outcomes.push((await client.call(send, input)).outcome);
    expect(outcomes).toEqual(['not-sent', 'rejected', 'accepted']);
    expect(received).toHaveLength(3);
  });

  it('is in doubt if a rejection does not prove that this message was rejected', async () => {
    const { ledger, clock } = virtualLedger();
    const { client, received } = scripted([answer(9), delivered], { ledger, clock });
    expect(await client.call(send, input)).toMatchObject({ outcome: 'rejected', code: 9 });
    const second = await client.call(send, input);
    expect(second).toMatchObject({
      outcome: 'unknown',
      error: { message: 'send: an earlier request may have sent it; this call sent nothing' },
    });
    expect(received).toHaveLength(1);
    expect(second.outcome === 'unknown' && (await second.settle())).toMatchObject({ outcome: 'accepted' });
    expect(await client.call(send, input)).toMatchObject({ outcome: 'accepted', repeated: true, parts: 0 });
  });

  it('is an input error for another content, but not for other credentials, formats or charsets', async () => {
    const { ledger, clock } = virtualLedger();
    const first = scripted([accepted], { ledger, clock });
    await first.client.call(send, input);
    for (const other of [
      { ...input, text: 'b' },
      { ...input, to: '380501234568' },
      { ...input, sender: 'Other' },
    ])
      await expect(first.client.call(send, other)).rejects.toThrow(
        'send: id was used for another message; use a new id, or call forget(id) of the ledger',
      );
    const second = scripted([], {
      ledger,
      clock,
      credentials: { apiKey: 'rotated' },
      format: csvFormat,
      charset: windows1251,
    });
    expect(await second.client.call(send, { ...input, report: 'balance', listErrors: true })).toMatchObject({
      repeated: true,
    });
    expect([...first.received, ...second.received]).toHaveLength(1);
  });

  it('waits for the client that is sending it, and returns the same result', async () => {
    const { ledger, clock } = virtualLedger();
    const setup = scripted([accepted], { ledger, clock });
    const other = createClient({
      transport: { send: () => Promise.reject(new Error('must not be called')) },
      credentials: { login: 'alex', password: 'hunter2' },
      ledger,
      clock,
    });
    const both = await Promise.all([setup.client.call(send, input), other.call(send, input)]);
    expect(both).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted', repeated: true }]);
    expect(setup.received).toHaveLength(1);
  });

  it('is unknown if the other client takes longer than the time limit of the call', async () => {
    const { ledger, clock } = virtualLedger();
    const { client } = scripted(({ request }) => (request.operation === 'send' ? hang : missing), {
      ledger,
      clock,
    });
    void client.call(send, input, { timeoutMs: 600_000 });
    const second = await client.call(send, input, { timeoutMs: 1000 });
    expect(second).toMatchObject({
      outcome: 'unknown',
      error: { message: expect.stringContaining('another client') },
    });
    expect(second.outcome === 'unknown' && (await second.settle({ patienceMs: 200_000 }))).toMatchObject({
      outcome: 'unknown',
    });
  });

  it('is kept only while its outcome is open if the client created the id', async () => {
    const { ledger, clock } = virtualLedger();
    const { client } = scripted(['{"id": "made-up", "cnt": 1}', reset()], {
      ledger,
      clock,
      createId: () => 'made-up',
    });
    await client.call(send, { to: input.to, text: 'a' });
    expect(await all(ledger.entries())).toEqual([]);
    await client.call(send, { to: input.to, text: 'b' });
    expect(await all(ledger.entries())).toMatchObject([{ id: 'made-up', outcome: 'unknown' }]);
  });

  it('is unknown again if its response had members that nobody can know now', async () => {
    const { ledger, clock } = virtualLedger();
    const { client } = scripted([reset(), delivered], { ledger, clock });
    const call = { to: input.to, id: 'call-1' };
    const lost = await client.call(callWithCode, call);
    expect(lost.outcome === 'unknown' && (await lost.settle())).toMatchObject({ outcome: 'accepted' });
    const again = await client.call(callWithCode, call);
    expect(again.outcome === 'unknown' && (await again.settle())).toMatchObject({ outcome: 'accepted' });
  });
});

describe('a ledger', () => {
  it('records a send before its request leaves, and its outcome', async () => {
    const steps: unknown[] = [];
    const { ledger, clock } = recordingLedger(steps);
    const { client } = scripted(() => (steps.push('left'), refused()), { ledger, clock, retries: 1 });
    await client.call(send, input);
    expect(steps).toEqual(['claim m1 380501234567', 'written', 'left', 'written', 'left', 'not-sent']);
  });

  it('and the throttle get each recipient once, as the request names it', async () => {
    const steps: unknown[] = [];
    const throttled: (readonly string[])[] = [];
    const { client, received } = scripted([accepted], {
      ...recordingLedger(steps),
      recipientThrottle: customThrottle((to) => throttled.push(to) && 0),
    });
    await client.call(sendList, {
      id: 'm1',
      messages: [
        { to: '+380 (50) 123-45-67', text: 'a' },
        { to: ['380671112233', { group: 3 }, '+380501234567'], text: 'b' },
      ],
    });
    expect(steps[0]).toBe('claim m1 +380501234567,380671112233,G3');
    expect(throttled).toEqual([['+380501234567', '380671112233']]);
    expect(received[0]!.params.get('list')).toBe('+380501234567:a\n380671112233,G3,+380501234567:b');
  });

  it('gets the recipients of the request even if the input changes after it was read', async () => {
    const steps: unknown[] = [];
    const { client } = scripted([accepted], recordingLedger(steps));
    let reads = 0;
    await client.call(send, {
      id: 'm1',
      text: 'a',
      get to() {
        return `38050123456${reads++}`;
      },
    });
    expect(steps[0]).toBe('claim m1 380501234560');
    expect(reads).toBe(1);
  });

  it('records the end of a send that the transport rejects', async () => {
    const steps: unknown[] = [];
    const { client } = scripted([new InputError('send', [])], recordingLedger(steps));
    await expect(client.call(send, input)).rejects.toThrow(InputError);
    expect(steps.at(-1)).toBe('not-sent');
  });

  it('shows neither recipients nor texts when it is printed', async () => {
    const { ledger, clock } = virtualLedger();
    await scripted([reset()], { ledger, clock }).client.call(send, input);
    const printed = inspect(ledger, { depth: Infinity, showHidden: true });
    expect(printed).not.toMatch(/380501234567|4821/);
  });

  it.each([
    ['claims', { claim: () => Promise.reject(new Error('disk full')) }],
    ['records', { written: () => Promise.reject(new Error('disk full')) }],
    [
      'records at once',
      {
        written: () => {
          throw new Error('disk full');
        },
      },
    ],
  ] as const)('that fails when it %s makes a send not-sent', async (_, methods) => {
    const { client, received } = scripted(
      [accepted],
      virtualLedger(() => methods),
    );
    expect(await client.call(send, input)).toMatchObject({
      outcome: 'not-sent',
      error: { message: 'send: held back: the ledger could not be written; nothing was sent' },
    });
    expect(received).toEqual([]);
  });

  it('that cannot be written does not deny what it knows', async () => {
    let isFull = false;
    const { ledger, clock } = virtualLedger((store) => ({
      claim: (request) => {
        if (isFull) throw new Error('disk full');
        return store.claim(request);
      },
    }));
    const { client, received } = scripted([accepted], { ledger, clock });
    await client.call(send, input);
    isFull = true;
    const again = await client.call(send, input);
    expect(again.outcome === 'unknown' && (await again.settle())).toMatchObject({ outcome: 'accepted' });
    expect(received).toHaveLength(1);
  });

  it('that cannot record an end changes no outcome, and the next send of the id is in doubt', async () => {
    const { client } = scripted(
      [accepted],
      virtualLedger((store) => ({
        ended: (claim) => {
          void store.ended(claim, { outcome: 'unknown' });
          throw new Error('disk full');
        },
      })),
    );
    expect((await client.call(send, input)).outcome).toBe('accepted');
    expect((await client.call(send, input)).outcome).toBe('unknown');
  });

  it('that gave the send to another client does not let the request leave', async () => {
    const { client, received } = scripted(
      [accepted],
      virtualLedger(() => ({ written: () => false })),
    );
    expect(await client.call(send, input)).toMatchObject({
      outcome: 'unknown',
      error: { message: 'send: another client has taken this send over; this call sent nothing' },
    });
    expect(received).toEqual([]);
  });

  it('does not let a request leave more than 30 seconds after it was recorded', async () => {
    for (const [ms, outcome] of [
      [29_000, 'accepted'],
      [31_000, 'not-sent'],
    ] as const) {
      const setup = virtualLedger((store) => ({
        written: async (claim, arrivesWithinMs) => {
          const isWritten = store.written(claim, arrivesWithinMs);
          await wait(setup, ms);
          return isWritten;
        },
      }));
      const { client, received } = scripted([accepted], setup);
      expect((await client.call(send, input)).outcome).toBe(outcome);
      expect(received).toHaveLength(outcome === 'accepted' ? 1 : 0);
    }
  });

  it('that does not respond is bounded by the time limit, and nothing is sent', async () => {
    for (const methods of [{ claim: () => never }, { enter: () => never }, { written: () => never }]) {
      const setup = scripted([accepted], {
        ...virtualLedger(() => methods),
        callTimeoutMs: 500,
        maxInFlight: 1,
      });
      expect(await setup.client.call(send, input)).toMatchObject({
        outcome: 'not-sent',
        error: { reason: 'timeout' },
      });
      expect([setup.received, setup.clock.now() - Date.UTC(2026, 2, 16, 9)]).toEqual([[], 500]);
    }
  });

  it('that responds after the time limit takes the claim and the slot back', async () => {
    const ended: unknown[] = [];
    let free = 0;
    const setup = virtualLedger((store) => ({
      claim: async (request) => (await wait(setup, 1000), store.claim(request)),
      ended: (claim, end) => (ended.push(end.outcome), store.ended(claim, end)),
    }));
    const { client } = scripted([accepted], { ...setup, callTimeoutMs: 500 });
    await client.call(send, input);
    const slow = virtualLedger(() => ({
      enter: async () => (await wait(slow, 1000), () => void free++),
    }));
    await scripted([accepted], { ...slow, callTimeoutMs: 500 }).client.call(send, input);
    await Promise.all([wait(setup, 2000), wait(slow, 2000)]);
    expect([ended, free]).toEqual([['not-sent'], 1]);
  });

  it('that is slow to record an end is bounded by the time limit and changes no outcome', async () => {
    for (const [step, outcome] of [
      [accepted, 'accepted'],
      [answer(3), 'rejected'],
      [hang, 'unknown'],
    ] as const) {
      const setup = scripted(({ request }) => (request.operation === 'send' ? step : delivered), {
        ...virtualLedger(() => ({ ended: () => never })),
        callTimeoutMs: 500,
      });
      const start = setup.clock.now();
      const sent = await setup.client.call(send, input);
      expect([sent.outcome, setup.clock.now() - start, setup.clock.pending]).toEqual([outcome, 500, 0]);
      if (sent.outcome !== 'unknown') continue;
      const stop = new AbortController();
      setup.clock.after(5000, () => stop.abort());
      expect(await sent.settle({ signal: stop.signal })).toMatchObject({ outcome: 'accepted' });
    }
  });

  it('limits parallel requests, of reads as well, and frees its slots', async () => {
    const { store, clock } = virtualStore();
    let inFlight = 0;
    let most = 0;
    const transport = {
      send: async () => {
        most = Math.max(most, ++inFlight);
        await wait({ clock }, 100);
        inFlight--;
        return { status: 200, body: new TextEncoder().encode('{"balance": "1.00"}') };
      },
    };
    // The client's own semaphore allows ten requests, so the smaller limit comes from the ledger.
    const limited = storeOver(store, { enter: (account) => store.enter(account, 3) });
    const client = createClient({
      transport,
      credentials: { login: 'alex', password: 'hunter2' },
      clock,
      ledger: createLedger(limited),
    });
    await Promise.all(Array.from({ length: 12 }, () => client.call(balance, {})));
    expect(most).toBe(3);
    expect(store.enter('alex', 1)).toBeDefined();
  });

  it('rejects unknown options and invalid times', () => {
    expect(() => memoryLedger({ keepMs: -1, clocks: 5 } as object)).toThrow(
      'memoryLedger: clocks is unknown; did you mean `clock`?; keepMs expected a whole number from 0 to 315360000000, got -1',
    );
  });
});

it('settle() of the client that sent concludes not-sent no earlier than any other client', async () => {
  const setup = scripted(
    ({ request }) => (request.operation === 'send' ? reset() : missing),
    virtualLedger(),
  );
  const start = setup.clock.now();
  const lost = await setup.client.call(send, input);
  expect(lost.outcome === 'unknown' && (await lost.settle())).toMatchObject({ outcome: 'not-sent' });
  // The transport of the test has no known time limit, so five minutes are assumed.
  expect(setup.clock.now() - start).toBe(30_000 + 300_000 + 60_000);
});

describe('recover()', () => {
  /** Creates a ledger with sends that ended as `unknown`. */
  async function withUnknown(...ids: readonly string[]) {
    const setup = virtualLedger();
    const { client } = scripted([reset()], setup);
    for (const id of ids) await client.call(send, { ...input, id });
    return setup;
  }

  it('yields nothing without a ledger', async () => {
    expect(await all(scripted([]).client.recover())).toEqual([]);
  });

  it('yields sends that are accepted as soon as they are known, and then all others', async () => {
    const setup = await withUnknown('a', 'b');
    const { client, clock } = scripted(
      ({ params }: ReceivedRequest): Step => (params.get('id') === 'b' ? delivered : missing),
      setup,
    );
    const start = clock.now();
    const seen: unknown[] = [];
    for await (const { id, outcome, operation } of client.recover())
      seen.push([id, operation, outcome, clock.now() - start]);
    expect(seen).toEqual([
      ['b', 'send', 'accepted', 0],
      ['a', 'send', 'not-sent', expect.any(Number)],
    ]);
  });

  it('concludes not-sent only when a request can no longer arrive', async () => {
    const setup = await withUnknown('a');
    const writtenAt = setup.clock.now();
    const { client } = scripted([missing], setup);
    const [found] = await all(client.recover());
    expect(found).toMatchObject({ outcome: 'not-sent' });
    // The transport of the test has no known time limit, so five minutes are assumed.
    expect(setup.clock.now() - writtenAt).toBeGreaterThanOrEqual(30_000 + 300_000 + 60_000);
  });

  it('reports a result again until the next one is requested', async () => {
    const setup = await withUnknown('a', 'b');
    const first = scripted([delivered], setup);
    for await (const { id } of first.client.recover()) {
      expect(id).toBe('a');
      break;
    }
    const second = scripted([delivered], setup);
    expect((await all(second.client.recover())).map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(second.received.map(({ params }) => params.get('id'))).not.toContain('a');
    expect(await all(second.client.recover())).toEqual([]);
  });

  it('reports the sends of other credentials, and never as not-sent', async () => {
    const setup = await withUnknown('a', 'b');
    const { client } = scripted(
      ({ params }: ReceivedRequest): Step => (params.get('id') === 'b' ? delivered : missing),
      { ...setup, credentials: { apiKey: 'rotated' } },
    );
    expect(await all(client.recover())).toMatchObject([
      { id: 'b', outcome: 'accepted' },
      {
        id: 'a',
        outcome: 'unknown',
        error: {
          message: expect.stringMatching(
            /^send: sent with other credentials, so only those can prove .*; .*, call resolve\(id, outcome\) of the ledger$/,
          ),
        },
      },
    ]);
    const again = await client.call(send, { ...input, id: 'a' });
    expect(again).toMatchObject({
      error: {
        message:
          'send: a request with other credentials may have sent it; if it did not, call resolve(id, outcome) of the ledger; this call sent nothing',
      },
    });
    expect(again.outcome === 'unknown' && (await again.settle({ patienceMs: 600_000 }))).toMatchObject({
      outcome: 'unknown',
    });
  });

  it('reports accepted even if the ledger cannot record it, but not-sent only if it can', async () => {
    let isFull = false;
    const setup = virtualLedger((store) => ({
      ended: (claim, end) => {
        if (isFull) throw new Error('disk full');
        return store.ended(claim, end);
      },
    }));
    const { client } = scripted(({ request, params }: ReceivedRequest): Step => {
      if (request.operation === 'send') return reset();
      return params.get('id') === 'a' ? delivered : missing;
    }, setup);
    for (const id of ['a', 'b']) await client.call(send, { ...input, id });
    isFull = true;
    expect(await all(client.recover())).toMatchObject([
      { id: 'a', outcome: 'accepted' },
      { id: 'b', outcome: 'unknown' },
    ]);
  });

  it('does not conclude not-sent from a moment before another client sent a probe', async () => {
    const { store, clock } = virtualStore();
    const request = {
      id: 'a',
      operation: 'send',
      content: '',
      to: ['380501234567'],
      account: 'alex',
      temporary: false,
    };
    const answer = await store.claim(request);
    const claim = answer.state === 'yours' ? answer.claim : { id: 'a', token: -1 };
    await store.written(claim, 150_000);
    await store.ended(claim, { outcome: 'unknown' });
    clock.after(100_000, () => void store.written(claim, 150_000));
    const { client } = scripted([missing], { ledger: createLedger(store), clock });
    const start = clock.now();
    expect(await all(client.recover())).toMatchObject([{ outcome: 'unknown' }]);
    expect(await all(client.recover())).toMatchObject([{ outcome: 'not-sent' }]);
    expect(clock.now() - start).toBeGreaterThanOrEqual(250_000);
  });

  it('stops when its signal is aborted', async () => {
    const setup = await withUnknown('a');
    const { client, clock } = scripted([missing], setup);
    const stop = new AbortController();
    const start = clock.now();
    clock.after(5000, () => stop.abort());
    expect(await all(client.recover({ signal: stop.signal }))).toMatchObject([{ outcome: 'unknown' }]);
    expect(clock.now() - start).toBe(5000);
  });

  it('rejects invalid options at once', async () => {
    const { client, received } = scripted([delivered], await withUnknown('a'));
    expect(() => client.recover({ patience: 5 } as object)).toThrow(
      'recover: patience is unknown; did you mean `patienceMs`?',
    );
    expect(received).toEqual([]);
  });

  it('settles a thousand sends within the time of one', async () => {
    const setup = await withUnknown(...Array.from({ length: 1000 }, (_, number) => `m${number}`));
    const { client, clock } = scripted([missing], setup);
    const start = clock.now();
    const found = await all(client.recover());
    expect(found.filter(({ outcome }) => outcome === 'not-sent')).toHaveLength(1000);
    expect(clock.now() - start).toBeLessThan(2 * 390_000);
  });
});

describe('a person', () => {
  it('decides what is in doubt, and frees an id', async () => {
    const { ledger, clock } = virtualLedger();
    const { client, received } = scripted([reset(), reset(), accepted], { ledger, clock });
    const lost = await client.call(send, input);
    expect(await ledger.outcome('m1')).toMatchObject({ id: 'm1', outcome: 'unknown', endedAt: undefined });
    expect(await ledger.resolve('m1', 'accepted')).toBe(true);
    expect(await ledger.resolve('m1', 'not-sent')).toBe(false);
    expect(lost.outcome === 'unknown' && (await lost.settle())).toMatchObject({ outcome: 'accepted' });
    expect(received).toHaveLength(1);
    expect(await ledger.forget('m1')).toBe(true);
    expect(await ledger.forget('m1')).toBe(false);
    await client.call(send, { ...input, text: 'b' });
    expect(await ledger.resolve('m1', 'not-sent')).toBe(true);
    expect(await client.call(send, { ...input, text: 'b' })).toMatchObject({ outcome: 'accepted' });
    expect(await all(ledger.entries({ outcome: 'accepted' }))).toMatchObject([
      { id: 'm1', operation: 'send', result: { id: 'm1', parts: 1 }, endedAt: new Date(clock.now()) },
    ]);
    await ledger.close();
    expect((await client.call(send, { ...input, id: 'm2' })).outcome).toBe('not-sent');
  });
});
