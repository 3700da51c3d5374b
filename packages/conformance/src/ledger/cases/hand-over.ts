import type { LedgerStore } from '@smsc/client';
import type { CaseInWorld } from '../case.ts';
import { id } from '../claims.ts';
import { expectEqual, expectMembers } from '../expectations.ts';
import { overrideStore } from '../store-proxy.ts';
import type { LedgerWorld } from '../world.ts';
import { settle } from './sends.ts';

/** Sends through a store whose `written` is replaced. Expects the outcome, and that nothing leaves. */
async function expectHeldBack(
  world: LedgerWorld,
  written: LedgerStore['written'],
  outcome: 'not-sent' | 'unknown',
): Promise<void> {
  const store = overrideStore(world.store, { written });
  expectEqual('the outcome', (await world.client({ store }).send()).outcome, outcome);
  expectEqual('requests', world.gateway.received.length, 0);
}

/** Expects that the message can be sent now. */
async function expectSendable(world: LedgerWorld): Promise<void> {
  expectEqual('the outcome of the same send', (await world.client().send()).outcome, 'accepted');
  expectEqual('charges', world.gateway.charged, [id]);
}

export const handOverCases: readonly CaseInWorld[] = [
  {
    title: 'a request that cannot be recorded does not leave, and the send is not-sent',
    run: async (world) => {
      const fail = (): never => {
        throw new Error('the disk is full');
      };
      await expectHeldBack(world, fail, 'not-sent');
      await expectHeldBack(world, () => Promise.reject(new Error('the disk is full')), 'not-sent');
      await expectSendable(world);
    },
  },
  {
    title: 'a request under a void claim does not leave, and the send is unknown',
    run: async (world) => {
      await expectHeldBack(world, () => false, 'unknown');
      await world.store.forget(id);
      await expectSendable(world);
    },
  },
  {
    title: 'a request does not leave more than 30 seconds after it was recorded',
    run: async (world) => {
      const { store, clock } = world;
      const slow: LedgerStore['written'] = async (claim, ms) => {
        const isRecorded = await store.written(claim, ms);
        await clock.sleep(30_500);
        return isRecorded;
      };
      await expectHeldBack(world, slow, 'not-sent');
      await expectSendable(world);
    },
  },
  {
    title: 'a request leaves 29 seconds after it was recorded',
    run: async (world) => {
      const { store, clock } = world;
      const slow: LedgerStore['written'] = async (claim, ms) => {
        const isRecorded = await store.written(claim, ms);
        await clock.sleep(29_000);
        return isRecorded;
      };
      const { send } = world.client({ store: overrideStore(store, { written: slow }) });
      expectEqual('the outcome', (await send()).outcome, 'accepted');
    },
  },
  {
    title: 'a request does not leave if the time of day jumped after it was recorded',
    run: async (world) => {
      const { store, clock } = world;
      for (const jump of [60_000, -60_000]) {
        const jumping: LedgerStore['written'] = async (claim, ms) => {
          const isRecorded = await store.written(claim, ms);
          clock.setTimeOfDay(jump);
          return isRecorded;
        };
        await expectHeldBack(world, jumping, 'not-sent');
      }
      await expectSendable(world);
    },
  },
  {
    title: 'an end that cannot be recorded changes no outcome, and the send is in doubt afterwards',
    run: async (world) => {
      const { store, gateway } = world;
      const failing = overrideStore(store, {
        ended: async (claim) => {
          await store.ended(claim, { outcome: 'unknown' });
          throw new Error('the disk is full');
        },
      });
      expectEqual('the outcome', (await world.client({ store: failing }).send()).outcome, 'accepted');
      const again = await world.client().send();
      expectEqual('the outcome of the same send', again.outcome, 'unknown');
      expectMembers('the settled send', await settle(again), { outcome: 'accepted', id });
      expectEqual('charges', gateway.charged, [id]);
    },
  },
  {
    title: 'a claim that fails makes the send not-sent, and nothing leaves',
    run: async (world) => {
      const store = overrideStore(world.store, {
        claim: () => {
          throw new Error('the disk is full');
        },
      });
      expectEqual('the outcome', (await world.client({ store }).send()).outcome, 'not-sent');
      expectEqual('requests', world.gateway.received.length, 0);
      await expectSendable(world);
    },
  },
  {
    title: 'a client whose owner was declared dead sends nothing',
    needs: ['openAnother', 'kill'],
    run: async (world) => {
      const other = await world.another();
      const store = overrideStore(world.store, {
        // The process stops here, and another process takes the send over.
        written: async (claim, ms) => {
          await world.kill(world.store);
          expectEqual(
            'the outcome of the other client',
            (await world.client({ store: other }).send()).outcome,
            'accepted',
          );
          return world.store.written(claim, ms);
        },
      });
      const { outcome } = await world.client({ store }).send();
      if (outcome !== 'not-sent') expectEqual('the outcome of the stopped client', outcome, 'unknown');
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
];
