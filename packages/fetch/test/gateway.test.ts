import {
  costList,
  csvFormat,
  jsonFormat,
  koi8r,
  type ListMessage,
  type Operation,
  type ReplyFormat,
  sendList,
  textFormat,
  windows1251,
} from '@smsc/protocol';
import { xmlFormat } from '@smsc/protocol/xml';
import * as protocol from '@smsc/protocol';
import { type RunningGateway, startGateway } from '@smsc/simulator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSmsc, type Smsc, type SmscOptions } from '../src/index.ts';
import requests from '../../protocol/test/vectors/requests.json' with { type: 'json' };

/**
 * Tests of the client against the simulator, over HTTP. Client and simulator were written from the gateway's
 * documentation, and neither calls the other's code. So a test that passes shows that two independent readings of the
 * documentation agree.
 */
let gateway: RunningGateway;
const account = { login: 'alex', password: 'secret', balance: '1000000.00' };
const client = (options: Partial<SmscOptions> = {}): Smsc =>
  createSmsc({ login: 'alex', password: 'secret', host: gateway.url, ...options } as SmscOptions);

beforeAll(async () => {
  gateway = await startGateway({
    accounts: [account],
    limits: false,
    groups: { 7: ['380501234567', '380671112233'] },
  });
});
afterAll(() => gateway.close());

const formats: readonly (readonly [name: string, format: ReplyFormat])[] = [
  ['text', textFormat],
  ['csv', csvFormat],
  ['xml', xmlFormat],
  ['json', jsonFormat],
];
const input = { to: ['380501234567', '+380671112233'], text: 'Ваш код: 4821' };

describe('a request of the test vectors', () => {
  const operations = protocol as unknown as Record<string, Operation<unknown, unknown>>;
  for (const { name, operation, input } of requests.vectors) {
    it.each(['form', 'json'] as const)(`is read correctly by the gateway: ${name}, as %s`, async (body) => {
      const sent = (await client({ body }).call(operations[operation]!, input)) as { outcome?: string };
      expect(sent.outcome ?? 'accepted').toBe('accepted');
    });
  }
});

describe('all four reply formats', () => {
  it('give the same message, cost, status and balance', async () => {
    const result: unknown[] = [];
    for (const [name, format] of formats) {
      const smsc = client({ format, createId: () => `same-${name}` });
      const quote = await smsc.cost({ ...input, perRecipient: true });
      const sent = await smsc.send({ ...input, report: 'cost', perRecipient: true });
      expect(sent).toMatchObject({ outcome: 'accepted', id: `same-${name}`, parts: 2, cost: '0.77' });
      const status = await smsc.status({ id: `same-${name}`, phone: '380501234567' });
      const { balance } = await smsc.balance({ currency: true });
      result.push({ quote, sent: { ...sent, id: '' }, state: status.state, digits: balance.length > 0 });
    }
    expect(new Set(result.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  it('give the same error', async () => {
    for (const [, format] of formats) {
      const denied = await client({ format }).send({ to: '99999999999999', text: 'a' });
      expect(denied).toMatchObject({
        outcome: 'rejected',
        code: 8,
        fault: 'message',
        meaning: 'message cannot be delivered to this number',
        id: expect.stringMatching(/./),
      });
      const wrongPassword = await client({ format, password: `wrong ${format.fmt}` }).send(input);
      expect(wrongPassword).toMatchObject({ outcome: 'rejected', code: 2 });
    }
  });
});

describe('the gateway', () => {
  const words = fc
    .string({
      unit: fc.oneof(
        fc.constantFrom('\n', ':', ';', '|', ',', '~', '=', '&', '+', '%', ' '),
        fc.constantFrom(...'abcПривіт123ё€'),
      ),
      minLength: 1,
      maxLength: 40,
    })
    .filter((each) => each.trim() === each && each !== '');
  const phone = fc.integer({ min: 380_500_000_000, max: 380_509_999_999 }).map(String);
  const message = fc.record(
    {
      to: fc.uniqueArray(phone, { minLength: 1, maxLength: 2 }),
      text: words,
      comment: words,
      sender: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .]{0,8}[a-z]$/),
    },
    { requiredKeys: ['to', 'text'] },
  );
  /** Returns the stored messages of a send, in the order of its recipients. */
  const kept = (id: string): unknown[] =>
    gateway.gateway
      .messages('alex')
      .filter((each) => each.id === id)
      .map(({ phone, text }) => [phone, text]);

  it.each([undefined, windows1251, koi8r])('stores texts with any characters unchanged', async (charset) => {
    const smsc = client({ charset });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(words, phone, async (words, to) => {
        const fits = { to, text: words.replace(/\n~~~\n/g, '') };
        if (protocol.check(protocol.send, fits, { charset }).length > 0) return;
        taken++;
        const sent = await smsc.send(fits);
        expect(sent.outcome).toBe('accepted');
        expect(kept(sent.id)).toEqual([[to, fits.text]]);
      }),
      { numRuns: 200 },
    );
    expect(taken).toBeGreaterThan(40);
  });

  it('stores lists unchanged, unless the client rejects them before sending', async () => {
    const smsc = client();
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('escape' as const, 'raw' as const),
        async (messages: ListMessage[], lineBreaks) => {
          if (protocol.check(sendList, { messages, lineBreaks }).length > 0) return;
          taken++;
          const sent = await smsc.call(sendList, { messages, lineBreaks });
          expect(sent.outcome).toBe('accepted');
          const expected = messages.flatMap(({ to, text }) => (to as string[]).map((each) => [each, text]));
          expect([...kept(sent.id)].sort()).toEqual(
            [...new Map(expected.map(([to, words]) => [`${to}${words}`, [to, words]])).values()].sort(),
          );
          expect((await smsc.call(costList, { messages, lineBreaks })).parts).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('charges for the number of parts that segment returns', async () => {
    const smsc = client();
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...'abc€^ї👋 '), minLength: 1, maxLength: 400 }),
        async (words) => {
          const { parts } = await smsc.cost({ to: '380501234567', text: words });
          expect(parts).toBe(protocol.segment(words).parts.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('files', () => {
  it('reach the gateway with the message', async () => {
    const sent = await client().send({
      kind: 'mms',
      to: '380501234567',
      subject: 'Привіт',
      files: [{ name: 'a.jpg', content: Uint8Array.of(1, 2, 3) }],
    });
    expect(sent.outcome).toBe('accepted');
  });
});
