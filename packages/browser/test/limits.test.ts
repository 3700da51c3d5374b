import fc from 'fast-check';
import { ManualClock } from '@smsc/testing/clocks';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../src/relay/visitor-limits.ts';
import { visitorOf } from '../src/relay/visitor-address.ts';

describe('a limit', () => {
  it('allows `most` calls in any period, and returns the time until the next', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 100 }),
        (most, perMs, pauses) => {
          const clock = new ManualClock();
          const limiter = createLimiter({ visitor: { most, perMs } }, clock, 10);
          const passed: number[] = [];
          for (const pause of pauses) {
            clock.advance(pause);
            const wait = limiter.take('a');
            // Reference: counts the calls of the last `perMs` milliseconds.
            const recent = passed.filter((at) => at > clock.now() - perMs);
            expect(wait).toBe(recent.length < most ? 0 : recent.at(-most)! + perMs - clock.now());
            if (wait === 0) passed.push(clock.now());
          }
        },
      ),
    );
  });

  it('does not count refused calls', () => {
    const clock = new ManualClock();
    const limiter = createLimiter(
      { visitor: { most: 1, perMs: 100 }, total: { most: 2, perMs: 100 } },
      clock,
      10,
    );
    const call = (visitor: string): number => limiter.take(visitor) || limiter.pass();
    expect([call('a'), call('a'), call('a'), call('b'), call('c')]).toEqual([0, 100, 100, 0, 100]);
  });

  it('counts only allowed calls against the limit for all', () => {
    const limiter = createLimiter(
      { visitor: { most: 2, perMs: 100 }, total: { most: 1, perMs: 100 } },
      new ManualClock(),
      10,
    );
    expect([limiter.take('a'), limiter.take('a'), limiter.take('b')]).toEqual([0, 0, 0]);
    expect([limiter.pass(), limiter.pass()]).toEqual([0, 100]);
    expect([limiter.take('c'), limiter.take('b')]).toEqual([100, 100]);
  });

  it('remembers at most `maxVisitors` visitors, and forgets none within its period', () => {
    const clock = new ManualClock();
    const limiter = createLimiter({ visitor: { most: 1, perMs: 1000 } }, clock, 3);
    expect(['a', 'b', 'c'].map((each) => limiter.take(each))).toEqual([0, 0, 0]);
    expect(limiter.take('d')).toBe(1000);
    clock.advance(400);
    expect([limiter.take('a'), limiter.take('e')]).toEqual([600, 600]);
    clock.advance(600);
    expect([limiter.take('a'), limiter.take('e'), limiter.take('f'), limiter.take('g')]).toEqual([
      0, 0, 0, 1000,
    ]);
  });

  it('allows every call if it is false', () => {
    const limiter = createLimiter({ visitor: false }, new ManualClock(), 1);
    for (let at = 0; at < 100; at++) expect(limiter.take(String(at))).toBe(0);
  });
});

describe('a visitor', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['203.0.113.7:50123', '203.0.113.7'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['[2001:db8::1%eth0]:443', '2001:db8:0:0::/64'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['2001:db8:1:2::203.0.113.7', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:203.0.113.7', '2001:db8:1:2::/64'],
    ['', 'unknown'],
    [undefined, 'unknown'],
    ['not an address', 'unknown'],
    ['198.51.100.1, 203.0.113.7', 'unknown'],
    ['203.0.113.256', 'unknown'],
    ['203.0.113', 'unknown'],
    ['203.0.113.07', 'unknown'],
    ['203.0.113.7:', 'unknown'],
    ['2001:db8::1:2::3', 'unknown'],
    ['2001:db8::203.0.113', 'unknown'],
    ['2001:db8:1:2:3:4:5:203.0.113.7', 'unknown'],
    ['2001:db8::g', 'unknown'],
    [':', 'unknown'],
  ])('is an address, or a network of 64 bits: %s', (address, visitor) => {
    expect(visitorOf(address)).toBe(visitor);
  });

  it('is the same for all addresses of a network', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((each) => each.toString(16));
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 4, maxLength: 4 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        (network, host) => {
          expect(visitorOf([...network, ...host].join(':'))).toBe(visitorOf(`${network.join(':')}:0:0:0:0`));
        },
      ),
    );
  });

  it('has a short name even if the address is long', () => {
    expect(visitorOf('a'.repeat(10_000)).length).toBeLessThan(100);
  });

  it('is the same with and without port and brackets', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65_535 }), (address, port) => {
        const bare = visitorOf(address);
        expect(bare).not.toBe('unknown');
        expect(visitorOf(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)).toBe(bare);
      }),
    );
  });
});
