import type { CaseInWorld } from '../case.ts';
import { bringTo, claimYours, expectClaim, id, listOpen, openIds, storedResult } from '../claims.ts';
import { expectEqual, expectMembers, expectTrue } from '../expectations.ts';
import { secrets } from '../secrets.ts';
import { keepMs } from '../world.ts';

const certain = ['accepted', 'rejected', 'not-sent'] as const;

export const openCases: readonly CaseInWorld[] = [
  {
    title: 'open() lists sends in doubt and sends whose outcome is untold, and no others',
    run: async (world) => {
      const { store } = world;
      for (const state of ['running', 'written', ...certain] as const)
        await bringTo(store, state, { id: state });
      for (const outcome of certain) await bringTo(store, outcome, { id: `untold-${outcome}`, untold: true });
      await bringTo(store, 'unknown', { id: 'doubt' });
      const expected = ['doubt', 'untold-accepted', 'untold-not-sent', 'untold-rejected'];
      expectEqual('the ids that open lists', await openIds(store), expected);
      expectEqual('the ids that open lists', await openIds(await world.another()), expected);
    },
  },
  {
    title: 'open() lists untold outcomes first',
    run: async ({ store }) => {
      for (const one of ['a', 'c']) await bringTo(store, 'unknown', { id: one });
      for (const one of ['b', 'd']) await bringTo(store, 'accepted', { id: one, untold: true });
      const isUntold = (await listOpen(store)).map(({ outcome }) => outcome !== undefined);
      expectEqual('the items that are settled', isUntold, [true, true, false, false]);
    },
  },
  {
    title: 'open() returns what recover() needs',
    run: async ({ store }) => {
      const operation = 'callWithCode';
      const to = [secrets.phone, 'G7'];
      const doubt = await bringTo(store, 'unknown', { id: 'doubt', operation, to, account: 'bob' });
      for (const outcome of certain) await bringTo(store, outcome, { id: outcome, operation, untold: true });
      const open = new Map((await listOpen(store)).map((each) => [each.claim.id, each]));
      const one = open.get('doubt');
      expectMembers('the doubt', one, { operation, to, account: 'bob', outcome: undefined });
      expectTrue('the doubt has its certainInMs', one !== undefined && 'certainInMs' in one);
      expectEqual(
        'the end of the doubt',
        await store.ended(one?.claim ?? doubt, { outcome: 'accepted' }),
        true,
      );
      for (const outcome of certain) {
        const result = outcome === 'accepted' ? storedResult : undefined;
        expectMembers(`the ${outcome} send`, open.get(outcome), { operation, outcome, result });
      }
    },
  },
  {
    title: 'told() removes an outcome from open(), and nothing else',
    run: async (world) => {
      const { store } = world;
      const other = await world.another();
      for (const outcome of certain) await bringTo(store, outcome, { id: outcome, untold: true });
      for (const outcome of certain) {
        const found = (await listOpen(other)).find(({ claim }) => claim.id === outcome);
        await other.told(found!.claim);
        expectTrue(`${outcome} is told`, !(await openIds(store)).includes(outcome));
        expectEqual('the outcome', (await store.entry(outcome))?.outcome, outcome);
      }
      await expectClaim(store, 'known', { id: 'accepted' });
      await claimYours(store, { id: 'not-sent' });
    },
  },
  {
    title: 'told() for a send in doubt keeps it in doubt',
    run: async ({ store }) => {
      await store.told(await bringTo(store, 'unknown'));
      expectEqual('the ids that open lists', await openIds(store), [id]);
      await expectClaim(store, 'in-doubt');
    },
  },
  {
    title: 'told() under a void claim does nothing',
    run: async ({ store }) => {
      const first = await bringTo(store, 'not-sent');
      const second = await bringTo(store, 'accepted', { untold: true });
      await store.told(first);
      expectEqual('the ids that open lists', await openIds(store), [id]);
      await store.told(second);
      expectEqual('the ids that open lists', await openIds(store), []);
    },
  },
  {
    title: 'an untold outcome survives until it is told, however long that takes',
    run: async ({ store, clock }) => {
      const claim = await bringTo(store, 'accepted', { untold: true });
      clock.advance(10 * keepMs);
      expectEqual('the ids that open lists', await openIds(store), [id]);
      await expectClaim(store, 'known');
      await store.told(claim);
      expectEqual('the ids that open lists', await openIds(store), []);
    },
  },
  {
    title: 'the outcome of a settled doubt is untold if the end says so',
    run: async (world) => {
      await bringTo(world.store, 'unknown');
      const [doubt] = await listOpen(world.store);
      await world.store.ended(doubt!.claim, { outcome: 'not-sent', untold: true });
      const [untold] = await listOpen(await world.another());
      expectMembers('the item', untold, { outcome: 'not-sent', result: undefined });
      await world.store.told(untold!.claim);
      expectEqual('the ids that open lists', await openIds(world.store), []);
    },
  },
  {
    title: 'a send that ends as unknown is in doubt, and not untold as well',
    run: async ({ store }) => {
      const claim = await bringTo(store, 'unknown', { untold: true });
      expectEqual(
        'the outcomes that open lists',
        (await listOpen(store)).map(({ outcome }) => outcome),
        [undefined],
      );
      await store.told(claim);
      await expectClaim(store, 'in-doubt');
    },
  },
  {
    title: 'open() can be stopped at any item, and entries can change between two items',
    run: async ({ store }) => {
      const ids = Array.from({ length: 6 }, (_, index) => `order-${index}`);
      for (const one of ids) await bringTo(store, 'accepted', { id: one, untold: true });
      for await (const { claim } of store.open()) {
        await store.told(claim);
        if (claim.id === (await openIds(store))[0]) throw new Error('a told send is still open');
        if ((await openIds(store)).length === 3) break;
      }
      for await (const { claim } of store.open()) await store.told(claim);
      expectEqual('the ids that open lists', await openIds(store), []);
      for (const one of ids) await expectClaim(store, 'known', { id: one });
    },
  },
  {
    title: 'open() lists each of 1,200 sends once',
    run: async ({ store }) => {
      const expected = Array.from({ length: 1200 }, (_, index) => `order-${String(index).padStart(4, '0')}`);
      for (const [index, one] of expected.entries())
        await bringTo(store, index % 2 ? 'unknown' : 'accepted', { id: one, untold: index % 2 === 0 });
      expectEqual('the ids that open lists', await openIds(store), expected);
    },
  },
];
