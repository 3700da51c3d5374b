import { balance, send } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { accepted, answer, input, reset, scripted } from './script.ts';

const money = '{"balance": "1.50"}';

describe.each([2, 4])('after error %i', (code) => {
  it('nothing is sent for a minute, and it says why', async () => {
    const { client, taken } = scripted([answer(code), accepted]);
    await client.call(send, input);
    const held = await client.call(send, input);
    expect(held).toMatchObject({ outcome: 'not-sent', id: 'm1', error: { reason: 'held-back', mayHaveHappened: false } });
    expect(held.outcome === 'not-sent' && held.error.message).toMatch(new RegExp(`^send: held back: error ${code}: .*; asked again in 60 s; nothing was sent$`));
    await expect(client.call(balance, {})).rejects.toMatchObject({ reason: 'held-back' });
    expect(taken).toHaveLength(1);
  });

  it('the balance is asked for first then, once for all who wait', async () => {
    const { client, taken, clock } = scripted([answer(code), money, accepted]);
    await client.call(send, input);
    await new Promise<void>((resolve) => clock.after(60_000, resolve));
    const all = await Promise.all([1, 2, 3].map(() => client.call(send, input)));
    expect(all.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(taken.map(({ request }) => request.operation)).toEqual(['send', 'balance', 'send', 'send', 'send']);
  });

  it('and it waits twice as long when that is refused, or does not come through', async () => {
    for (const second of [answer(code), reset()]) {
      const { client, taken, clock } = scripted([answer(code), second, money, accepted]);
      const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
      await client.call(send, input);
      await wait(60_000);
      expect((await client.call(send, input)).outcome).toBe('not-sent');
      await wait(119_000);
      expect((await client.call(send, input)).outcome).toBe('not-sent');
      expect(taken).toHaveLength(2);
      await wait(1000);
      expect((await client.call(send, input)).outcome).toBe('accepted');
      expect(taken).toHaveLength(4);
    }
  });
});

it('five errors 1, 5 or 7 in a row stop it; four and an answer do not', async () => {
  const stopping = scripted([1, 5, 7, 7, 1].map(answer));
  for (let call = 0; call < 5; call++) expect((await stopping.client.call(send, input)).outcome).toBe('rejected');
  expect((await stopping.client.call(send, input)).outcome).toBe('not-sent');
  const going = scripted([...[1, 5, 7, 7].map(answer), accepted, ...[1, 5, 7, 7].map(answer), answer(6), ...[1, 5, 7, 7].map(answer)]);
  for (let call = 0; call < 14; call++) expect((await going.client.call(send, input)).outcome).not.toBe('not-sent');
});

it('it can be left out', async () => {
  const { client, taken } = scripted([answer(2)], { breaker: false });
  for (let call = 0; call < 10; call++) await client.call(send, input);
  expect(taken).toHaveLength(10);
});
