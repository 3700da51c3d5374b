import type { Outcome } from '@smsc/client';
import { balance, type Operation, paySubAccount, send, type SendInput, type Sent } from '@smsc/protocol';
import type { CaseInWorld } from '../case.ts';
import { entryIds, id } from '../claims.ts';
import { expectBetween, expectEqual, expectMembers, expectTrue } from '../expectations.ts';
import type { Treatment } from '../gateway.ts';
import { type LedgerWorld, message } from '../world.ts';

/** Settles an outcome that must be unknown. */
export function settle(
  outcome: Outcome<unknown>,
): ReturnType<Extract<typeof outcome, { outcome: 'unknown' }>['settle']> {
  if (outcome.outcome !== 'unknown') throw new Error(`expected unknown, found ${outcome.outcome}`);
  return outcome.settle();
}

interface TwoSends {
  /** Treatment of the first request. */
  readonly first: Treatment;
  /** Outcomes of the two sends. */
  readonly outcomes: readonly [first: string, second: string];
  /** Outcome in the ledger after the first send. */
  readonly kept: string;
  /** Number of requests. */
  readonly requests: number;
}

/** Sends a message twice, the second time by another client, and expects the outcomes. */
async function sendTwice(world: LedgerWorld, { first, outcomes, kept, requests }: TwoSends): Promise<void> {
  const { gateway } = world;
  gateway.treatments.push(first);
  const one = await world.client().send();
  expectEqual('the outcome of the first send', one.outcome, outcomes[0]);
  expectEqual('the outcome in the ledger', (await world.store.entry(id))?.outcome, kept);
  const two = await world.client({ store: await world.another() }).send();
  expectEqual('the outcome of the same send', two.outcome, outcomes[1]);
  expectEqual('requests', gateway.sends.length, requests);
}

/** A result with values that JSON cannot contain. */
const richSend: Operation<SendInput, Sent & Record<string, unknown>, 'spends'> = {
  ...send,
  result: (reply, body) => ({
    ...send.result(reply, body),
    nothing: undefined,
    list: [undefined, null],
    date: new Date(1_773_651_605_000),
    bytes: new Uint8Array([0, 255]),
    big: 2n ** 70n,
    text: secretless,
  }),
};
const secretless = ' " \\ Ї 💬';

