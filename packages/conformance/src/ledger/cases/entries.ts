import type { Claim, LedgerStore, StoredEntry } from '@smsc/client';
import type { CaseInWorld } from '../case.ts';
import {
  bringTo,
  claimYours,
  endedStates,
  entryIds,
  expectVoid,
  id,
  openIds,
  storedResult,
} from '../claims.ts';
import { expectEqual, expectFailure, expectTrue } from '../expectations.ts';

async function listEntries(store: LedgerStore): Promise<readonly StoredEntry[]> {
  const all: StoredEntry[] = [];
  for await (const each of store.entries()) all.push(each);
  return all.sort((one, other) => (one.id < other.id ? -1 : 1));
}

const states = ['running', ...endedStates] as const;

export const entryCases: readonly CaseInWorld[] = [
  {
    title: 'entry() returns exactly the members of an entry, in every state',
    run: async (world) => {
      const claimedAt = new Date(world.clock.now());
      const claims = new Map<string, Awaited<ReturnType<typeof bringTo>>>();
      for (const state of states) claims.set(state, await bringTo(world.store, 'written', { id: state }));
      world.clock.advance(1500);
      for (const outcome of endedStates) {
        const result = outcome === 'accepted' ? storedResult : undefined;
        const code = outcome === 'rejected' ? 7 : undefined;
        await world.store.ended(claims.get(outcome)!, { outcome, result, code });
      }
      for (const outcome of states) {
        const expected: StoredEntry = {
          id: outcome,
          operation: 'send',
          outcome,
          code: outcome === 'rejected' ? 7 : undefined,
          result: outcome === 'accepted' ? storedResult : undefined,
          claimedAt,
          endedAt: outcome === 'running' || outcome === 'unknown' ? undefined : new Date(world.clock.now()),
        };
        expectEqual('the entry', await world.store.entry(outcome), expected);
        expectEqual('the entry', await (await world.another()).entry(outcome), expected);
        for await (const each of world.store.entries(outcome))
          expectEqual('the listed entry', each, expected);
      }
    },
  },
  {
    title: 'entries() lists all entries, or those with one outcome',
    run: async ({ store }) => {
      for (const state of states)
        for (const index of [1, 2])
          await bringTo(store, state, { id: `${state}-${index}`, untold: index === 2 });
      const all = states.flatMap((state) => [`${state}-1`, `${state}-2`]).sort();
      expectEqual('all ids', await entryIds(store), all);
      for (const state of states)
        expectEqual(`the ids of ${state} sends`, await entryIds(store, state), [`${state}-1`, `${state}-2`]);
    },
  },
  {
    title: 'entries() lists each of 1,200 entries once, and can be stopped',
    run: async ({ store }) => {
      const expected = Array.from({ length: 1200 }, (_, index) => `order-${String(index).padStart(4, '0')}`);
      for (const one of expected) await bringTo(store, 'not-sent', { id: one });
      expectEqual('the ids of the entries', await entryIds(store), expected);
      for await (const each of store.entries()) {
        await store.forget(each.id);
        break;
      }
      expectEqual('the number of entries', (await entryIds(store)).length, 1199);
    },
  },
  {
    title: 'the code of a rejection does not survive a new claim',
    run: async ({ store }) => {
      await bringTo(store, 'rejected');
      await claimYours(store);
      expectEqual('the code', (await store.entry(id))?.code, undefined);
    },
  },
  {
    title: 'a closed store gives out no claim and records no request',
    run: async ({ store }) => {
      const claim = await bringTo(store, 'running');
      await store.close();
      await expectFailure('claim after close', () => claimYours(store, { id: 'order-2' }));
      await expectFailure('written after close', async () => {
        if (!(await store.written(claim, 1000))) throw new Error('not recorded');
      });
    },
  },
  {
    title: 'everything is still there when the store is opened again',
    needs: ['openAnother'],
    run: async (world) => {
      const claims: Claim[] = [];
      for (const state of endedStates) claims.push(await bringTo(world.store, state, { id: state }));
      await bringTo(world.store, 'accepted', { id: 'untold', untold: true });
      const before = await listEntries(world.store);
      const open = await openIds(world.store);
      await world.store.close();
      const reopened = await world.another();
      expectEqual('the entries', await listEntries(reopened), before);
      expectEqual('the ids that open lists', await openIds(reopened), open);
      const { token } = await claimYours(reopened, { id: 'not-sent' });
      expectTrue(
        'the token of a new claim is new',
        claims.every((claim) => claim.token !== token),
      );
      await expectVoid(reopened, claims[endedStates.indexOf('not-sent')]!);
    },
  },
];
