import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { balance, encode, send, utf8 } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { Cancellation } from '../src/state/cancellation.ts';
import { createSemaphore } from '../src/state/semaphore.ts';
import { createClient } from '../src/index.ts';
import { input } from './script.ts';

const settled = async <Value>(promise: Promise<Value> | Value): Promise<Value | 'waiting'> =>
  Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(() => resolve('waiting')))]);

describe('a gate', () => {
  it('keeps nothing of those who have gone through', async () => {
    const gate = createSemaphore();
    await gate.enter(1);
    let last = gate.enter(1);
    const kept: WeakRef<object>[] = [];
    // Somebody waits all the time.
    for (let passed = 0; passed < 1000; passed++) {
      const signal = new AbortController().signal;
      kept.push(new WeakRef(signal));
      const next = gate.enter(1, Cancellation.of(signal));
      gate.leave();
      await last;
      last = next;
    }
    await new Promise((resolve) => setTimeout(resolve));
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    expect(kept.slice(0, 900).filter((each) => each.deref()).length).toBeLessThan(50);
  });

  it('lets in so many, and the others in the order in which they came', async () => {
    const gate = createSemaphore();
    const order: number[] = [];
    const all = [1, 2, 3, 4, 5].map(async (caller) => ((await gate.enter(2)) ? order.push(caller) : 0));
    await settled(Promise.all(all));
    expect(order).toEqual([1, 2]);
    gate.leave();
    gate.leave();
    gate.leave();
    await Promise.all(all);
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it('frees no slot and takes none for a caller that gives up while it waits', async () => {
    const gate = createSemaphore();
    const controller = new AbortController();
    expect(await gate.enter(1)).toBe(true);
    const [second, third] = [gate.enter(1, Cancellation.of(controller.signal)), gate.enter(1)];
    controller.abort();
    expect(await second).toBe(false);
    expect(await settled(third)).toBe('waiting');
    gate.leave();
    expect(await third).toBe(true);
    expect(await gate.enter(1, Cancellation.of(AbortSignal.abort()))).toBe(false);
  });

  it('does not keep those waiting who stood behind one that asked for less', async () => {
    const gate = createSemaphore();
    const controller = new AbortController();
    await gate.enter(5);
    const narrow = gate.enter(1, Cancellation.of(controller.signal));
    const wide = gate.enter(5);
    expect(await settled(wide)).toBe('waiting');
    controller.abort();
    expect(await narrow).toBe(false);
    expect(await wide).toBe(true);
  });

  it('takes a hundred thousand who wait', async () => {
    const gate = createSemaphore();
    const all = Array.from({ length: 100_000 }, async () => {
      await gate.enter(10);
      gate.leave();
    });
    await Promise.all(all);
    expect(await gate.enter(1)).toBe(true);
  });
});

describe('the ceiling', () => {
  const rig = () => {
    let [inFlight, highest] = [0, 0];
    const send = async () => {
      highest = Math.max(highest, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inFlight--;
      return { status: 200, body: encode('{"id": "m1", "cnt": 1, "balance": "1"}', utf8) };
    };
    return { transport: { send }, highest: () => highest };
  };

  it('is ten for all clients of a login together', async () => {
    const { transport, highest } = rig();
    const clients = [1, 2, 3].map(() =>
      createClient({ transport, credentials: { apiKey: 'one' }, hosts: ['smsc.ua'] }),
    );
    await Promise.all(
      Array.from({ length: 90 }, (_, at) =>
        at % 2 ? clients[at % 3]!.call(send, input) : clients[at % 3]!.call(balance, {}),
      ),
    );
    expect(highest()).toBe(10);
  });

  it('is the same whichever host it goes to, and however host and password are written', async () => {
    const { transport, highest } = rig();
    const hosts = [['smsc.ua'], ['https://smsc.ua'], ['SMSC.ua'], ['smsc.kz', 'smsc.ua'], undefined];
    const clients = hosts.map((each, at) =>
      createClient({ transport, credentials: { login: 'one', password: `hunter${at}` }, hosts: each }),
    );
    await Promise.all(Array.from({ length: 90 }, (_, at) => clients[at % hosts.length]!.call(send, input)));
    expect(highest()).toBe(10);
  });

  it('is another for another login, and can be 1 to 14', async () => {
    const { transport, highest } = rig();
    const clients = ['two', 'three'].map((apiKey) =>
      createClient({ transport, credentials: { apiKey }, hosts: ['smsc.ua'], maxInFlight: 14 }),
    );
    await Promise.all(Array.from({ length: 90 }, (_, at) => clients[at % 2]!.call(send, input)));
    expect(highest()).toBe(28);
    for (const maxInFlight of [0, 15, 1.5, NaN])
      expect(() => createClient({ transport, credentials: { apiKey: 'k' }, maxInFlight })).toThrow(
        'maxInFlight expected a whole number from 1 to 14',
      );
  });
});
