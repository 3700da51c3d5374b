import type { CaseInWorld } from '../case.ts';
import { id } from '../claims.ts';
import { expectBetween, expectEqual, expectMembers, expectTrue } from '../expectations.ts';
import { secrets } from '../secrets.ts';
import { overrideStore } from '../store-proxy.ts';
import { settle } from './sends.ts';

export const settleCases: readonly CaseInWorld[] = [
  {
    title: 'settle() waits for the last request that can still arrive',
    run: async (world) => {
      world.gateway.treatments.push({ arriveAfterMs: 88_000 });
      await world.client().send();
      const again = await world.client({ store: await world.another() }).send();
      expectMembers('the settled send', await settle(again), { outcome: 'accepted', id });
    },
  },
  {
    title: 'settle() says not-sent only if that could be recorded',
    run: async (world) => {
      const { store, gateway } = world;
      gateway.treatments.push('lose-request');
      const failing = overrideStore(store, {
        ended: (claim, end) => {
          if (end.outcome === 'not-sent') throw new Error('the disk is full');
          return store.ended(claim, end);
        },
      });
      const sent = await world.client({ store: failing }).send();
      expectEqual('the settled send', (await settle(sent)).outcome, 'unknown');
      const again = await world.client({ store: failing }).send();
      expectEqual('the settled send', (await settle(again)).outcome, 'unknown');
      expectEqual('the settled send', (await settle(await world.client().send())).outcome, 'not-sent');
    },
  },
  {
    title: 'settle() does not say not-sent for a send that was claimed again meanwhile',
    run: async (world) => {
      const { store, gateway, clock } = world;
      gateway.treatments.push('lose-request');
      const sent = await world.client().send();
      const settling = settle(sent);
      await clock.sleep(20_000);
      await store.resolve(id, 'not-sent');
      gateway.treatments.push({ arriveAfterMs: 80_000 });
      expectEqual('the second send', (await world.client().send()).outcome, 'unknown');
      expectEqual('the settled first send', (await settling).outcome, 'unknown');
      expectEqual('the outcome in the ledger', (await store.entry(id))?.outcome, 'unknown');
    },
  },
  {
    title: 'settle() records what it found, for every client',
    run: async (world) => {
      const other = await world.another();
      for (const [treatment, expected] of [
        ['lose-response', 'accepted'],
        ['lose-request', 'not-sent'],
      ] as const) {
        const one = { id: treatment };
        world.gateway.treatments.push(treatment);
        const sent = await world.client().send(one);
        const again = await world.client({ store: other }).send(one);
        expectEqual('the settled send', (await settle(again)).outcome, expected);
        expectEqual('the outcome in the ledger', (await world.store.entry(one.id))?.outcome, expected);
        const requests = world.gateway.received.length;
        expectEqual('the first outcome, settled', (await settle(sent)).outcome, expected);
        expectEqual('requests for what the ledger knows', world.gateway.received.length, requests);
      }
    },
  },
  {
    title: 'settle() returns what a person decided, without a request',
    run: async (world) => {
      for (const [outcome, expected] of [
        ['accepted', 'accepted'],
        ['rejected', 'not-sent'],
        ['not-sent', 'not-sent'],
      ] as const) {
        world.gateway.treatments.push('lose-request');
        const sent = await world.client().send({ id: outcome });
        expectEqual('resolve', await world.ledger.resolve(outcome, outcome), true);
        const requests = world.gateway.received.length;
        expectEqual('the settled send', (await settle(sent)).outcome, expected);
        expectEqual('requests', world.gateway.received.length, requests);
      }
    },
  },
  {
    title: 'settle() returns what was recorded while it asked',
    run: async (world) => {
      const { gateway, clock } = world;
      gateway.isMute = true;
      for (const [outcome, expected] of [
        ['accepted', 'accepted'],
        ['not-sent', 'not-sent'],
      ] as const) {
        gateway.treatments.push('lose-request');
        const settling = settle(await world.client().send({ id: outcome }));
        await clock.sleep(10_000);
        await world.ledger.resolve(outcome, outcome);
        expectMembers('the settled send', await settling, { outcome: expected, id: outcome });
      }
    },
  },
  {
    title: 'settle() with a probe records the request and keeps its result',
    run: async (world) => {
      world.gateway.treatments.push('lose-request');
      const sent = await world.client().send();
      if (sent.outcome !== 'unknown') throw new Error('the send is not unknown');
      expectMembers('the settled send', await sent.settle({ probe: true }), { outcome: 'accepted', id });
      const again = await world.client().send();
      expectMembers('the same send', again, { outcome: 'accepted', repeated: true, parts: 2, cost: '0.90' });
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
  {
    title: 'a late probe cannot arrive after another client was told not-sent',
    run: async (world) => {
      const { gateway, clock } = world;
      gateway.treatments.push('lose-request');
      const sent = await world.client().send();
      const again = await world.client({ store: await world.another() }).send();
      const settling = settle(again).then((settled) => [settled.outcome, gateway.charged.length]);
      await clock.sleep(45_000);
      if (sent.outcome !== 'unknown') throw new Error('the send is not unknown');
      gateway.treatments.push({ arriveAfterMs: 58_000 });
      void sent.settle({ probe: true });
      const [outcome] = await settling;
      await clock.sleep(120_000);
      expectTrue(
        'the message was not charged after it was not-sent',
        outcome !== 'not-sent' || gateway.charged.length === 0,
      );
    },
  },
  {
    title: 'a send of other credentials is never not-sent, and accepted if the gateway has it',
    run: async (world) => {
      const { gateway } = world;
      gateway.treatments.push('lose-request', 'lose-response');
      await world.client().send();
      await world.client().send({ id: 'order-2' });
      const rotated = world.client({ credentials: { apiKey: secrets.apiKey } });
      expectEqual('the settled send', (await settle(await rotated.send())).outcome, 'unknown');
      expectEqual('the outcome in the ledger', (await world.store.entry(id))?.outcome, 'unknown');
      const found = await settle(await rotated.send({ id: 'order-2' }));
      expectEqual('a send that the gateway has', found.outcome, 'accepted');
      expectEqual(
        'the first send, by its own account',
        (await settle(await world.client().send())).outcome,
        'not-sent',
      );
    },
  },
  {
    title: 'settle() takes as long as certainty needs',
    run: async (world) => {
      const { gateway, clock } = world;
      gateway.treatments.push('lose-request');
      await world.client().send();
      const start = clock.monotonic();
      await clock.sleep(50_000);
      expectEqual('the settled send', (await settle(await world.client().send())).outcome, 'not-sent');
      expectBetween('the time since the send', clock.monotonic() - start, [91_000, 130_000]);
    },
  },
];
