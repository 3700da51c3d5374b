import {
  balance,
  type Effect,
  GatewayError,
  InputError,
  ReplyError,
  send,
  sendList,
  TransportError,
} from '@smsc/protocol';
import { canRetry } from '@smsc/protocol/adapter';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseBefore } from '../src/state/backoff.ts';
import { accepted, answer, hang, input, refused, reset, scripted, timedOut } from './script.ts';

const money = '{"balance": "1.50"}';

describe('a retry', () => {
  it('of a request that was not sent goes to the next host, identical and with the same id', async () => {
    const { client, received } = scripted([refused(), refused(), accepted], {
      hosts: ['smsc.ua', 'www2.smsc.ua'],
    });
    expect(await client.call(send, input)).toMatchObject({ outcome: 'accepted', id: 'm1' });
    expect(received.map(({ attempt }) => attempt?.host)).toEqual(['smsc.ua', 'www2.smsc.ua', 'smsc.ua']);
    expect(new Set(received.map(({ request }) => JSON.stringify(request))).size).toBe(1);
  });

  it('has the id generated for the first attempt', async () => {
    let made = 0;
    const { client, received } = scripted([refused(), '{"id": "made-1", "cnt": 1}'], {
      createId: () => `made-${++made}`,
    });
    expect(await client.call(send, { ...input, id: undefined })).toMatchObject({
      outcome: 'accepted',
      id: 'made-1',
    });
    expect(received.map(({ params }) => params.get('id'))).toEqual(['made-1', 'made-1']);
  });

  it.each([
    ['a reset', reset()],
    ['a timeout', timedOut()],
    ['an error page of a proxy', { status: 502, body: '<html>' }],
    ['status 429', { status: 429, retryAfter: '1' }],
    ['an empty response', ''],
    ['a response that is cut off', '{"id": "m1", "cn'],
  ])('of an operation that spends is never made after %s', async (_, step) => {
    const { client, received } = scripted([step, accepted]);
    expect(await client.call(send, input)).toMatchObject({ outcome: 'unknown', id: 'm1' });
    expect(received).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('is not made after error %i', async (code) => {
    const { client, received } = scripted([answer(code), accepted]);
    expect(await client.call(send, input)).toMatchObject({ outcome: 'rejected', code });
    expect(received).toHaveLength(1);
  });

  it('of an operation that is free is made after every temporary failure', async () => {
    for (const step of [reset(), timedOut(), { status: 503 }, { status: 408 }, '', 'half']) {
      const { client, received } = scripted([step, step, money]);
      expect(await client.call(balance, {})).toMatchObject({ balance: '1.50' });
      expect(received).toHaveLength(3);
    }
    for (const step of [
      { status: 404 },
      { status: 301 },
      answer(2),
      new TransportError('x', 'reply', 'too-large'),
    ]) {
      const { client, received } = scripted([step, money]);
      await expect(client.call(balance, {})).rejects.toThrow();
      expect(received).toHaveLength(1);
    }
  });

  it('is made as often as configured; never with 0', async () => {
    for (const retries of [0, 1, 5]) {
      const { client, received } = scripted([refused()], { retries });
      expect(await client.call(send, input)).toMatchObject({
        outcome: 'not-sent',
        error: { phase: 'connect' },
      });
      expect(received).toHaveLength(retries + 1);
    }
  });

  it('waits a random part of a time that doubles with each attempt', async () => {
    const { client, received } = scripted([refused()], { retries: 4 });
    await client.call(send, input);
    expect(received.map(({ at }) => at - received[0]!.at)).toEqual([0, 125, 375, 875, 1875]);
  });

  it('waits as long as Retry-After asks, up to a minute', async () => {
    const { client, received } = scripted([
      { status: 503, retryAfter: '7' },
      { status: 503, retryAfter: 'Mon, 16 Mar 2026 09:00:20 GMT' },
      money,
    ]);
    await client.call(balance, {});
    expect(received.map(({ at }) => at - received[0]!.at)).toEqual([0, 7000, 20_000]);
    const patient = scripted([{ status: 503, retryAfter: '61' }, money]);
    await expect(patient.client.call(balance, {})).rejects.toMatchObject({ status: 503 });
    expect(patient.received).toHaveLength(1);
  });

  it('waits 0 to 60 s, whatever Retry-After contains', () => {
    const now = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.oneof(fc.string(), fc.constantFrom('1e9', '-5', '', 'Infinity', undefined), fc.nat().map(String)),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, retryAfter, random) => {
          const pause = pauseBefore(
            attempts,
            { status: 503, body: new Uint8Array(), retryAfter },
            now,
            () => random,
          );
          if (pause !== undefined) expect(pause >= 0 && pause <= 60_000).toBe(true);
        },
      ),
    );
  });

  it('uses a shared budget, so that an outage does not multiply the requests', async () => {
    const { client, received } = scripted([refused()]);
    for (let call = 0; call < 100; call++) await client.call(send, { ...input, id: `m${call}` });
    expect(received).toHaveLength(100 + 20);
    // Successful responses refill the budget.
    const mixed = scripted(({ params }) =>
      params.get('id') === 'bad' ? refused() : `{"id": "${params.get('id')}", "cnt": 1}`,
    );
    for (let call = 0; call < 30; call++) await mixed.client.call(send, { ...input, id: 'bad' });
    const before = mixed.received.length;
    for (let call = 0; call < 10; call++) await mixed.client.call(send, { ...input, id: `m${call}` });
    await mixed.client.call(send, { ...input, id: 'bad' });
    expect(mixed.received.length - before).toBe(10 + 3);
  });

  it('depends on the effect and on every kind of error', () => {
    const effects: readonly Effect[] = ['reads', 'idempotent', 'spends'];
    const errors = [
      new InputError('x', []),
      new GatewayError('x', 9, '', undefined),
      new ReplyError('x', 200, ''),
      new ReplyError('x', 302, ''),
      new ReplyError('x', 500, ''),
      refused(),
      reset(),
      timedOut(),
      new TransportError('x', 'connect', 'aborted'),
      new TransportError('x', 'connect', 'held-back'),
      new TransportError('x', 'connect', 'timeout'),
    ];
    expect(
      effects.map((effect) =>
        errors
          .map((error) => canRetry(effect, error))
          .map(Number)
          .join(''),
      ),
    ).toEqual(['00101111001', '00101111001', '00000100001']);
  });
});

