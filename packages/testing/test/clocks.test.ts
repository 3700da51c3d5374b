import { describe, expect, it } from 'vitest';
import { instantClock, ManualClock, VirtualClock } from '../src/clocks.ts';

describe('ManualClock', () => {
  it('runs the timers that are due, in order of time, when it is advanced', () => {
    const clock = new ManualClock(0);
    const ran: string[] = [];
    for (const [name, ms] of [
      ['b', 20],
      ['a', 10],
      ['c', 20],
      ['d', 21],
    ] as const)
      clock.after(ms, () => ran.push(name));
    clock.advance(20);
    expect([ran, clock.now(), clock.pending]).toEqual([['a', 'b', 'c'], 20, 1]);
  });

  it('does not run a timer that another timer has cancelled', () => {
    const clock = new ManualClock(0);
    let ran = false;
    const cancel: (() => void)[] = [];
    clock.after(1, () => cancel[0]!());
    cancel.push(clock.after(2, () => void (ran = true)));
    clock.advance(5);
    expect([ran, clock.pending]).toEqual([false, 0]);
  });
});

describe('VirtualClock', () => {
  it('jumps from timer to timer while the program waits', async () => {
    const clock = new VirtualClock(0);
    const wait = (ms: number): Promise<number> =>
      new Promise((resolve) => void clock.after(ms, () => resolve(clock.now())));
    expect(await Promise.all([wait(3_600_000), wait(5), wait(5)])).toEqual([3_600_000, 5, 5]);
    expect(clock.pending).toBe(0);
  });

  it('handles the promises of one timer before it runs the next', async () => {
    const clock = new VirtualClock(0);
    const order: string[] = [];
    const first = new Promise<void>((resolve) => void clock.after(1, resolve)).then(async () => {
      await Promise.resolve();
      order.push('first');
    });
    await new Promise<void>((resolve) => void clock.after(1, () => (order.push('second'), resolve())));
    await first;
    expect(order).toEqual(['first', 'second']);
  });

  it('does not run a cancelled timer', async () => {
    const clock = new VirtualClock(0);
    let ran = false;
    clock.after(1, () => void (ran = true))();
    await new Promise<void>((resolve) => void clock.after(2, resolve));
    expect(ran).toBe(false);
  });
});

it('instantClock runs each timer at once', async () => {
  await new Promise<void>((resolve) => void instantClock.after(3_600_000, resolve));
  expect(instantClock.now()).toBe(0);
});
