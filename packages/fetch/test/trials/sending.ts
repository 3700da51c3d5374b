import {
  callWithCode,
  cost,
  costList,
  type CostListInput,
  parseVoiceMenu,
  type Quote,
  send,
  sendList,
  type SendListInput,
  type Sent,
} from '@smsc/protocol';
import type { Message } from '@smsc/simulator';
import fc from 'fast-check';
import { expect } from 'vitest';
import { lists } from '../lists.ts';
import { expectStored, kindNames, sendInput, sendCases, priceOf, reached } from '../messages.ts';
import { dueTime } from '../times.ts';
import { type OperationTrial, trial } from '../trial.ts';
import { millionths, ownId, phone, senderName, without, written } from '../words.ts';
import type { Customer, WireRow } from '../world.ts';

const total = (messages: readonly Message[]): bigint =>
  messages.reduce((sum, { cost }) => sum + millionths(cost), 0n);
const partsOf = (messages: readonly Message[]): number => messages.reduce((sum, { parts }) => sum + parts, 0);

/** Balance before the first message, in millionths. */
const beginning = millionths('1000.00');

/** Compares the result of a send with the stored messages and the balance. */
function expectCharged(result: Sent, input: object, customer: Customer, kept: readonly Message[]): void {
  const { id, report, perRecipient, listErrors } = input as Readonly<Record<string, unknown>>;
  expect(new Set(kept.map((message) => message.id))).toEqual(new Set([result.id]));
  if (id !== undefined) expect(result.id).toBe(String(id));
  expect(result.parts).toBe(partsOf(kept));
  expect(result.cost === undefined ? undefined : millionths(result.cost)).toBe(
    report === 'none' ? undefined : total(kept),
  );
  expect(result.balance).toBe(report === 'balance' ? customer.balance() : undefined);
  expect(millionths(customer.balance())).toBe(beginning - total(kept));
  const isShown = ({ refused }: Message): boolean =>
    perRecipient === true || (listErrors === true && refused);
  expectRows(result, kept.filter(isShown));
}

function expectRows(result: Sent | Quote, shown: readonly Message[]): void {
  const tell = (row: { phone: string; cost: bigint; status: number; error: number }): string =>
    `${row.phone} ${row.cost} ${row.status} ${row.error}`;
  expect(
    result.recipients
      .map(({ phone, cost, status, error }) =>
        tell({ phone, cost: millionths(cost ?? '0'), status: status ?? -9, error: error ?? 0 }),
      )
      .sort(),
  ).toEqual(
    shown
      .map(({ phone, cost, refused, outcome }) =>
        tell({
          phone,
          cost: millionths(cost),
          status: refused ? outcome.status : -1,
          error: refused ? (outcome.err ?? 0) : 0,
        }),
      )
      .sort(),
  );
}

/** Expands a list to one entry for each recipient. */
const expandList = ({
  messages,
}: SendListInput): readonly {
  readonly phone: string;
  readonly text: string;
  readonly comment: string | undefined;
  readonly sender: string | undefined;
  readonly utcOffset: number | undefined;
}[] =>
  messages.flatMap(({ to, text, comment, sender, utcOffset }) =>
    ([to].flat() as string[]).map((phone) => ({ phone, text, comment, sender, utcOffset })),
  );

