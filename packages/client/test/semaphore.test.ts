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

describe('a semaphore', () => {
  it('keeps no reference to callers that have passed', async () => {
    const semaphore = createSemaphore();
    await semaphore.enter(1);
    let last = semaphore.enter(1);
    const kept: WeakRef<object>[] = [];
    // Keep one caller waiting all the time.
    for (let passed = 0; passed < 1000; passed++) {
      const signal = new AbortController().signal;
      kept.push(new WeakRef(signal));
      const next = semaphore.enter(1, Cancellation.of(signal));
      semaphore.leave();
      await last;
      last = next;
    }
    await new Promise((resolve) => setTimeout(resolve));
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    expect(kept.slice(0, 900).filter((each) => each.deref()).length).toBeLessThan(50);
  });

  it('admits callers up to the limit, the others in order', async () => {
    const semaphore = createSemaphore();
    const order: number[] = [];
    const all = [1, 2, 3, 4, 5].map(async (caller) => ((await semaphore.enter(2)) ? order.push(caller) : 0));
    await settled(Promise.all(all));
    expect(order).toEqual([1, 2]);
    semaphore.leave();
    semaphore.leave();
    semaphore.leave();
    await Promise.all(all);
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives no slot to a caller that cancels', async () => {
    const semaphore = createSemaphore();
    const controller = new AbortController();
    expect(await semaphore.enter(1)).toBe(true);
    const [second, third] = [semaphore.enter(1, Cancellation.of(controller.signal)), semaphore.enter(1)];
    controller.abort();
    expect(await second).toBe(false);
    expect(await settled(third)).toBe('waiting');
    semaphore.leave();
    expect(await third).toBe(true);
    expect(await semaphore.enter(1, Cancellation.of(AbortSignal.abort()))).toBe(false);
  });

  it('admits callers behind one with a lower limit once it cancels', async () => {
    const semaphore = createSemaphore();
    const controller = new AbortController();
    await semaphore.enter(5);
    const narrow = semaphore.enter(1, Cancellation.of(controller.signal));
    const wide = semaphore.enter(5);
    expect(await settled(wide)).toBe('waiting');
    controller.abort();
    expect(await narrow).toBe(false);
    expect(await wide).toBe(true);
  });

  it('handles a hundred thousand waiting callers', async () => {
    const semaphore = createSemaphore();
    const all = Array.from({ length: 100_000 }, async () => {
      await semaphore.enter(10);
      semaphore.leave();
    });
    await Promise.all(all);
    expect(await semaphore.enter(1)).toBe(true);
  });
});

describe('the limit of parallel requests', () => {
  const setup = () => {
    let [inFlight, highest] = [0, 0];
    const send = async () => {
      highest = Math.max(highest, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inFlight--;
      return { status: 200, body: encode('{"id": "m1", "cnt": 1, "balance": "1"}', utf8) };
    };
    return { transport: { send }, highest: () => highest };
  };

  it('is ten for all clients of an account together', async () => {
    const { transport, highest } = setup();
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

  it('does not depend on the host or the password', async () => {
    const { transport, highest } = setup();
    const hosts = [['smsc.ua'], ['https://smsc.ua'], ['SMSC.ua'], ['smsc.kz', 'smsc.ua'], undefined];
    const clients = hosts.map((each, at) =>
      createClient({ transport, credentials: { login: 'one', password: `hunter${at}` }, hosts: each }),
    );
    await Promise.all(Array.from({ length: 90 }, (_, at) => clients[at % hosts.length]!.call(send, input)));
    expect(highest()).toBe(10);
  });

  it('is separate for each account, and can be 1 to 14', async () => {
    const { transport, highest } = setup();
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