describe('a call that is cancelled', () => {
  it('before it starts is not sent', async () => {
    const { client, received } = scripted([accepted]);
    expect(await client.call(send, input, { signal: AbortSignal.abort() })).toMatchObject({
      outcome: 'not-sent',
      error: { reason: 'aborted' },
    });
    expect(received).toHaveLength(0);
  });

  it('in a pause has the outcome of the last attempt', async () => {
    const controller = new AbortController();
    const { client, received, clock } = scripted([refused()], { random: () => 0.999 });
    clock.after(100, () => controller.abort());
    expect(await client.call(send, input, { signal: controller.signal })).toMatchObject({
      outcome: 'not-sent',
      error: { reason: 'network' },
    });
    expect(received).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('by its timeout, pauses included, ends on time', async () => {
    const { client, clock } = scripted([hang], { callTimeoutMs: 5000 });
    const start = clock.now();
    expect(await client.call(send, input)).toMatchObject({ outcome: 'unknown' });
    expect(clock.now() - start).toBe(5000);
    expect(await client.call(send, input, { timeoutMs: 70 })).toMatchObject({ outcome: 'unknown' });
    expect(clock.now() - start).toBe(5070);
    expect(clock.pending).toBe(0);
  });

  it('leaves no listener on the signal after a thousand calls', async () => {
    let listeners = 0;
    const { signal } = new AbortController();
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...[type, listener]: Parameters<typeof add>) => (
      listeners++,
      add(type, listener)
    );
    signal.removeEventListener = (...[type, listener]: Parameters<typeof remove>) => (
      listeners--,
      remove(type, listener)
    );
    const { client } = scripted([refused(), accepted], { callTimeoutMs: 60_000 });
    await Promise.all(Array.from({ length: 1000 }, () => client.call(send, input, { signal })));
    expect(listeners).toBe(0);
  });
});

it('the status of a list is requested by its numbers, not by its groups', async () => {
  const { client, received } = scripted([reset(), '{"status": 0, "last_timestamp": 1, "last_date": ""}']);
  const sent = await client.call(sendList, {
    id: 'm1',
    messages: [
      { to: [{ group: 3 }, '380671112233'], text: 'a' },
      { to: '380501234567', text: 'b' },
    ],
  });
  expect(sent.outcome === 'unknown' && (await sent.settle())).toMatchObject({
    outcome: 'accepted',
    status: { status: 0 },
  });
  expect(received[1]!.params.get('phone')).toBe('380671112233');
});
