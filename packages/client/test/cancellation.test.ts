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

describe('the cancellation of a caller’s signal', () => {
  it('is shared, and listens to the signal only while something waits for it', () => {
    const { signal } = new AbortController();
    const offs = Array.from({ length: 30 }, () => Cancellation.of(signal).on(() => undefined));
    expect([Cancellation.of(signal) === Cancellation.of(signal), listeners(signal)]).toEqual([true, 1]);
    for (const off of offs) {
      off();
      off();
    }
    expect(listeners(signal)).toBe(0);
  });

  it('notifies the current listeners when the signal is aborted', () => {
    const controller = new AbortController();
    const cancellation = Cancellation.of(controller.signal);
    const notified: string[] = [];
    cancellation.on(() => notified.push('a'));
    cancellation.on(() => notified.push('b'))();
    expect(cancellation.aborted).toBe(false);
    controller.abort();
    expect([
      notified,
      cancellation.aborted,
      cancellation.reason,
      cancellation.signal === controller.signal,
    ]).toEqual([['a'], true, 'aborted', true]);
  });

  it('has the reason timeout only for a TimeoutError', () => {
    expect(Cancellation.of(AbortSignal.abort(new DOMException('', 'TimeoutError'))).reason).toBe('timeout');
    for (const reason of [null, 'TimeoutError', 0, {}, undefined])
      expect(Cancellation.of(AbortSignal.abort(reason)).reason).toBe('aborted');
  });
});

describe('a deadline', () => {
  it('ends after its time or with the outer cancellation, whichever is first', () => {
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

  it('creates a signal on demand, before or after it is aborted, with the first reason', () => {
    const { cancellation } = startDeadline(new ManualClock(), undefined, 10);
    const { signal } = cancellation;
    const reason = new Error('enough');
    cancellation.abort(reason);
    cancellation.abort(new DOMException('', 'TimeoutError'));
    const after = new Cancellation();
    after.abort(reason);
    expect([
      signal.aborted,
      signal.reason,
      cancellation.reason,
      cancellation.signal === signal,
      after.signal.aborted,
      after.signal.reason,
    ]).toEqual([true, reason, 'aborted', true, true, reason]);
  });

  it('leaves no timer and no listener when it is done', () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const { cancellation, done } = startDeadline(clock, Cancellation.of(signal), 10);
    expect(listeners(signal)).toBe(1);
    done();
    clock.advance(10);
    expect([cancellation.aborted, listeners(signal), clock.pending]).toEqual([false, 0, 0]);
  });
});

describe('waiting', () => {
  it('reports which came first and cancels the other', async () => {
    const clock = new ManualClock();
    const cancellation = new Cancellation();
    const slept = [sleep(clock, 10, cancellation), sleep(clock, 1000, cancellation)];
    clock.advance(10);
    cancellation.abort();
    expect([await Promise.all(slept), clock.pending]).toEqual([[true, false], 0]);
    let hasStarted = false;
    expect([await raceCancel(cancellation, () => ((hasStarted = true), undefined)), hasStarted]).toEqual([
      false,
      false,
    ]);
  });

  it('handles a rejection that comes after the cancellation', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    try {
      const [over, soon] = [new Cancellation(), new Cancellation()];
      over.abort();
      const waits = [over, soon].map((cancellation) =>
        waitUnlessCancelled(cancellation, new Promise((_, reject) => setImmediate(reject, new Error('no')))),
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