export const sendingTrials: Readonly<Record<string, OperationTrial>> = {
  send: trial(send, {
    seeds: (words, style) => sendCases(words, style),
    input: sendInput,
    holds: (result, { seed, input, customer, world }) => {
      const all = customer.messages();
      const kept = all.filter(({ refused }) => !refused);
      expect(kept.map(({ phone }) => phone).sort()).toEqual(reached(seed));
      expect(
        all
          .filter(({ refused }) => refused)
          .map(({ phone }) => phone)
          .sort(),
      ).toEqual([...seed.wrong].sort());
      for (const message of kept) expectStored(message, seed, customer, world.now());
      if (seed.extras.pacing === undefined)
        expect(new Set(kept.map(({ startsAt }) => startsAt)).size).toBe(1);
      if (seed.content.menu) expect(parseVoiceMenu(kept[0]!.text)).toEqual(seed.content.menu);
      expectCharged(result, input, customer, all);
    },
  }),

  cost: trial(cost, {
    seeds: (words, style) => sendCases(words, style, true),
    input: sendInput,
    holds: async (result, { seed, input, customer, smsc }) => {
      expect(customer.messages()).toEqual([]);
      expect(millionths(customer.balance())).toBe(beginning);
      const { perRecipient, listErrors } = input;
      const shown = [
        ...(perRecipient ? reached(seed) : []),
        ...(perRecipient || listErrors ? seed.wrong : []),
      ];
      expect(result.recipients.map((row) => row.phone).sort()).toEqual([...shown].sort());
      // The price equals the cost of the send.
      expect((await smsc.send(input)).outcome).toBe('accepted');
      const kept = customer.messages();
      expect(millionths(result.cost)).toBe(total(kept));
      expect(result.parts).toBe(partsOf(kept));
      for (const row of result.recipients)
        expect(millionths(row.cost ?? '0')).toBe(
          millionths(kept.find((message) => message.phone === row.phone)!.cost),
        );
    },
  }),

  sendList: trial(sendList, {
    seeds: (words) => lists(words),
    input: (seed) => seed,
    holds: (result, { input, customer, world }) => {
      const kept = customer.messages();
      const tell = ({
        phone,
        text,
        comment,
        sender,
        startsAt,
        kind,
      }: Pick<Message, 'phone' | 'text' | 'comment' | 'sender' | 'startsAt' | 'kind'>): string =>
        JSON.stringify([phone, text, comment, sender, startsAt, kind]);
      expect(kept.map(tell).sort()).toEqual(
        expandList(input)
          .map(({ utcOffset, sender, ...rest }) =>
            tell({
              ...rest,
              sender: sender ?? input.sender ?? 'SMSC',
              kind: kindNames[input.kind ?? 'sms'],
              startsAt: dueTime(input.sendAt, world.now(), customer.utcOffset, utcOffset),
            }),
          )
          .sort(),
      );
      for (const message of kept)
        expect(millionths(message.cost)).toBe(priceOf(message.kind, message.phone) * BigInt(message.parts));
      expectCharged(result, input, customer, kept);
    },
  }),

  costList: trial(costList, {
    seeds: (words) => lists(words),
    input: (seed) => without(seed, 'report') as CostListInput,
    holds: async (result, { seed, input, customer, smsc }) => {
      expect(customer.messages()).toEqual([]);
      expect(millionths(customer.balance())).toBe(beginning);
      expect(result.recipients).toHaveLength(input.perRecipient ? expandList(seed).length : 0);
      expect((await smsc.call(sendList, seed)).outcome).toBe('accepted');
      expect(millionths(result.cost)).toBe(total(customer.messages()));
      expect(result.parts).toBe(partsOf(customer.messages()));
    },
  }),

  callWithCode: trial(callWithCode, {
    seeds: () =>
      fc.record({
        to: phone.chain((kept) => written(kept).map((given) => ({ kept, given }))),
        more: fc.record(
          {
            id: ownId,
            sender: senderName,
            visitor: fc.record({ ip: fc.constantFrom('10.1.2.3', '::1') }),
            dialing: fc.record({
              wait: fc.integer({ min: 10, max: 35 }),
              interval: fc.integer({ min: 10, max: 3600 }),
              attempts: fc.integer({ min: 1, max: 9 }),
            }),
          },
          { requiredKeys: [] },
        ),
      }),
    input: ({ to, more }) => ({ to: to.given, ...more }),
    holds: (result, { seed: { to, more }, customer }) => {
      const [message, ...others] = customer.messages();
      expect(others).toEqual([]);
      expect(message).toMatchObject({
        id: result.id,
        phone: to.kept,
        kind: 'call',
        text: 'code',
        parts: result.parts,
        sender: more.sender ?? 'SMSC',
      });
      if (more.id !== undefined) expect(result.id).toBe(more.id);
      if (more.dialing)
        expect(message!.dialing).toEqual({
          waitSeconds: more.dialing.wait,
          intervalSeconds: more.dialing.interval,
          attempts: more.dialing.attempts,
        });
      expect(result.code).toMatch(/^\d{4}$/);
      // The simulator derives the code from the id, so a call with the same id gets the same code.
      expect(
        customer.requestDirectly('send', { phones: to.kept, mes: 'code', call: 1, id: result.id }),
      ).toMatchObject({
        code: result.code,
      } satisfies WireRow);
      expect(millionths(customer.balance())).toBe(beginning - total(customer.messages()));
    },
  }),
};
