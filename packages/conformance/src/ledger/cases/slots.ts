import type { LedgerStore } from '@smsc/client';
import type { CaseInWorld } from '../case.ts';
import { expectEqual, expectTrue } from '../expectations.ts';

type Leave = (() => void) | undefined;

const enterMany = (stores: readonly LedgerStore[], count: number, max: number): Promise<readonly Leave[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => stores[index % stores.length]!.enter('alex', max)),
  );

const taken = (slots: readonly Leave[]): number => slots.filter((leave) => leave !== undefined).length;

/** Waits until a slot that was just freed can be taken: a store may need a moment to notice. */
async function enterSoon(store: LedgerStore, account: string, max: number): Promise<Leave> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const leave = await store.enter(account, max);
    if (leave) return leave;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return undefined;
}

export const slotCases: readonly CaseInWorld[] = [
  {
    title: 'enter() gives out at most max slots, to all clients together',
    run: async (world) => {
      const stores = [world.store, await world.another(), await world.another()];
      const slots = await enterMany(stores, 30, 10);
      expectEqual('the number of slots', taken(slots), 10);
      for (const store of stores)
        expectTrue('no eleventh slot is given out', (await store.enter('alex', 10)) === undefined);
    },
  },
  {
    title: 'a slot that was left can be taken again, by any client',
    run: async (world) => {
      const other = await world.another();
      for (let round = 0; round < 5; round++) {
        const leave = await enterSoon(round % 2 ? other : world.store, 'alex', 1);
        expectTrue('a free slot is given out', leave !== undefined);
        expectTrue('no second slot is given out', (await other.enter('alex', 1)) === undefined);
        leave!();
      }
    },
  },
  {
    title: 'leaving one slot frees one slot',
    run: async (world) => {
      const slots = await enterMany([world.store, await world.another()], 3, 3);
      slots[1]!();
      expectTrue('one slot is free', (await enterSoon(world.store, 'alex', 3)) !== undefined);
      expectTrue('no other slot is free', (await world.store.enter('alex', 3)) === undefined);
    },
  },
  {
    title: 'each account has slots of its own',
    run: async ({ store }) => {
      expectTrue('alex gets a slot', (await store.enter('alex', 1)) !== undefined);
      expectTrue('bob gets a slot', (await store.enter('bob', 1)) !== undefined);
      expectTrue('alex gets no second slot', (await store.enter('alex', 1)) === undefined);
    },
  },
  {
    title: 'a client with a lower max waits while more slots are taken',
    run: async ({ store }) => {
      const slots = await enterMany([store], 3, 3);
      expectTrue('no slot below 2', (await store.enter('alex', 2)) === undefined);
      slots[0]!();
      expectTrue('no slot while two are taken', (await store.enter('alex', 2)) === undefined);
      slots[1]!();
      expectTrue('one of two slots is free', (await enterSoon(store, 'alex', 2)) !== undefined);
    },
  },
  {
    title: 'slots of a dead owner are free',
    needs: ['openAnother', 'kill'],
    run: async (world) => {
      const other = await world.another();
      expectEqual('the slots of the first owner', taken(await enterMany([world.store], 2, 2)), 2);
      expectTrue('no third slot is given out', (await other.enter('alex', 2)) === undefined);
      await world.kill(world.store);
      for (const which of ['first', 'second'])
        expectTrue(
          `the ${which} slot is free after its death`,
          (await enterSoon(other, 'alex', 2)) !== undefined,
        );
      expectTrue('no third slot is given out', (await other.enter('alex', 2)) === undefined);
    },
  },
];