export const sendCases: readonly CaseInWorld[] = [
  {
    title: 'an accepted message resolves to the same outcome again, without a request',
    run: async (world) => {
      const first = await world.client().send({ perRecipient: true });
      expectMembers('the first outcome', first, { outcome: 'accepted', id, parts: 2, cost: '0.90' });
      for (const store of [world.store, await world.another()]) {
        const again = await world.client({ store }).send({ perRecipient: true });
        expectEqual('the outcome of the same send', again, { ...first, repeated: true });
      }
      expectEqual('requests', world.gateway.received.length, 1);
    },
  },
  {
    title: 'dates, bytes, big integers and undefined members of a result come back as they were',
    run: async (world) => {
      const { client } = world.client();
      const first = await client.call(richSend, message);
      const again = await world.client({ store: await world.another() }).client.call(richSend, message);
      expectEqual('the outcome of the same send', again, { ...first, repeated: true });
    },
  },
  {
    title: 'a send that is not-sent is sent again',
    run: (world) =>
      sendTwice(world, {
        first: 'unreachable',
        outcomes: ['not-sent', 'accepted'],
        kept: 'not-sent',
        requests: 2,
      }),
  },
  {
    title: 'a send that the gateway rejected with its id is sent again',
    run: (world) =>
      sendTwice(world, {
        first: { code: 6, withId: true },
        outcomes: ['rejected', 'accepted'],
        kept: 'rejected',
        requests: 2,
      }),
  },
  {
    title: 'code 9 proves nothing: the send is in doubt and is not sent again',
    run: (world) =>
      sendTwice(world, {
        first: { code: 9, withId: true, connection: 'new' },
        outcomes: ['rejected', 'unknown'],
        kept: 'unknown',
        requests: 1,
      }),
  },
  {
    title: 'a rejection without an id on a connection that was used before leaves the send in doubt',
    run: (world) =>
      sendTwice(world, {
        first: { code: 4, connection: 'used' },
        outcomes: ['rejected', 'unknown'],
        kept: 'unknown',
        requests: 1,
      }),
  },
  {
    title: 'a rejection without an id on a connection of unknown age leaves the send in doubt',
    run: (world) =>
      sendTwice(world, {
        first: { code: 5 },
        outcomes: ['rejected', 'unknown'],
        kept: 'unknown',
        requests: 1,
      }),
  },
  {
    title: 'a rejection without an id on a new connection is certain, and the send is sent again',
    run: (world) =>
      sendTwice(world, {
        first: { code: 5, connection: 'new' },
        outcomes: ['rejected', 'accepted'],
        kept: 'rejected',
        requests: 2,
      }),
  },
  {
    title: 'a send whose response was lost is unknown again, and is settled as accepted',
    run: async (world) => {
      await sendTwice(world, {
        first: 'lose-response',
        outcomes: ['unknown', 'unknown'],
        kept: 'unknown',
        requests: 1,
      });
      const again = await world.client().send();
      expectMembers('the settled send', await settle(again), { outcome: 'accepted', id });
      const known = await world.client().send();
      expectMembers('the same send after that', known, { outcome: 'accepted', id, repeated: true, parts: 0 });
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
  {
    title: 'a send whose request was lost is unknown again, settled as not-sent, and then sent',
    run: async (world) => {
      await sendTwice(world, {
        first: 'lose-request',
        outcomes: ['unknown', 'unknown'],
        kept: 'unknown',
        requests: 1,
      });
      const start = world.clock.monotonic();
      expectEqual('the settled send', (await settle(await world.client().send())).outcome, 'not-sent');
      expectBetween('the wait', world.clock.monotonic() - start, [91_000, 150_000]);
      expectEqual('the outcome of the same send', (await world.client().send()).outcome, 'accepted');
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
  {
    title: 'a retry is sent under the claim of its call',
    run: async (world) => {
      world.gateway.treatments.push('unreachable', 'unreachable');
      const { outcome } = await world.client({ retries: 2 }).send();
      expectEqual('the outcome', outcome, 'accepted');
      expectEqual('the outcome in the ledger', (await world.store.entry(id))?.outcome, 'accepted');
    },
  },
  {
    title: 'messages without an id of the caller leave nothing behind when their outcome is certain',
    run: async (world) => {
      const { client, recoverAll } = world.client();
      const { to, text } = message;
      world.gateway.treatments.push('accept', 'unreachable', { code: 6, withId: true }, 'lose-response');
      const outcomes: string[] = [];
      for (let index = 0; index < 4; index++) outcomes.push((await client.call(send, { to, text })).outcome);
      expectEqual('the outcomes', outcomes, ['accepted', 'not-sent', 'rejected', 'unknown']);
      expectEqual('the number of entries', (await entryIds(world.store)).length, 1);
      expectEqual(
        'what recover reports',
        (await recoverAll()).map(({ outcome }) => outcome),
        ['accepted'],
      );
      expectEqual('the entries', await entryIds(world.store), []);
    },
  },
  {
    title: 'operations that are no messages are not in the ledger',
    run: async (world) => {
      const { client } = world.client();
      await client.call(balance, {});
      await client.call(paySubAccount, { login: 'sub', amount: '1.00' } as never).catch(() => undefined);
      expectEqual('the entries', await entryIds(world.store), []);
    },
  },
  {
    title: 'a send after close() is not-sent, and nothing leaves',
    run: async (world) => {
      const { send: sendMessage } = world.client();
      await world.store.close();
      expectEqual('the outcome', (await sendMessage()).outcome, 'not-sent');
      expectTrue('nothing left', world.gateway.received.length === 0);
    },
  },
];
