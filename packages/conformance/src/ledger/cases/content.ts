import { csvFormat, type InputError, koi8r, send, sendList, textFormat, windows1251 } from '@smsc/protocol';
import type { CaseInWorld } from '../case.ts';
import { id } from '../claims.ts';
import { expectEqual, expectFailure, expectMembers, expectTrue } from '../expectations.ts';
import { secrets } from '../secrets.ts';
import { type CaseClient, type LedgerWorld, message } from '../world.ts';

/** Expects an `InputError` that names `id`, and no request. */
async function expectConflict(world: LedgerWorld, what: string, run: () => unknown): Promise<void> {
  const requests = world.gateway.received.length;
  const before = await world.store.entry(id);
  const thrown = await expectFailure(what, run);
  expectMembers('the error', thrown, { kind: 'invalid-input' });
  const { issues, message: text } = thrown as InputError;
  expectEqual(
    'the path of the issue',
    issues.map(({ path }) => path),
    ['id'],
  );
  expectTrue('the error shows no secret', !Object.values(secrets).some((secret) => text.includes(secret)));
  expectEqual('requests', world.gateway.received.length, requests);
  expectEqual('the entry', await world.store.entry(id), before);
}

const expectRepeated = async (what: string, sending: ReturnType<CaseClient['send']>): Promise<void> =>
  expectMembers(what, await sending, { outcome: 'accepted', repeated: true });

const mms = (bytes: readonly number[]) => ({
  kind: 'mms' as const,
  files: [{ name: 'a.png', content: Uint8Array.from(bytes) }],
});

export const contentCases: readonly CaseInWorld[] = [
  {
    title: 'the same id with another message is an InputError that names id',
    run: async (world) => {
      await world.client().send();
      const { client, send: sendMessage } = world.client({ store: await world.another() });
      await expectConflict(world, 'a send with other words', () => sendMessage({ text: 'another text' }));
      await expectConflict(world, 'another recipient', () => sendMessage({ to: '380501234568' }));
      await expectConflict(world, 'one more recipient', () =>
        sendMessage({ to: [secrets.phone, '380501234568'] }),
      );
      await expectConflict(world, 'another sender', () => sendMessage({ sender: 'Shop' }));
      await expectConflict(world, 'another kind', () => sendMessage({ kind: 'viber' }));
      await expectConflict(world, 'another operation', () =>
        client.call(sendList, { id, messages: [{ to: message.to, text: message.text }] }),
      );
    },
  },
  {
    title: 'the same id with another message is an InputError while the send is in doubt',
    run: async (world) => {
      world.gateway.treatments.push('lose-request');
      await world.client().send();
      await expectConflict(world, 'a send with other words', () =>
        world.client().send({ text: 'another text' }),
      );
    },
  },
  {
    title: 'an id can be used for another message after forget()',
    run: async (world) => {
      await world.client().send();
      expectEqual('forget', await world.ledger.forget(id), true);
      const again = await world.client().send({ text: 'another text' });
      expectEqual('the outcome', again.outcome, 'accepted');
      expectEqual('requests', world.gateway.sends.length, 2);
    },
  },
  {
    title: 'files with other bytes are another message, and equal files are the same one',
    run: async (world) => {
      const { send: sendMessage } = world.client();
      expectEqual('the outcome', (await sendMessage(mms([1, 2, 3]))).outcome, 'accepted');
      await expectRepeated('the same files', sendMessage(mms([1, 2, 3])));
      await expectRepeated(
        'the same bytes in a Blob',
        sendMessage({
          kind: 'mms',
          files: [{ name: 'a.png', content: new Blob([Uint8Array.from([1, 2, 3])]) }],
        }),
      );
      await expectConflict(world, 'other bytes', () => sendMessage(mms([1, 2, 4])));
      await expectConflict(world, 'one more byte', () => sendMessage(mms([1, 2, 3, 0])));
      await expectConflict(world, 'no files', () => sendMessage());
    },
  },
  {
    title: 'the requested report, format, charset, body and credentials do not change the message',
    run: async (world) => {
      await world.client().send();
      await expectRepeated('no report', world.client().send({ report: 'none' }));
      await expectRepeated('a report with the balance', world.client().send({ report: 'balance' }));
      await expectRepeated('a report on each recipient', world.client().send({ perRecipient: true }));
      for (const format of [textFormat, csvFormat])
        await expectRepeated('another format', world.client({ format }).send());
      for (const charset of [windows1251, koi8r])
        await expectRepeated('another charset', world.client({ charset }).send());
      await expectRepeated('a JSON body', world.client({ body: 'json' }).send());
      await expectRepeated(
        'other credentials',
        world.client({ credentials: { apiKey: secrets.apiKey } }).send(),
      );
      expectEqual('requests', world.gateway.received.length, 1);
    },
  },
  {
    title: 'an input whose members have another order or are undefined is the same message',
    run: async (world) => {
      const { client, send: sendMessage } = world.client();
      await sendMessage();
      const { to, text } = message;
      const again = await client.call(send, { text, to: [to], id, sender: undefined });
      expectMembers('the outcome', again, { outcome: 'accepted', repeated: true });
    },
  },
];
