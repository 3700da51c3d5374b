import type { Recovered } from '@smsc/client';
import type { CaseInWorld } from '../case.ts';
import { bringTo, id, openIds } from '../claims.ts';
import { expectBetween, expectEqual, expectMembers, expectTrue } from '../expectations.ts';
import { secrets } from '../secrets.ts';
import { overrideStore } from '../store-proxy.ts';
import type { LedgerWorld } from '../world.ts';

const outcomesOf = (all: readonly Recovered[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    all.map((each) => [each.id, each.outcome] as const).sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Leaves sends in doubt: `accepted-…` were charged, `lost-…` were not. */
async function leaveDoubts(world: LedgerWorld, count: number): Promise<Readonly<Record<string, string>>> {
  const { send } = world.client();
  const expected: Record<string, string> = {};
  for (let index = 0; index < count; index++)
    for (const [prefix, treatment, outcome] of [
      ['accepted', 'lose-response', 'accepted'],
      ['lost', 'lose-request', 'not-sent'],
    ] as const) {
      const one = `${prefix}-${index}`;
      world.gateway.treatments.push(treatment);
      await send({ id: one });
      expected[one] = outcome;
    }
  return Object.fromEntries(Object.entries(expected).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Takes some results of `recover()` and then stops, like a program that is killed.
 *
 * @param storeMs time that the program needs to store each result, in milliseconds
 */
async function takeAndDie(world: LedgerWorld, count: number, storeMs = 0): Promise<readonly Recovered[]> {
  const recovering = world.client({ store: await world.another() }).client.recover();
  const taken: Recovered[] = [];
  while (taken.length < count) {
    const next = await recovering.next();
    if (next.done) break;
    taken.push(next.value);
    if (storeMs > 0) await world.clock.sleep(storeMs);
  }
  return taken;
}

export const recoverCases: readonly CaseInWorld[] = [
  {
    title: 'recover() reports each send in doubt with its outcome, and then nothing',
    run: async (world) => {
      const expected = await leaveDoubts(world, 3);
      await world.client().send({ id: 'known' });
      const { recoverAll } = world.client({ store: await world.another() });
      const reported = await recoverAll();
      expectEqual('what recover reports', outcomesOf(reported), expected);
      expectEqual('the number of reports', reported.length, 6);
      for (const each of reported) expectEqual('the operation', each.operation, 'send');
      expectEqual('what recover reports after that', await recoverAll(), []);
    },
  },
  {
    title: 'recover() reports a send as soon as its outcome is known',
    run: async (world) => {
      await leaveDoubts(world, 1);
      const start = world.clock.monotonic();
      const waits: number[] = [];
      for await (const each of world.client().client.recover()) {
        waits.push(world.clock.monotonic() - start);
        if (waits.length === 1) expectEqual('the first outcome', each.outcome, 'accepted');
      }
      expectBetween('the time of the first report', waits[0]!, [0, 5000]);
      expectBetween('the time of the second report', waits[1]!, [85_000, 150_000]);
    },
  },
  {
    title: 'an item of recover() is told when the next one is requested, and not before',
    run: async (world) => {
      await leaveDoubts(world, 1);
      const [first] = await takeAndDie(world, 1);
      expectTrue(
        'an item that was only taken is still open',
        (await openIds(world.store)).includes(first!.id),
      );
      expectEqual('its outcome in the ledger', (await world.store.entry(first!.id))?.outcome, first!.outcome);
      const taken = await takeAndDie(world, 2);
      expectMembers('the first item, reported again', taken[0], { id: first!.id, outcome: first!.outcome });
      expectEqual('the open sends', await openIds(world.store), [taken[1]!.id]);
    },
  },
  {
    title: 'leaving the loop of recover() leaves the current item untold',
    run: async (world) => {
      const expected = await leaveDoubts(world, 2);
      const seen: Recovered[] = [];
      for await (const each of world.client().client.recover()) {
        seen.push(each);
        if (seen.length === 2) break;
      }
      const rest = await world.client({ store: await world.another() }).recoverAll();
      expectEqual('the first item of the second loop', rest[0]?.id, seen[1]!.id);
      expectTrue('the first item is told', !rest.some((each) => each.id === seen[0]!.id));
      expectEqual('all reports', outcomesOf([seen[0]!, ...rest]), expected);
    },
  },
  {
    title: 'an error in the loop of recover() leaves the current item untold',
    run: async (world) => {
      await leaveDoubts(world, 1);
      let current: string | undefined;
      try {
        for await (const each of world.client().client.recover()) {
          current = each.id;
          throw new Error('the database of the program is down');
        }
      } catch {
        // The program is started again.
      }
      expectTrue('the item is open', (await openIds(world.store)).includes(current!));
    },
  },
  {
    title: 'recover() can be killed at any item: each send is reported at last, and a told one once',
    run: async (world) => {
      const expected = await leaveDoubts(world, 3);
      const told = new Set<string>();
      const reported: Recovered[] = [];
      for (let run = 0; run < 12; run++) {
        const taken = await takeAndDie(world, (run % 3) + 1, 3000);
        for (const each of taken)
          expectTrue(`${each.id} is not reported after it was told`, !told.has(each.id));
        for (const each of taken.slice(0, -1)) told.add(each.id);
        reported.push(...taken);
      }
      reported.push(...(await world.client().recoverAll()));
      expectEqual('all reports', outcomesOf(reported), expected);
      expectEqual('what is left', await openIds(world.store), []);
    },
  },
  {
    title: 'recover() reports untold outcomes first and without a request',
    run: async (world) => {
      await leaveDoubts(world, 1);
      for (const outcome of ['accepted', 'not-sent', 'rejected'] as const)
        await bringTo(world.store, outcome, { id: `untold-${outcome}`, untold: true });
      const requests = world.gateway.received.length;
      const taken = await takeAndDie(world, 3);
      expectEqual('requests for untold outcomes', world.gateway.received.length, requests);
      expectEqual('the first reports', outcomesOf(taken), {
        'untold-accepted': 'accepted',
        'untold-not-sent': 'not-sent',
        'untold-rejected': 'not-sent',
      });
      const accepted = taken.find(({ outcome }) => outcome === 'accepted');
      expectMembers('the result of the accepted send', (accepted as { result?: unknown }).result, {
        parts: 2,
      });
    },
  },
  {
    title: 'recover() waits for the last request that can still arrive',
    run: async (world) => {
      world.gateway.treatments.push({ arriveAfterMs: 88_000 });
      await world.client().send();
      const [item] = await world.client({ store: await world.another() }).recoverAll();
      expectMembers('the report', item, { id, outcome: 'accepted' });
    },
  },
  {
    title: 'recover() keeps in doubt what cannot be settled, and reports it as unknown each time',
    run: async (world) => {
      await leaveDoubts(world, 1);
      world.gateway.isMute = true;
      for (let run = 0; run < 2; run++)
        expectEqual('what recover reports', outcomesOf(await world.client().recoverAll()), {
          'accepted-0': 'unknown',
          'lost-0': 'unknown',
        });
      world.gateway.isMute = false;
      expectEqual('what recover reports', outcomesOf(await world.client().recoverAll()), {
        'accepted-0': 'accepted',
        'lost-0': 'not-sent',
      });
    },
  },
  {
    title: 'recover() says not-sent only if that could be recorded',
    run: async (world) => {
      await leaveDoubts(world, 1);
      const store = overrideStore(world.store, {
        ended: (claim, end) => (end.outcome === 'not-sent' ? false : world.store.ended(claim, end)),
      });
      const reported = outcomesOf(await world.client({ store }).recoverAll());
      expectEqual('what recover reports', reported, { 'accepted-0': 'accepted', 'lost-0': 'unknown' });
      expectEqual('what is left', await openIds(world.store), ['lost-0']);
    },
  },
  {
    title: 'recover() reports sends of other credentials as unknown, and says so',
    run: async (world) => {
      world.gateway.treatments.push('lose-request');
      await world.client().send();
      const rotated = world.client({ credentials: { apiKey: secrets.apiKey } });
      for (let run = 0; run < 2; run++) {
        const reported = await rotated.recoverAll({ patienceMs: 600_000 });
        expectEqual('what recover reports', outcomesOf(reported), { [id]: 'unknown' });
        const { error } = reported[0] as { readonly error?: Error };
        expectTrue('the error names the credentials', error?.message.includes('credentials') === true);
      }
      const own = await world.client().recoverAll();
      expectEqual('what the own account recovers', outcomesOf(own), { [id]: 'not-sent' });
    },
  },
  {
    title: 'two clients can recover at once, and each gets certain outcomes',
    run: async (world) => {
      const expected = await leaveDoubts(world, 3);
      const clients = [world.client(), world.client({ store: await world.another() })];
      for (const reported of await Promise.all(clients.map(({ recoverAll }) => recoverAll())))
        expectEqual('what recover reports', outcomesOf(reported), expected);
      expectEqual('what is left', await openIds(world.store), []);
      expectEqual('requests that sent a message', world.gateway.sends.length, 6);
    },
  },
  {
    title: 'recover() leaves alone what another client is sending',
    run: async (world) => {
      world.gateway.treatments.push({ acceptAfterMs: 200_000 });
      const sending = world.client().send();
      await world.clock.sleep(1000);
      expectEqual(
        'what recover reports',
        await world.client({ store: await world.another() }).recoverAll(),
        [],
      );
      expectEqual('the outcome', (await sending).outcome, 'accepted');
    },
  },
  {
    title: 'recover() ends soon after its signal is aborted, and loses nothing',
    run: async (world) => {
      const expected = await leaveDoubts(world, 1);
      const controller = new AbortController();
      void world.clock.sleep(10_000).then(() => controller.abort());
      const start = world.clock.monotonic();
      const reported = await world.client().recoverAll({ signal: controller.signal });
      expectBetween('the time of recover', world.clock.monotonic() - start, [9000, 15_000]);
      expectEqual('what recover reports', outcomesOf(reported), {
        'accepted-0': 'accepted',
        'lost-0': 'unknown',
      });
      const rest = await world.client().recoverAll();
      expectEqual('what recover reports after that', outcomesOf(rest), { 'lost-0': expected['lost-0'] });
    },
  },
  {
    title: 'recover() settles 300 sends in the time of one',
    run: async (world) => {
      for (let index = 0; index < 300; index++)
        await bringTo(world.store, 'unknown', { id: `order-${index}`, account: world.credentials.login! });
      const start = world.clock.monotonic();
      const reported = await world.client().recoverAll();
      expectEqual('the number of reports', new Set(reported.map((each) => each.id)).size, 300);
      expectTrue(
        'all are not-sent',
        reported.every(({ outcome }) => outcome === 'not-sent'),
      );
      expectBetween('the time of recover', world.clock.monotonic() - start, [0, 300_000]);
    },
  },
  {
    title:
      'a send that recover() reported as not-sent can be sent, and one that it reported as accepted is known',
    run: async (world) => {
      await leaveDoubts(world, 1);
      await world.client().recoverAll();
      const { send } = world.client({ store: await world.another() });
      expectMembers('the accepted send', await send({ id: 'accepted-0' }), {
        outcome: 'accepted',
        repeated: true,
      });
      const again = await send({ id: 'lost-0' });
      expectEqual('the outcome of the lost send', again.outcome, 'accepted');
      expectEqual('charges', [...world.gateway.charged].sort(), ['accepted-0', 'lost-0']);
    },
  },
  {
    title: 'recover() reports the sends of a program that was killed',
    needs: ['openAnother', 'kill'],
    run: async (world) => {
      const other = await world.another();
      const account = world.credentials.login!;
      await bringTo(world.store, 'running', { id: 'a', account });
      await bringTo(world.store, 'written', { id: 'b', account });
      await bringTo(world.store, 'written', { id: 'c', account });
      world.gateway.charged.push('c');
      await world.kill(world.store);
      const start = world.clock.monotonic();
      const [first, ...rest] = await world.client({ store: other }).recoverAll();
      expectMembers('the first report', first, { id: 'a', outcome: 'not-sent' });
      expectEqual('the other reports', outcomesOf(rest), { b: 'not-sent', c: 'accepted' });
      expectBetween('the time of recover', world.clock.monotonic() - start, [91_000, 150_000]);
    },
  },
];
