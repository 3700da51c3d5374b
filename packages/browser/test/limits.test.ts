import fc from 'fast-check';
import { ManualClock } from '@smsc/testing/clocks';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../src/relay/visitor-limits.ts';
import { visitorOf } from '../src/relay/visitor-address.ts';

describe('a limit', () => {
  it('lets through no more than so many in any so many milliseconds, and says when the next may come', () => {
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
            // The slow way: those of the last `perMs` milliseconds, counted.
            const recent = passed.filter((at) => at > clock.now() - perMs);
            expect(wait).toBe(recent.length < most ? 0 : recent.at(-most)! + perMs - clock.now());
            if (wait === 0) passed.push(clock.now());
          }
        },
      ),
    );
  });

  it('counts nothing that it does not let through', () => {
    const clock = new ManualClock();
    const limiter = createLimiter(
      { visitor: { most: 1, perMs: 100 }, total: { most: 2, perMs: 100 } },
      clock,
      10,
    );
    const ask = (visitor: string): number => limiter.take(visitor) || limiter.pass();
    expect([ask('a'), ask('a'), ask('a'), ask('b'), ask('c')]).toEqual([0, 100, 100, 0, 100]);
  });

  it('counts for all what has passed, and nothing that was only asked', () => {
    const limiter = createLimiter(
      { visitor: { most: 2, perMs: 100 }, total: { most: 1, perMs: 100 } },
      new ManualClock(),
      10,
    );
    expect([limiter.take('a'), limiter.take('a'), limiter.take('b')]).toEqual([0, 0, 0]);
    expect([limiter.pass(), limiter.pass()]).toEqual([0, 100]);
    expect([limiter.take('c'), limiter.take('b')]).toEqual([100, 100]);
  });

  it('remembers no more visitors than it may, and forgets none whose time is not over', () => {
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

  it('is none where there is none', () => {
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

  it('is one, whatever follows the network', () => {
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

  it('is short, however long what a server says', () => {
    expect(visitorOf('a'.repeat(10_000)).length).toBeLessThan(100);
  });

  it('is one, whatever port and brackets stand around an address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65_535 }), (address, port) => {
        const bare = visitorOf(address);
        expect(bare).not.toBe('unknown');
        expect(visitorOf(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)).toBe(bare);
      }),
    );
  });
});
