import type { CaseInWorld } from '../case.ts';
import { bringTo, claimYours, expectClaim, expectVoid, id, openIds } from '../claims.ts';
import { expectEqual } from '../expectations.ts';
import { arrivesWithinMs } from '../world.ts';

export const fencingCases: readonly CaseInWorld[] = [
  {
    title: 'a new claim makes the earlier claim of the id void',
    run: async (world) => {
      const other = await world.another();
      const first = await bringTo(world.store, 'not-sent');
      const second = await claimYours(other);
      await expectVoid(world.store, first);
      expectEqual('the outcome after calls under a void claim', (await other.entry(id))?.outcome, 'running');
      expectEqual('written under the new claim', await other.written(second, arrivesWithinMs), true);
      await expectVoid(world.store, first);
      expectEqual('ended under the new claim', await other.ended(second, { outcome: 'accepted' }), true);
    },
  },
  {
    title: 'a certain outcome is final for its claim',
    run: async (world) => {
      const other = await world.another();
      for (const state of ['accepted', 'rejected', 'not-sent'] as const) {
        const claim = await bringTo(world.store, state, { id: state });
        await expectVoid(world.store, claim);
        await expectVoid(other, claim);
        expectEqual('the outcome', (await world.store.entry(state))?.outcome, state);
      }
    },
  },
  {
    title: 'a claim is void after its entry was forgotten, also when the id is claimed anew',
    run: async ({ store }) => {
      const first = await bringTo(store, 'unknown');
      await store.forget(id);
      await expectVoid(store, first);
      expectEqual('the entry after calls under a void claim', await store.entry(id), undefined);
      await claimYours(store);
      await expectVoid(store, first);
      expectEqual('the outcome after calls under a void claim', (await store.entry(id))?.outcome, 'running');
    },
  },
  {
    title: 'a claim is void after a person decided the outcome',
    run: async (world) => {
      const other = await world.another();
      for (const outcome of ['accepted', 'rejected', 'not-sent'] as const) {
        const claim = await bringTo(world.store, 'unknown', { id: outcome });
        await other.resolve(outcome, outcome);
        await expectVoid(world.store, claim);
        expectEqual('the outcome', (await world.store.entry(outcome))?.outcome, outcome);
      }
    },
  },
  {
    title: 'a claim whose token was never given out is void',
    run: async ({ store }) => {
      const { token } = await bringTo(store, 'written');
      await expectVoid(store, { id, token: token + 1 });
      await expectVoid(store, { id: 'order-2', token });
      expectEqual('the outcome', (await store.entry(id))?.outcome, 'running');
    },
  },
  {
    title: 'the outcome of a send in doubt can be recorded once, by any client',
    run: async (world) => {
      const other = await world.another();
      const first = await bringTo(world.store, 'unknown');
      const { send } = await expectClaim(other, 'in-doubt');
      expectEqual('ended of a doubt', await other.ended(send.claim, { outcome: 'accepted' }), true);
      expectEqual('a second end', await other.ended(send.claim, { outcome: 'not-sent' }), false);
      expectEqual(
        'an end by the first client',
        await world.store.ended(first, { outcome: 'not-sent' }),
        false,
      );
      await expectClaim(world.store, 'known');
      expectEqual('the sends that open lists', await openIds(world.store), []);
    },
  },
  {
    title: 'a doubt that is settled again as unknown stays in doubt',
    run: async ({ store }) => {
      const claim = await bringTo(store, 'unknown');
      await store.ended(claim, { outcome: 'unknown' });
      await expectClaim(store, 'in-doubt');
      expectEqual('the sends that open lists', await openIds(store), [id]);
    },
  },
];
