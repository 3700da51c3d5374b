import { send } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { createJournal, type JournalRecord, memoryJournal, type OpenSend } from '../src/index.ts';
import {
  type Step,
  delivered,
  hang,
  input,
  missing,
  reset,
  scripted,
  type ReceivedRequest,
} from './script.ts';

const record: JournalRecord = { written: () => undefined, ended: () => undefined };
const kept = (more: Partial<OpenSend>): OpenSend => ({
  id: 'a',
  operation: 'send',
  to: ['380501234567'],
  account: 'alex',
  at: 0,
  writtenAt: 1,
  record,
  ...more,
});
const journalOf = (...open: readonly OpenSend[]) => createJournal({ plan: () => record, open: () => open });

describe('an open send of a journal', () => {
  it('is accepted if the gateway has it, and not sent if its request never left', async () => {
    const { client } = scripted([delivered], {
      journal: journalOf(kept({}), kept({ id: 'b', writtenAt: undefined })),
    });
    expect(await client.recover()).toMatchObject([
      { operation: 'send', id: 'a', outcome: 'accepted' },
      { operation: 'send', id: 'b', outcome: 'not-sent' },
    ]);
  });

  it('is not sent only if the gateway still lacks it a minute after the first status request', async () => {
    const { client, clock, received } = scripted([missing], {
      journal: journalOf(kept({ writtenAt: Date.UTC(2026, 2, 1) })),
    });
    const start = clock.now();
    expect(await client.recover()).toMatchObject([{ outcome: 'not-sent' }]);
    expect(clock.now() - start).toBeGreaterThanOrEqual(60_000);
    expect(received[0]!.at).toBe(start);
  });

  it('of the same run may arrive late, after a whole attempt timeout', async () => {
    const setup = scripted(
      ({ request, at }: ReceivedRequest): Step => {
        if (request.operation === 'send') return hang;
        return at - setup.received[0]!.at >= 65_000 ? delivered : missing;
      },
      { journal: memoryJournal() },
    );
    await setup.client.call(send, input, { timeoutMs: 60_000 });
    expect(await setup.client.recover()).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('is settled by its own account only; another login neither requests nor closes it', async () => {
    const journal = memoryJournal();
    const answers = ({ request, params }: ReceivedRequest): Step => {
      if (request.operation === 'send') return reset();
      return params.get('login') === 'alex' ? delivered : missing;
    };
    const alex = scripted(answers, { journal });
    const bob = scripted(answers, { journal, credentials: { login: 'bob', password: 'hunter2' } });
    const key = scripted(answers, { journal, credentials: { apiKey: 'hunter2' } });
    await alex.client.call(send, input);
    await key.client.call(send, { ...input, id: 'm2' });
    expect(await bob.client.recover()).toEqual([]);
    expect(bob.received).toEqual([]);
    expect(await alex.client.recover()).toMatchObject([{ id: 'm1', outcome: 'accepted' }]);
    expect(await journal.open()).toMatchObject([
      { id: 'm2', account: expect.stringMatching(/^\d+(?:,\d+){15}$/) },
    ]);
  });

  it('is returned even if the journal cannot record its end', async () => {
    const full: JournalRecord = {
      ...record,
      ended: () => {
        throw new Error('disk full');
      },
    };
    const { client } = scripted([delivered], {
      journal: journalOf(kept({ record: full }), kept({ id: 'b', writtenAt: undefined, record: full })),
    });
    expect(await client.recover()).toMatchObject([{ outcome: 'accepted' }, { outcome: 'not-sent' }]);
  });

  it('stays open if the options are invalid', async () => {
    const ended: string[] = [];
    const { client } = scripted([delivered], {
      journal: journalOf(
        kept({ writtenAt: undefined, record: { ...record, ended: (how) => void ended.push(how) } }),
      ),
    });
    await expect(client.recover({ patience: 5 } as object)).rejects.toThrow(
      'recover: patience is unknown; did you mean `patienceMs`?',
    );
    expect(ended).toEqual([]);
  });
});
