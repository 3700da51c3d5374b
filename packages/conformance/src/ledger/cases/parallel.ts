import type { CaseInWorld } from '../case.ts';
import { id } from '../claims.ts';
import { expectBetween, expectEqual, expectMembers, expectTrue } from '../expectations.ts';
import { overrideStore } from '../store-proxy.ts';
import { settle } from './sends.ts';

export const parallelCases: readonly CaseInWorld[] = [
  {
    title: 'ten sends of one id at once make one request, and all get its outcome',
    run: async (world) => {
      world.gateway.treatments.push({ acceptAfterMs: 700 });
      const clients = [world.client(), world.client({ store: await world.another() })];
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => clients[index % 2]!.send()),
      );
      expectEqual('requests', world.gateway.received.length, 1);
      for (const outcome of outcomes)
        expectMembers('an outcome', outcome, { outcome: 'accepted', id, parts: 2, cost: '0.90' });
      expectEqual('outcomes that are repeated', outcomes.filter((each) => 'repeated' in each).length, 9);
    },
  },
  {
    title: 'of sends of one id at once, the next one sends if the first could not',
    run: async (world) => {
      world.gateway.treatments.push('unreachable');
      const { send } = world.client();
      const outcomes = await Promise.all([send(), send(), send()]);
      expectEqual('outcomes', outcomes.map(({ outcome }) => outcome).sort(), [
        'accepted',
        'accepted',
        'not-sent',
      ]);
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
  {
    title: 'forty sends of twenty ids at once make twenty requests',
    run: async (world) => {
      const clients = [world.client(), world.client({ store: await world.another() })];
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, index) => clients[index % 2]!.send({ id: `order-${index >> 1}` })),
      );
      expectTrue(
        'all are accepted',
        outcomes.every(({ outcome }) => outcome === 'accepted'),
      );
      expectEqual('the number of charges', world.gateway.charged.length, 20);
      expectEqual('the number of charged ids', new Set(world.gateway.charged).size, 20);
    },
  },
  {
    title: 'a send that another client is making waits for its outcome',
    run: async (world) => {
      world.gateway.treatments.push({ acceptAfterMs: 30_000 });
      const first = world.client().send();
      const start = world.clock.monotonic();
      const second = await world.client({ store: await world.another() }).send();
      expectMembers('the second send', second, { outcome: 'accepted', id, repeated: true });
      expectBetween('its wait', world.clock.monotonic() - start, [29_000, 32_000]);
      expectEqual('the first send', (await first).outcome, 'accepted');
      expectEqual('requests', world.gateway.received.length, 1);
    },
  },
  {
    title: 'a send that another client is making is unknown after the limit of the call, never not-sent',
    run: async (world) => {
      world.gateway.treatments.push({ acceptAfterMs: 300_000 });
      const first = world.client().send();
      const second = await world.client({ store: await world.another() }).send({}, { timeoutMs: 2000 });
      expectEqual('the second send', second.outcome, 'unknown');
      const controller = new AbortController();
      void world.clock.sleep(1000).then(() => controller.abort());
      const third = await world.client().send({}, { signal: controller.signal });
      expectEqual('a send that is aborted while it waits', third.outcome, 'unknown');
      expectMembers('the settled send', await settle(second), { outcome: 'accepted', id });
      expectEqual('the first send', (await first).outcome, 'accepted');
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
  {
    title: 'settle() of a send that another client is making never says not-sent',
    run: async (world) => {
      world.gateway.treatments.push('hang');
      const controller = new AbortController();
      const first = world.client().send({}, { signal: controller.signal });
      const second = await world.client().send({}, { timeoutMs: 2000 });
      expectEqual('the settled send', (await settle(second)).outcome, 'unknown');
      if (second.outcome === 'unknown')
        expectEqual('after an hour', (await second.settle({ patienceMs: 3_600_000 })).outcome, 'unknown');
      expectEqual('the outcome in the ledger', (await world.store.entry(id))?.outcome, 'running');
      controller.abort();
      expectEqual('the first send', (await first).outcome, 'unknown');
    },
  },
  {
    title: 'settle() of a send that another client is making says not-sent when that client knows it',
    run: async (world) => {
      const store = overrideStore(world.store, {
        written: async () => {
          await world.clock.sleep(5000);
          throw new Error('the disk is full');
        },
      });
      const first = world.client({ store }).send();
      const second = await world.client().send({}, { timeoutMs: 2000 });
      expectEqual('the second send', second.outcome, 'unknown');
      expectEqual('the first send', (await first).outcome, 'not-sent');
      expectEqual('the settled send', (await settle(second)).outcome, 'not-sent');
    },
  },
  {
    title: 'a call that is cancelled before its claim arrives leaves the id free',
    run: async (world) => {
      const store = overrideStore(world.store, {
        claim: async (request) => {
          await world.clock.sleep(5000);
          return world.store.claim(request);
        },
      });
      const { outcome } = await world.client({ store }).send({}, { timeoutMs: 1000 });
      expectEqual('the outcome', outcome, 'not-sent');
      await world.clock.sleep(10_000);
      expectEqual('the outcome of the same send', (await world.client().send()).outcome, 'accepted');
      expectEqual('requests', world.gateway.received.length, 1);
    },
  },
  {
    title: 'slots are given back after every kind of outcome',
    run: async (world) => {
      const { send, client } = world.client({ maxInFlight: 1 });
      const { gateway, credentials } = world;
      gateway.treatments.push(
        'accept',
        'unreachable',
        { code: 6, withId: true },
        'lose-request',
        'lose-response',
        'hang',
      );
      for (let index = 0; index < 6; index++) await send({ id: `order-${index}` }, { timeoutMs: 5000 });
      expectEqual('requests', gateway.received.length, 6);
      void client;
      const leave = await world.store.enter(credentials.login!, 1);
      expectTrue('the only slot is free', leave !== undefined);
    },
  },
  {
    title: 'a client waits for a slot that another client holds',
    run: async (world) => {
      const { gateway, store, credentials, clock } = world;
      const leave = await store.enter(credentials.login!, 1);
      const sending = world.client({ store: await world.another(), maxInFlight: 1 }).send();
      await clock.sleep(10_000);
      expectEqual('requests while the slot is taken', gateway.received.length, 0);
      expectEqual('the outcome in the ledger', (await store.entry(id))?.outcome, 'running');
      leave!();
      expectEqual('the outcome', (await sending).outcome, 'accepted');
    },
  },
];
