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
import { expectKept, kindNames, letterInput, letters, priceOf, reached } from '../messages.ts';
import { meant } from '../times.ts';
import { type Trial, trial } from '../trial.ts';
import { millionths, ownId, phone, senderName, without, written } from '../words.ts';
import type { Customer, WireRow } from '../world.ts';

const total = (messages: readonly Message[]): bigint =>
  messages.reduce((sum, { cost }) => sum + millionths(cost), 0n);
const partsOf = (messages: readonly Message[]): number => messages.reduce((sum, { parts }) => sum + parts, 0);

/** What stood on the account before its first message. */
const beginning = millionths('1000.00');

/** Compares what a send was answered with what the gateway has of it. */
function expectBooked(told: Sent, input: object, customer: Customer, kept: readonly Message[]): void {
  const { id, report, perRecipient, listErrors } = input as Readonly<Record<string, unknown>>;
  expect(new Set(kept.map((message) => message.id))).toEqual(new Set([told.id]));
  if (id !== undefined) expect(told.id).toBe(String(id));
  expect(told.parts).toBe(partsOf(kept));
  expect(told.cost === undefined ? undefined : millionths(told.cost)).toBe(
    report === 'none' ? undefined : total(kept),
  );
  expect(told.balance).toBe(report === 'balance' ? customer.balance() : undefined);
  expect(millionths(customer.balance())).toBe(beginning - total(kept));
  const shown =
    perRecipient === true ? kept : listErrors === true ? kept.filter(({ refused }) => refused) : [];
  expectRows(told, shown);
}

function expectRows(told: Sent | Quote, shown: readonly Message[]): void {
  const tell = (row: { phone: string; cost: bigint; status: number; error: number }): string =>
    `${row.phone} ${row.cost} ${row.status} ${row.error}`;
  expect(
    told.recipients
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

/** What a list means, message by message. */
const meantByList = ({
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

export const sendingTrials: Readonly<Record<string, Trial>> = {
  send: trial(send, {
    seeds: (words, how) => letters(words, how),
    input: letterInput,
    holds: (told, { seed, input, customer, world }) => {
      const all = customer.messages();
      const kept = all.filter(({ refused }) => !refused);
      expect(kept.map(({ phone }) => phone).sort()).toEqual(reached(seed));
      expect(
        all
          .filter(({ refused }) => refused)
          .map(({ phone }) => phone)
          .sort(),
      ).toEqual([...seed.wrong].sort());
      for (const message of kept) expectKept(message, seed, customer, world.now());
      if (seed.extras.pacing === undefined)
        expect(new Set(kept.map(({ startsAt }) => startsAt)).size).toBe(1);
      if (seed.what.menu) expect(parseVoiceMenu(kept[0]!.text)).toEqual(seed.what.menu);
      expectBooked(told, input, customer, all);
    },
  }),

  cost: trial(cost, {
    seeds: (words, how) => letters(words, how, true),
    input: letterInput,
    holds: async (told, { seed, input, customer, smsc }) => {
      expect(customer.messages()).toEqual([]);
      expect(millionths(customer.balance())).toBe(beginning);
      const { perRecipient, listErrors } = input;
      const shown = perRecipient ? [...reached(seed), ...seed.wrong] : listErrors ? seed.wrong : [];
      expect(told.recipients.map((row) => row.phone).sort()).toEqual([...shown].sort());
      // It costs what sending it then costs.
      expect((await smsc.send(input)).outcome).toBe('accepted');
      const kept = customer.messages();
      expect(millionths(told.cost)).toBe(total(kept));
      expect(told.parts).toBe(partsOf(kept));
      for (const row of told.recipients)
        expect(millionths(row.cost ?? '0')).toBe(
          millionths(kept.find((message) => message.phone === row.phone)!.cost),
        );
    },
  }),

  sendList: trial(sendList, {
    seeds: (words) => lists(words),
    input: (seed) => seed,
    holds: (told, { input, customer, world }) => {
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
        meantByList(input)
          .map(({ utcOffset, sender, ...rest }) =>
            tell({
              ...rest,
              sender: sender ?? input.sender ?? 'SMSC',
              kind: kindNames[input.kind ?? 'sms'],
              startsAt: meant(input.sendAt, world.now(), customer.utcOffset, utcOffset),
            }),
          )
          .sort(),
      );
      for (const message of kept)
        expect(millionths(message.cost)).toBe(priceOf(message.kind, message.phone) * BigInt(message.parts));
      expectBooked(told, input, customer, kept);
    },
  }),

  costList: trial(costList, {
    seeds: (words) => lists(words),
    input: (seed) => without(seed, 'report') as CostListInput,
    holds: async (told, { seed, input, customer, smsc }) => {
      expect(customer.messages()).toEqual([]);
      expect(millionths(customer.balance())).toBe(beginning);
      expect(told.recipients).toHaveLength(input.perRecipient ? meantByList(seed).length : 0);
      expect((await smsc.call(sendList, seed)).outcome).toBe('accepted');
      expect(millionths(told.cost)).toBe(total(customer.messages()));
      expect(told.parts).toBe(partsOf(customer.messages()));
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
    holds: (told, { seed: { to, more }, customer }) => {
      const [message, ...others] = customer.messages();
      expect(others).toEqual([]);
      expect(message).toMatchObject({
        id: told.id,
        phone: to.kept,
        kind: 'call',
        text: 'code',
        parts: told.parts,
        sender: more.sender ?? 'SMSC',
      });
      if (more.id !== undefined) expect(told.id).toBe(more.id);
      if (more.dialing)
        expect(message!.dialing).toEqual({
          waitSeconds: more.dialing.wait,
          intervalSeconds: more.dialing.interval,
          attempts: more.dialing.attempts,
        });
      expect(told.code).toMatch(/^\d{4}$/);
      // The gateway makes a code of the id, so the same id without the client has the same one.
      expect(customer.ask('send', { phones: to.kept, mes: 'code', call: 1, id: told.id })).toMatchObject({
        code: told.code,
      } satisfies WireRow);
      expect(millionths(customer.balance())).toBe(beginning - total(customer.messages()));
    },
  }),
};
