import type { CaseInWorld } from '../case.ts';
import { bringTo, claimRequest, claimYours, expectClaim, id, listOpen } from '../claims.ts';
import { expectBetween, expectEqual, expectMembers, expectTrue } from '../expectations.ts';
import { arrivesWithinMs } from '../world.ts';
import type { Claim, LedgerStore } from '@smsc/client';

const needs = ['openAnother', 'kill'] as const;

/** Expects that nothing can be sent under a claim: recording a request fails or is refused. */
async function expectNoSend(store: LedgerStore, claim: Claim): Promise<void> {
  let isRecorded = false;
  try {
    isRecorded = await store.written(claim, arrivesWithinMs);
  } catch {
    // A store whose owner was declared dead may reject the call.
  }
  expectTrue('an owner that was declared dead sends nothing', !isRecorded);
}

/** Ends a send as an owner that was declared dead. The store may reject the call. */
async function endAsDead(store: LedgerStore, claim: Claim): Promise<boolean> {
  try {
    return await store.ended(claim, { outcome: 'not-sent' });
  } catch {
    return false;
  }
}

export const ownerCases: readonly CaseInWorld[] = [
  {
    title: 'the claim of a dead owner passes on if no request was written, and its old claim is void',
    needs,
    run: async (world) => {
      const other = await world.another();
      const first = await bringTo(world.store, 'running');
      await expectClaim(other, 'busy');
      await world.kill(world.store);
      const second = await claimYours(other);
      await expectNoSend(world.store, first);
      expectEqual('ended by the dead owner', await endAsDead(world.store, first), false);
      expectEqual('written by the new owner', await other.written(second, arrivesWithinMs), true);
    },
  },
  {
    title: 'of twenty claims of a dead owner’s id at once, one is yours',
    needs,
    run: async (world) => {
      const stores = [await world.another(), await world.another()];
      await bringTo(world.store, 'running');
      await world.kill(world.store);
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => stores[index % 2]!.claim(claimRequest())),
      );
      const yours = answers.filter(({ state }) => state === 'yours');
      expectEqual('claims that are yours', yours.length, 1);
    },
  },
  {
    title: 'the claim of a dead owner is in doubt if a request was written',
    needs,
    run: async (world) => {
      const other = await world.another();
      await bringTo(world.store, 'written', { account: 'bob' });
      world.clock.advance(10_000);
      await world.kill(world.store);
      const { send } = await expectClaim(other, 'in-doubt');
      expectMembers('the send in doubt', send, { operation: 'send', account: 'bob' });
      expectBetween('certainInMs', send.certainInMs, [arrivesWithinMs - 10_000, arrivesWithinMs - 9_000]);
      expectEqual('the outcome', (await other.entry(id))?.outcome, 'unknown');
      expectEqual('the end of the doubt', await other.ended(send.claim, { outcome: 'accepted' }), true);
      await expectClaim(other, 'known');
    },
  },
  {
    title: 'an owner that was declared dead cannot send again what another client is settling',
    needs,
    run: async (world) => {
      const other = await world.another();
      const byClaim = await bringTo(world.store, 'written', { id: 'a' });
      const byOpen = await bringTo(world.store, 'written', { id: 'b' });
      await world.kill(world.store);
      await expectClaim(other, 'in-doubt', { id: 'a' });
      await expectNoSend(world.store, byClaim);
      const open = await listOpen(other);
      expectEqual('the number of open sends', open.length, 2);
      await expectNoSend(world.store, byOpen);
      for (const { claim } of open)
        expectEqual('the end of a doubt', await other.ended(claim, { outcome: 'not-sent' }), true);
      await expectNoSend(world.store, byClaim);
      await expectNoSend(world.store, byOpen);
    },
  },
  {
    title:
      'open() lists the sends of a dead owner: in doubt if a request was written, else not sent and untold',
    needs,
    run: async (world) => {
      const other = await world.another();
      await bringTo(other, 'written', { id: 'alive' });
      const running = await bringTo(world.store, 'running', { id: 'a' });
      await bringTo(world.store, 'written', { id: 'b' });
      expectEqual('the open sends', await listOpen(other), []);
      await world.kill(world.store);
      const open = new Map((await listOpen(other)).map((each) => [each.claim.id, each]));
      expectEqual('the open ids', [...open.keys()].sort(), ['a', 'b']);
      expectEqual('the outcome of a send that was not written', open.get('a')?.outcome, 'not-sent');
      expectEqual('the outcome of a send that was written', open.get('b')?.outcome, undefined);
      await expectNoSend(world.store, running);
      await other.told(open.get('a')!.claim);
      expectEqual(
        'the open ids',
        (await listOpen(other)).map(({ claim }) => claim.id),
        ['b'],
      );
      expectEqual('the outcome', (await other.entry('a'))?.outcome, 'not-sent');
      await claimYours(other, { id: 'a' });
    },
  },
  {
    title: 'an owner that was declared dead and goes on cannot send under its old claims',
    needs,
    run: async (world) => {
      const other = await world.another();
      const taken = await bringTo(world.store, 'running', { id: 'a' });
      const doubtful = await bringTo(world.store, 'written', { id: 'b' });
      await world.kill(world.store);
      await claimYours(other, { id: 'a' });
      await expectClaim(other, 'in-doubt', { id: 'b' });
      for (const next of ['c', 'd']) {
        // The store may become an owner again, or reject every further call.
        await Promise.resolve()
          .then(() => world.store.claim(claimRequest({ id: next })))
          .catch(() => undefined);
        await expectNoSend(world.store, taken);
        await expectNoSend(world.store, doubtful);
        expectEqual('ended by the dead owner', await endAsDead(world.store, taken), false);
      }
      expectEqual('the outcome', (await other.entry('a'))?.outcome, 'running');
    },
  },
  {
    title: 'an ended send of a dead owner stays as it is',
    needs,
    run: async (world) => {
      const other = await world.another();
      await bringTo(world.store, 'accepted', { id: 'a' });
      await bringTo(world.store, 'unknown', { id: 'b' });
      await world.kill(world.store);
      await expectClaim(other, 'known', { id: 'a' });
      await expectClaim(other, 'in-doubt', { id: 'b' });
      expectEqual(
        'the open ids',
        (await listOpen(other)).map(({ claim }) => claim.id),
        ['b'],
      );
    },
  },
  {
    title: 'forget() and resolve() treat the sends of a dead owner by what was written',
    needs,
    run: async (world) => {
      const other = await world.another();
      const forgotten = await bringTo(world.store, 'written', { id: 'a' });
      const resolved = await bringTo(world.store, 'written', { id: 'b' });
      await world.kill(world.store);
      expectEqual('forget', await other.forget('a'), true);
      expectEqual('resolve', await other.resolve('b', 'accepted'), true);
      await expectNoSend(world.store, forgotten);
      await expectNoSend(world.store, resolved);
      await expectClaim(other, 'known', { id: 'b' });
    },
  },
  {
    title: 'entries() shows the sends of a dead owner as they are',
    needs,
    run: async (world) => {
      const other = await world.another();
      await bringTo(world.store, 'running', { id: 'a' });
      await bringTo(world.store, 'written', { id: 'b' });
      await world.kill(world.store);
      const outcomes = async (): Promise<readonly unknown[]> => {
        const all: Record<string, string> = {};
        for await (const each of other.entries()) all[each.id] = each.outcome;
        return [all['a'], all['b'], (await other.entry('a'))?.outcome, (await other.entry('b'))?.outcome];
      };
      expectEqual('the outcomes', await outcomes(), ['not-sent', 'unknown', 'not-sent', 'unknown']);
    },
  },
];
