import type { CaseInWorld } from '../case.ts';
import {
  bringTo,
  claimYours,
  endedStates,
  entryIds,
  expectClaim,
  expectVoid,
  id,
  listOpen,
  openIds,
} from '../claims.ts';
import { expectEqual } from '../expectations.ts';
import { keepMs, type LedgerWorld } from '../world.ts';

const certain = ['accepted', 'rejected', 'not-sent'] as const;

async function expectKept(world: LedgerWorld, isKept: boolean): Promise<void> {
  const expected = isKept ? [...certain].sort() : [];
  for (const store of [world.store, await world.another()]) {
    expectEqual('the ids of the entries', await entryIds(store), expected);
    for (const one of certain)
      expectEqual(`the outcome of ${one}`, (await store.entry(one))?.outcome, isKept ? one : undefined);
  }
}

export const keepingCases: readonly CaseInWorld[] = [
  {
    title: 'an entry is kept for keepMs after its end, and not longer',
    run: async (world) => {
      for (const state of certain) {
        const claim = await bringTo(world.store, 'written', { id: state });
        world.clock.advance(1000);
        await world.store.ended(claim, { outcome: state });
      }
      world.clock.advance(keepMs - 3000);
      await expectKept(world, true);
      world.clock.advance(5000);
      await expectKept(world, false);
      await claimYours(world.store, { id: 'accepted', content: 'other content' });
    },
  },
  {
    title: 'an expired entry is not extended by a claim that found it known',
    run: async ({ store, clock }) => {
      await bringTo(store, 'accepted');
      clock.advance(keepMs - 1000);
      await expectClaim(store, 'known');
      clock.advance(2000);
      await claimYours(store);
    },
  },
  {
    title: 'what is in doubt never expires',
    run: async ({ store, clock }) => {
      await bringTo(store, 'unknown');
      clock.advance(100 * keepMs);
      expectEqual('the outcome', (await store.entry(id))?.outcome, 'unknown');
      expectEqual('the ids of the entries', await entryIds(store), [id]);
      expectEqual('the ids that open lists', await openIds(store), [id]);
      await expectClaim(store, 'in-doubt');
    },
  },
  {
    title: 'what is being sent never expires',
    run: async ({ store, clock }) => {
      await bringTo(store, 'written');
      clock.advance(2 * keepMs);
      await expectClaim(store, 'busy');
    },
  },
  {
    title: 'forget() deletes an entry that is not running, once',
    run: async (world) => {
      const other = await world.another();
      for (const state of endedStates) {
        const claim = await bringTo(world.store, state, { id: state });
        expectEqual(`forget(${state})`, await other.forget(state), true);
        expectEqual('a second forget', await world.store.forget(state), false);
        expectEqual('the entry', await world.store.entry(state), undefined);
        await expectVoid(world.store, claim);
        await claimYours(world.store, { id: state, content: 'other content' });
      }
    },
  },
  {
    title: 'forget() leaves alone what is being sent',
    run: async (world) => {
      const other = await world.another();
      for (const state of ['running', 'written'] as const) {
        await bringTo(world.store, state, { id: state });
        for (const store of [world.store, other]) {
          expectEqual(`forget(${state})`, await store.forget(state), false);
          await expectClaim(store, 'busy', { id: state });
        }
      }
    },
  },
  {
    title: 'forget() of an id that was never claimed returns false',
    run: async ({ store }) => expectEqual('forget', await store.forget(id), false),
  },
  {
    title: 'a forgotten entry is not open any more',
    run: async ({ store }) => {
      await bringTo(store, 'unknown', { id: 'a' });
      await bringTo(store, 'accepted', { id: 'b', untold: true });
      await store.forget('a');
      await store.forget('b');
      expectEqual('the ids that open lists', await openIds(store), []);
    },
  },
  {
    title: 'resolve() decides a doubt: accepted is known, and any other outcome can be sent again',
    run: async (world) => {
      for (const outcome of certain) {
        await bringTo(world.store, 'unknown', { id: outcome });
        world.clock.advance(1000);
        expectEqual(`resolve(${outcome})`, await world.store.resolve(outcome, outcome), true);
        const entry = await (await world.another()).entry(outcome);
        expectEqual('the outcome', entry?.outcome, outcome);
        expectEqual('the time of the end', entry?.endedAt?.getTime(), world.clock.now());
        expectEqual('a second resolve', await world.store.resolve(outcome, 'not-sent'), false);
      }
      expectEqual('the ids that open lists', await openIds(world.store), []);
      const { result } = await expectClaim(world.store, 'known', { id: 'accepted' });
      expectEqual('the result of a send that a person resolved', result, undefined);
      await claimYours(world.store, { id: 'rejected' });
      await claimYours(world.store, { id: 'not-sent' });
    },
  },
  {
    title: 'resolve() changes only what is in doubt',
    run: async ({ store }) => {
      for (const state of ['running', 'written', ...certain] as const) {
        await bringTo(store, state, { id: state, untold: true });
        for (const outcome of certain)
          expectEqual(`resolve(${outcome}) of ${state}`, await store.resolve(state, outcome), false);
      }
      await expectClaim(store, 'known', { id: 'accepted' });
      await expectClaim(store, 'busy', { id: 'written' });
      expectEqual('resolve of an unused id', await store.resolve('unused', 'accepted'), false);
      expectEqual('the entry of an unused id', await store.entry('unused'), undefined);
    },
  },
  {
    title: 'ids that the client made up leave nothing behind',
    run: async ({ store }) => {
      for (const state of certain) {
        await bringTo(store, state, { id: state, temporary: true });
        expectEqual(`the entry of a ${state} send`, await store.entry(state), undefined);
      }
      for (const outcome of certain) {
        await bringTo(store, 'unknown', { id: outcome, temporary: true });
        expectEqual('the outcome', (await store.entry(outcome))?.outcome, 'unknown');
        await store.resolve(outcome, outcome);
      }
      await bringTo(store, 'unknown', { id: 'settled', temporary: true });
      for (const { claim } of await listOpen(store)) await store.ended(claim, { outcome: 'accepted' });
      await bringTo(store, 'unknown', { id: 'recovered', temporary: true });
      for (const { claim } of await listOpen(store))
        await store.ended(claim, { outcome: 'accepted', untold: true });
      for (const { claim } of await listOpen(store)) {
        expectEqual('the untold send', claim.id, 'recovered');
        await store.told(claim);
      }
      expectEqual('the ids of the entries', await entryIds(store), []);
      expectEqual('the ids that open lists', await openIds(store), []);
    },
  },
];
