import { balance, encode, send, utf8 } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { accepted, answer, hang, input, reset, type Scripted, scripted, wait } from './script.ts';

const money = '{"balance": "1.50"}';

describe.each([2, 4])('a client after error %i', (code) => {
  it('sends nothing for a minute and reports the reason', async () => {
    const { client, received } = scripted([answer(code), accepted]);
    await client.call(send, input);
    const held = await client.call(send, input);
    expect(held).toMatchObject({
      outcome: 'not-sent',
      id: 'm1',
      error: { reason: 'held-back', mayHaveHappened: false },
    });
    expect(held.outcome === 'not-sent' && held.error.message).toMatch(
      new RegExp(`^send: held back: error ${code}: .*; next try in 60 s; nothing was sent$`),
    );
    await expect(client.call(balance, {})).rejects.toMatchObject({ reason: 'held-back' });
    expect(received).toHaveLength(1);
  });

  it('requests the balance first after that, once for all waiting calls', async () => {
    const { client, received, clock } = scripted([answer(code), money, accepted]);
    await client.call(send, input);
    await new Promise<void>((resolve) => clock.after(60_000, resolve));
    const all = await Promise.all([1, 2, 3].map(() => client.call(send, input)));
    expect(all.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(received.map(({ request }) => request.operation)).toEqual([
      'send',
      'balance',
      'send',
      'send',
      'send',
    ]);
  });

  it('doubles the wait if the balance request is rejected or fails', async () => {
    for (const second of [answer(code), reset()]) {
      const { client, received, clock } = scripted([answer(code), second, money, accepted]);
      const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
      await client.call(send, input);
      await wait(60_000);
      expect((await client.call(send, input)).outcome).toBe('not-sent');
      await wait(119_000);
      expect((await client.call(send, input)).outcome).toBe('not-sent');
      expect(received).toHaveLength(2);
      await wait(1000);
      expect((await client.call(send, input)).outcome).toBe('accepted');
      expect(received).toHaveLength(4);
    }
  });
});

it('a call that waits for the balance can time out without cancelling the balance request', async () => {
  let phase: 'failing' | 'hanging' | 'working' = 'failing';
  const setup = scripted(({ request }) => {
    if (phase === 'failing') return answer(4);
    if (phase === 'hanging') return hang;
    return request.operation === 'balance' ? money : accepted;
  });
  await setup.client.call(send, input);
  await wait(setup, 60_000);
  phase = 'hanging';
  const start = setup.clock.now();
  const [first, second] = [500, 700].map((timeoutMs) => setup.client.call(send, input, { timeoutMs }));
  expect(await first).toMatchObject({ outcome: 'not-sent', error: { reason: 'timeout' } });
  expect(await second).toMatchObject({ outcome: 'not-sent', error: { reason: 'timeout' } });
  expect(setup.clock.now() - start).toBeLessThan(1000);
  // The balance request has its own timeout; without a response the breaker stays open.
  await wait(setup, 15_000);
  phase = 'working';
  expect(await setup.client.call(send, input)).toMatchObject({
    outcome: 'not-sent',
    error: { reason: 'held-back' },
  });
  await wait(setup, 120_000);
  expect(await setup.client.call(send, input)).toMatchObject({ outcome: 'accepted' });
});

it('an earlier request that succeeds does not close the breaker', async () => {
  let sent = 0;
  const setup: Scripted = scripted(({ params }) => (params.get('id') === 'slow' ? accepted : answer(4)), {
    transport: {
      send: async () => {
        const first = sent++ === 0;
        if (first) await wait(setup, 1000);
        return { status: 200, body: encode(first ? accepted : answer(4), utf8) };
      },
    },
  });
  const slow = setup.client.call(send, input);
  expect(await setup.client.call(send, input)).toMatchObject({ outcome: 'rejected', code: 4 });
  expect(await slow).toMatchObject({ outcome: 'accepted' });
  expect(await setup.client.call(send, input)).toMatchObject({
    outcome: 'not-sent',
    error: { reason: 'held-back' },
  });
  expect(sent).toBe(2);
});

it('the breaker closes on time although the system clock is set back', async () => {
  const { clock } = scripted([]);
  let set = 0;
  const setup = scripted([answer(4), money, accepted], {
    clock: { now: () => clock.now() + set, monotonic: clock.now, after: clock.after },
  });
  await setup.client.call(send, input);
  set = -3_600_000;
  await new Promise<void>((resolve) => void clock.after(60_000, resolve));
  expect(await setup.client.call(send, input)).toMatchObject({ outcome: 'accepted' });
});

it('the breaker opens after five errors 1, 5 or 7 in a row, not after four and a success', async () => {
  const fiveErrors = scripted([1, 5, 7, 7, 1].map(answer));
  for (let call = 0; call < 5; call++)
    expect((await fiveErrors.client.call(send, input)).outcome).toBe('rejected');
  expect((await fiveErrors.client.call(send, input)).outcome).toBe('not-sent');
  const interruptedErrors = scripted([
    ...[1, 5, 7, 7].map(answer),
    accepted,
    ...[1, 5, 7, 7].map(answer),
    answer(6),
    ...[1, 5, 7, 7].map(answer),
  ]);
  for (let call = 0; call < 14; call++)
    expect((await interruptedErrors.client.call(send, input)).outcome).not.toBe('not-sent');
});

it('the breaker can be turned off', async () => {
  const { client, received } = scripted([answer(2)], { breaker: false });
  for (let call = 0; call < 10; call++) await client.call(send, input);
  expect(received).toHaveLength(10);
});
