import type { CaseInWorld } from '../case.ts';
import {
  bringTo,
  claimRequest,
  claimYours,
  endedStates,
  type EntryState,
  expectClaim,
  id,
  storedResult,
} from '../claims.ts';
import { expectBetween, expectEqual, expectMembers, expectTrue } from '../expectations.ts';
import { secrets } from '../secrets.ts';
import { arrivesWithinMs, type LedgerWorld } from '../world.ts';

const otherContent = { content: '["send",[["mes","another text"]]]' };

/** Results that a store has to return unchanged. `undefined`: the response was never read. */
const results: readonly (string | undefined)[] = [
  undefined,
  '',
  'null',
  storedResult,
  '{"a":"\\u0000 \' \\" \\n Ї 💬"}',
  JSON.stringify({ recipients: Array.from({ length: 20_000 }, (_, index) => ({ phone: String(index) })) }),
];

/** Ids that are valid, and that a store could confuse with each other or with members of objects. */
const similarIds = ['a', 'A', 'a-', 'a.', 'a_', '__proto__', 'constructor', '0a', 'x'.repeat(40)];

async function claimAgain(world: LedgerWorld, state: EntryState): Promise<void> {
  const first = await bringTo(world.store, state);
  world.clock.advance(60_000);
  const second = await claimYours(await world.another());
  expectTrue('a second claim has a token of its own', first.token !== second.token);
  const entry = await world.store.entry(id);
  expectEqual('the outcome of an entry that was claimed again', entry?.outcome, 'running');
  expectEqual(
    'the time of the first claim, after a second claim',
    entry?.claimedAt.getTime(),
    world.clock.now() - 60_000,
  );
}

export const claimCases: readonly CaseInWorld[] = [
  {
    title: 'a new id is yours, with a token that is a whole number',
    run: async ({ store }) => {
      const { token } = await claimYours(store);
      expectTrue(`the token ${token} is a whole number`, Number.isSafeInteger(token));
    },
  },
  {
    title: 'an id that is being sent is busy',
    run: async (world) => {
      const other = await world.another();
      for (const state of ['running', 'written'] as const) {
        await bringTo(world.store, state, { id: state });
        await expectClaim(world.store, 'busy', { id: state });
        await expectClaim(other, 'busy', { id: state });
      }
    },
  },
  {
    title: 'of fifty claims of one id at once, one is yours and the others are busy',
    run: async (world) => {
      const stores = [world.store, await world.another(), await world.another()];
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => stores[index % 3]!.claim(claimRequest())),
      );
      const states = answers.map(({ state }) => state);
      expectEqual('claims that are yours', states.filter((state) => state === 'yours').length, 1);
      expectEqual('claims that are busy', states.filter((state) => state === 'busy').length, 49);
    },
  },
  {
    title: 'no two claims have the same token',
    run: async (world) => {
      const stores = [world.store, await world.another()];
      const tokens: number[] = [];
      for (let index = 0; index < 20; index++) {
        const store = stores[index % 2]!;
        const { token } = await bringTo(store, 'not-sent', { id: `order-${index % 5}` });
        tokens.push(token);
        if (index % 3 === 0) await store.forget(`order-${index % 5}`);
      }
      expectEqual('the number of different tokens', new Set(tokens).size, 20);
    },
  },
  {
    title: 'a send that ended as not-sent can be claimed again',
    run: (world) => claimAgain(world, 'not-sent'),
  },
  {
    title: 'a send that ended as rejected can be claimed again',
    run: (world) => claimAgain(world, 'rejected'),
  },
  {
    title: 'a message that was accepted is known, with its result unchanged',
    run: async (world) => {
      const other = await world.another();
      for (const [index, result] of results.entries()) {
        const one = { id: `order-${index}` };
        const claim = await bringTo(world.store, 'written', one);
        await world.store.ended(claim, { outcome: 'accepted', result });
        expectEqual(`result ${index}`, (await expectClaim(world.store, 'known', one)).result, result);
        expectEqual(`result ${index}`, (await expectClaim(other, 'known', one)).result, result);
        expectEqual(`result ${index} of the entry`, (await other.entry(one.id))?.result, result);
      }
    },
  },
  {
    title: 'a send whose outcome is unknown is in doubt, with everything that settles it',
    run: async (world) => {
      const to = [secrets.phone, 'G5', '@name', 'a@example.com'];
      await bringTo(world.store, 'unknown', { operation: 'sendList', to, account: 'the account' });
      for (const store of [world.store, await world.another()]) {
        const { send } = await expectClaim(store, 'in-doubt', { operation: 'sendList', to });
        expectMembers('the send in doubt', send, { operation: 'sendList', to, account: 'the account' });
        expectEqual('the id of its claim', send.claim.id, id);
        expectBetween('certainInMs', send.certainInMs, [arrivesWithinMs - 1000, arrivesWithinMs]);
      }
    },
  },
  {
    title: 'the id alone is the key: another account cannot send it again',
    run: async ({ store }) => {
      await bringTo(store, 'accepted', { id: 'a' });
      await bringTo(store, 'unknown', { id: 'b' });
      await bringTo(store, 'running', { id: 'c' });
      await expectClaim(store, 'known', { id: 'a', account: 'bob' });
      const { send } = await expectClaim(store, 'in-doubt', { id: 'b', account: 'bob' });
      expectEqual('the account of the send in doubt', send.account, 'alex');
      await expectClaim(store, 'busy', { id: 'c', account: 'bob' });
    },
  },
  {
    title: 'an id that was used for other content is a conflict, in every state',
    run: async (world) => {
      const other = await world.another();
      for (const state of ['running', 'written', ...endedStates] as const) {
        await bringTo(world.store, state, { id: state });
        await expectClaim(world.store, 'conflict', { id: state, ...otherContent });
        await expectClaim(other, 'conflict', { id: state, ...otherContent });
      }
    },
  },
  {
    title: 'a conflict changes nothing',
    run: async ({ store }) => {
      const claim = await bringTo(store, 'running');
      await expectClaim(store, 'conflict', otherContent);
      expectEqual('written after a conflict', await store.written(claim, arrivesWithinMs), true);
      await store.ended(claim, { outcome: 'accepted', result: storedResult });
      await expectClaim(store, 'conflict', otherContent);
      expectEqual('the result after a conflict', (await expectClaim(store, 'known')).result, storedResult);
    },
  },
  {
    title: 'ids that look alike are different ids',
    run: async ({ store }) => {
      for (const one of similarIds)
        await bringTo(store, 'accepted', { id: one, content: `content of ${one}` });
      for (const one of similarIds) {
        await expectClaim(store, 'known', { id: one, content: `content of ${one}` });
        expectEqual('the id of an entry', (await store.entry(one))?.id, one);
      }
      expectEqual('the entry of an id that was never claimed', await store.entry('toString'), undefined);
    },
  },
];
