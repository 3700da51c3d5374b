import type { CaseInWorld } from '../case.ts';
import { bringTo, claimYours, entryIds, expectClaim, id, openIds, storedResult } from '../claims.ts';
import { expectEqual, expectFailure, expectMembers, expectTrue } from '../expectations.ts';
import { secrets } from '../secrets.ts';
import { arrivesWithinMs } from '../world.ts';

/** Parts of secrets that must not be on a disk, in the encodings of text and of the wire. */
function hiddenBytes(account: string): readonly (readonly [name: string, bytes: Uint8Array])[] {
  const texts = { ...secrets, login: account, secondWord: 'код', part: '0501234567', result: '"cost"' };
  return Object.entries(texts).flatMap(([name, text]) => [
    [name, Buffer.from(text, 'utf8')] as const,
    [`${name} in UTF-16`, Buffer.from(text, 'utf16le')] as const,
    [`${name} in a form`, Buffer.from(encodeURIComponent(text))] as const,
  ]);
}

export const diskCases: readonly CaseInWorld[] = [
  {
    title: 'no text, recipient, login, password, key or result is written to the disk',
    needs: ['raw'],
    run: async (world) => {
      const keyed = world.client({ credentials: { apiKey: secrets.apiKey } });
      const { gateway, credentials } = world;
      await world.client().send();
      await keyed.send({ id: 'order-2' });
      gateway.treatments.push('lose-request', 'lose-request', { code: 6, withId: true });
      await world.client().send({ id: 'order-3' });
      await keyed.send({ id: 'order-4' });
      await world.client().send({ id: 'order-5' });
      await bringTo(world.store, 'written', { id: 'order-6', account: credentials.login! });
      const files = await world.raw();
      expectTrue(
        'the store has written something',
        files.some(({ length }) => length > 0),
      );
      for (const file of files)
        for (const [name, bytes] of hiddenBytes(credentials.login!))
          expectTrue(`the disk does not contain: ${name}`, !Buffer.from(file).includes(Buffer.from(bytes)));
    },
  },
  {
    title: 'a claim that cannot be recorded is an error',
    needs: ['failWrites'],
    run: async (world) => {
      const stop = await world.failWrites(world.store);
      await expectFailure('claim without writes', () => claimYours(world.store));
      await stop();
      await claimYours(world.store);
    },
  },
  {
    title: 'a request that cannot be recorded is an error, and its claim can be ended',
    needs: ['failWrites'],
    run: async (world) => {
      const claim = await claimYours(world.store);
      const stop = await world.failWrites(world.store);
      await expectFailure('written without writes', async () => {
        if (!(await world.store.written(claim, arrivesWithinMs))) throw new Error('not recorded');
      });
      await stop();
      expectEqual('ended', await world.store.ended(claim, { outcome: 'not-sent' }), true);
      await claimYours(await world.another());
    },
  },
  {
    title: 'an end that cannot be recorded leaves the send in doubt, and not busy',
    needs: ['failWrites'],
    run: async (world) => {
      const claim = await bringTo(world.store, 'written');
      const stop = await world.failWrites(world.store);
      let isRecorded = false;
      try {
        isRecorded = await world.store.ended(claim, { outcome: 'accepted', result: storedResult });
      } catch {
        // The end is not recorded.
      }
      expectTrue('no end was recorded', !isRecorded);
      await stop();
      const { send } = await expectClaim(world.store, 'in-doubt');
      expectEqual('the ids that open lists', await openIds(world.store), [id]);
      expectEqual('the end of the doubt', await world.store.ended(send.claim, { outcome: 'accepted' }), true);
      await expectClaim(world.store, 'known');
    },
  },
  {
    title: 'an end that cannot be recorded leaves a send that was not written free',
    needs: ['failWrites'],
    run: async (world) => {
      const claim = await bringTo(world.store, 'running');
      const stop = await world.failWrites(world.store);
      await Promise.resolve()
        .then(() => world.store.ended(claim, { outcome: 'not-sent' }))
        .catch(() => undefined);
      await stop();
      await claimYours(world.store);
    },
  },
  {
    title: 'everything can be read while no write is possible',
    needs: ['failWrites'],
    run: async (world) => {
      await bringTo(world.store, 'accepted', { id: 'a' });
      await bringTo(world.store, 'unknown', { id: 'b' });
      await bringTo(world.store, 'accepted', { id: 'c', untold: true });
      const stop = await world.failWrites(world.store);
      expectEqual('the outcome', (await world.store.entry('a'))?.outcome, 'accepted');
      expectEqual('the result', (await world.store.entry('a'))?.result, storedResult);
      expectEqual('the ids of the entries', await entryIds(world.store), ['a', 'b', 'c']);
      expectEqual('the ids that open lists', await openIds(world.store), ['b', 'c']);
      await stop();
    },
  },
  {
    title: 'a message that was accepted is never not-sent while no write is possible',
    needs: ['failWrites'],
    run: async (world) => {
      const { send } = world.client();
      await send();
      const stop = await world.failWrites(world.store);
      const { outcome } = await send();
      if (outcome !== 'accepted') expectEqual('the outcome of the same send', outcome, 'unknown');
      await stop();
      expectMembers('the same send, when writes work again', await send(), {
        outcome: 'accepted',
        repeated: true,
      });
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
  {
    title: 'a send ends as not-sent while no write is possible, and nothing leaves',
    needs: ['failWrites'],
    run: async (world) => {
      const { send } = world.client();
      const stop = await world.failWrites(world.store);
      expectEqual('the outcome', (await send()).outcome, 'not-sent');
      expectEqual('requests', world.gateway.received.length, 0);
      await stop();
      expectEqual('the outcome, when writes work again', (await send()).outcome, 'accepted');
    },
  },
  {
    title: 'a send whose end could not be recorded is settled later, and not sent again',
    needs: ['failWrites'],
    run: async (world) => {
      const { send, recoverAll } = world.client();
      let stop: (() => unknown) | undefined;
      world.gateway.onSend = async () => (stop = await world.failWrites(world.store));
      expectEqual('the outcome', (await send()).outcome, 'accepted');
      await stop!();
      world.gateway.onSend = undefined;
      expectEqual('the outcome of the same send', (await send()).outcome, 'unknown');
      expectEqual(
        'what recover reports',
        (await recoverAll()).map(({ outcome }) => outcome),
        ['accepted'],
      );
      expectEqual('the outcome of the same send', (await send()).outcome, 'accepted');
      expectEqual('charges', world.gateway.charged, [id]);
    },
  },
];
