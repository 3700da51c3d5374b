import type { CaseInWorld } from '../case.ts';
import { bringTo, claimYours, expectClaim, id, listOpen } from '../claims.ts';
import { expectBetween, expectEqual } from '../expectations.ts';
import { arrivesWithinMs, type LedgerWorld } from '../world.ts';

/** Tolerance for stores that round times, in milliseconds. */
const toleranceMs = 5;

/** Expects the time until certainty, from `claim` and from `open`, for every store. */
async function expectCertainIn(world: LedgerWorld, ms: number): Promise<void> {
  for (const store of [world.store, await world.another()]) {
    const { send } = await expectClaim(store, 'in-doubt');
    expectBetween('certainInMs of claim', send.certainInMs, [ms, ms && ms + toleranceMs]);
    const [open] = await listOpen(store);
    const certainInMs = open && 'certainInMs' in open ? open.certainInMs : NaN;
    expectBetween('certainInMs of open', certainInMs, [ms, ms && ms + toleranceMs]);
  }
}

export const certaintyCases: readonly CaseInWorld[] = [
  {
    title: 'certainty comes when the request can no longer arrive, and not earlier',
    run: async (world) => {
      await bringTo(world.store, 'unknown');
      await expectCertainIn(world, arrivesWithinMs);
      world.clock.advance(60_000);
      await expectCertainIn(world, arrivesWithinMs - 60_000);
      world.clock.advance(arrivesWithinMs);
      await expectCertainIn(world, 0);
    },
  },
  {
    title: 'certainty counts from the latest request of a send',
    run: async (world) => {
      const claim = await claimYours(world.store);
      await world.store.written(claim, arrivesWithinMs);
      world.clock.advance(40_000);
      await world.store.written(claim, arrivesWithinMs);
      world.clock.advance(1000);
      await world.store.ended(claim, { outcome: 'unknown' });
      await expectCertainIn(world, arrivesWithinMs - 1000);
    },
  },
  {
    title: 'certainty does not come earlier if the time of day is set ahead',
    run: async (world) => {
      await bringTo(world.store, 'unknown');
      world.clock.setTimeOfDay(86_400_000);
      await expectCertainIn(world, arrivesWithinMs);
    },
  },
  {
    title: 'certainty does not come earlier if the time of day is set back',
    run: async (world) => {
      await bringTo(world.store, 'unknown');
      world.clock.setTimeOfDay(-86_400_000);
      world.clock.advance(10_000);
      const { send } = await expectClaim(world.store, 'in-doubt');
      expectBetween('certainInMs', send.certainInMs, [arrivesWithinMs - 10_000, Infinity]);
    },
  },
  {
    title: 'the latest request of a send in doubt is recorded',
    run: async (world) => {
      const claim = await bringTo(world.store, 'unknown');
      world.clock.advance(20_000);
      expectEqual('written of a probe', await world.store.written(claim, arrivesWithinMs), true);
      await expectCertainIn(world, arrivesWithinMs);
    },
  },
  {
    title: 'an end with ifCertain is recorded only when no request can arrive any more',
    run: async (world) => {
      const other = await world.another();
      await bringTo(world.store, 'unknown');
      const { send } = await expectClaim(other, 'in-doubt');
      const end = { outcome: 'not-sent', ifCertain: true } as const;
      world.clock.advance(arrivesWithinMs - 1000);
      expectEqual('ended before certainty', await other.ended(send.claim, end), false);
      await expectClaim(world.store, 'in-doubt');
      world.clock.advance(1000 + toleranceMs);
      expectEqual('ended after certainty', await other.ended(send.claim, end), true);
      expectEqual('the outcome', (await world.store.entry(id))?.outcome, 'not-sent');
    },
  },
  {
    title: 'an end with ifCertain is not recorded if a further request was written meanwhile',
    run: async (world) => {
      const other = await world.another();
      const first = await bringTo(world.store, 'unknown');
      const { send } = await expectClaim(other, 'in-doubt');
      world.clock.advance(45_000);
      await world.store.written(first, arrivesWithinMs);
      world.clock.advance(arrivesWithinMs - 45_000 + toleranceMs);
      const end = { outcome: 'not-sent', ifCertain: true } as const;
      expectEqual('ended after the first request’s certainty', await other.ended(send.claim, end), false);
      expectEqual('the outcome', (await other.entry(id))?.outcome, 'unknown');
    },
  },
  {
    title: 'an accepted end with ifCertain of false is recorded at once',
    run: async ({ store }) => {
      const claim = await bringTo(store, 'unknown');
      const end = { outcome: 'accepted', ifCertain: false } as const;
      expectEqual('ended', await store.ended(claim, end), true);
    },
  },
];
