import { getEventListeners } from 'node:events';
import { ManualClock } from '@smsc/testing/clocks';
import { describe, expect, it } from 'vitest';
import {
  startDeadline,
  Cancellation,
  raceCancel,
  waitUnlessCancelled,
  sleep,
} from '../src/state/cancellation.ts';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('the ending of a caller’s signal', () => {
  it('is one, and has one listener, however many wait for it, and none when nobody does', () => {
    const { signal } = new AbortController();
    const offs = Array.from({ length: 30 }, () => Cancellation.of(signal).on(() => undefined));
    expect([Cancellation.of(signal) === Cancellation.of(signal), listeners(signal)]).toEqual([true, 1]);
    for (const off of offs) {
      off();
      off();
    }
    expect(listeners(signal)).toBe(0);
  });

  it('comes with it, to all who wait and to none that does not any more', () => {
    const controller = new AbortController();
    const ending = Cancellation.of(controller.signal);
    const came: string[] = [];
    ending.on(() => came.push('a'));
    ending.on(() => came.push('b'))();
    expect(ending.aborted).toBe(false);
    controller.abort();
    expect([came, ending.aborted, ending.reason, ending.signal === controller.signal]).toEqual([
      ['a'],
      true,
      'aborted',
      true,
    ]);
  });

  it('is an end of time where the signal says so, whatever else it was aborted for', () => {
    expect(Cancellation.of(AbortSignal.abort(new DOMException('', 'TimeoutError'))).reason).toBe('timeout');
    for (const reason of [null, 'TimeoutError', 0, {}, undefined])
      expect(Cancellation.of(AbortSignal.abort(reason)).reason).toBe('aborted');
  });
});

describe('a deadline', () => {
  it('comes after its time, and with what is around it, whichever is first', () => {
    const clock = new ManualClock();
    const outer = new Cancellation();
    const [early, late] = [
      startDeadline(clock, outer, 10).cancellation,
      startDeadline(clock, outer, 1000).cancellation,
    ];
    clock.advance(10);
    outer.abort(new DOMException('', 'AbortError'));
    clock.advance(1000);
    expect([early.reason, late.reason, startDeadline(clock, outer, 10).cancellation.aborted]).toEqual([
      'timeout',
      'aborted',
      true,
    ]);
  });

  it('has a signal for who asks for one, before or afterwards, and always for the same reason', () => {
    const { cancellation: ending } = startDeadline(new ManualClock(), undefined, 10);
    const { signal } = ending;
    const reason = new Error('enough');
    ending.abort(reason);
    ending.abort(new DOMException('', 'TimeoutError'));
    const after = new Cancellation();
    after.abort(reason);
    expect([
      signal.aborted,
      signal.reason,
      ending.reason,
      ending.signal === signal,
      after.signal.aborted,
      after.signal.reason,
    ]).toEqual([true, reason, 'aborted', true, true, reason]);
  });

  it('leaves nothing behind when it is done', () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const { cancellation: ending, done } = startDeadline(clock, Cancellation.of(signal), 10);
    expect(listeners(signal)).toBe(1);
    done();
    clock.advance(10);
    expect([ending.aborted, listeners(signal), clock.pending]).toEqual([false, 0, 0]);
  });
});

describe('a waiting caller', () => {
  it('is told which came first, and calls off the other', async () => {
    const clock = new ManualClock();
    const ending = new Cancellation();
    const slept = [sleep(clock, 10, ending), sleep(clock, 1000, ending)];
    clock.advance(10);
    ending.abort();
    expect([await Promise.all(slept), clock.pending]).toEqual([[true, false], 0]);
    let begun = false;
    expect([await raceCancel(ending, () => ((begun = true), undefined)), begun]).toEqual([false, false]);
  });

  it('for what fails after the end, or before it was waited for, leaves no rejection behind', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    try {
      const [over, soon] = [new Cancellation(), new Cancellation()];
      over.abort();
      const waits = [over, soon].map((ending) =>
        waitUnlessCancelled(ending, new Promise((_, reject) => setImmediate(reject, new Error('no')))),
      );
      soon.abort();
      expect(await Promise.all(waits)).toEqual([false, false]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', listen);
    }
  });
});
