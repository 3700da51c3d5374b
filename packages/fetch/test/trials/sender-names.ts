import {
  addSenderName,
  type AddSenderNameInput,
  changeSenderName,
  type ChangeSenderNameInput,
  checkSenderCode,
  removeSenderName,
  senderNames,
  type SenderRegistration,
  sendSenderCode,
} from '@smsc/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type RequestStyle, type OperationTrial, trial } from '../trial.ts';
import { dayAt, email, phone, senderName, webAddress, type Words } from '../words.ts';
import { type Customer, day, type WireRow } from '../world.ts';

const registrations: readonly SenderRegistration[] = [
  'mega',
  'mega_step',
  'mts',
  'mts_step',
  'tele2',
  'tele2_step',
  'bee_step',
  'motiv_step',
  'ua_reg',
  'ua_int',
];

const details = (words: Words, { body, charset }: RequestStyle) => ({
  comment: words.lines,
  company: words.line,
  taxNumber: words.line,
  site: webAddress,
  email,
  address: words.line,
  description: words.lines,
  subject: words.line,
  name: words.line,
  siteName: words.line,
  document: words.line,
  registerWith: fc.subarray([...registrations], { minLength: 1 }),
  // Files can be sent in UTF-8 only.
  ...(body !== 'json' && (charset ?? 'utf-8') === 'utf-8'
    ? {
        files: fc.array(
          fc.record({
            name: fc.constant('угода.pdf'),
            content: fc.uint8Array({ minLength: 1, maxLength: 500 }),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }
    : {}),
});

interface DescribedName {
  readonly comment?: string;
  readonly registerWith?: readonly SenderRegistration[];
}

const names = (customer: Customer, all = 1): readonly WireRow[] =>
  customer.rows('senders', { get: 1, all, operators: 1 });
const nameOf = (customer: Customer, sender: string): WireRow | undefined =>
  names(customer).find((row) => row['sender'] === sender);

/** Returns the members of the gateway's row that an input sets. */
const expectedRow = ({ comment = '', registerWith = [] }: DescribedName): WireRow => ({
  comment,
  ...Object.fromEntries(registerWith.map((each) => [each, 1])),
});

const add = (customer: Customer, sender: string): number =>
  (customer.requestDirectly('senders', { add: 1, sender, cmt: 'as it was' }) as { readonly id: number }).id;

/** Returns the last confirmation code sent to a number. */
const codeSentTo = (customer: Customer, number: string): string =>
  customer.messages().findLast((message) => message.phone === number)!.text;

export const senderNameTrials: Readonly<Record<string, OperationTrial>> = {
  senderNames: trial(senderNames, {
    seeds: () =>
      fc.record({
        names: fc.uniqueArray(
          senderName.filter((name) => name !== 'SMSC'),
          { maxLength: 4 },
        ),
        number: fc.boolean(),
        days: fc.nat({ max: 2 }),
        by: fc.record(
          {
            all: fc.boolean(),
            operators: fc.boolean(),
            from: fc.nat({ max: 8 }),
            count: fc.integer({ min: 1, max: 5 }),
            before: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
      }),
    input: ({ names, number, days, by }, customer) => {
      const start = customer.world.now();
      const ids = names.map((name) => {
        const id = add(customer, name);
        customer.world.advance(days * day);
        return id;
      });
      if (number) add(customer, '380501112233');
      const { from, before, ...rest } = by;
      return {
        ...rest,
        ...(from === undefined ? {} : { from: dayAt(start + from * day, customer.utcOffset) }),
        ...(before && ids.length > 0 ? { before: ids.at(-1)! } : {}),
      };
    },
    holds: (list, { seed: { names: given, number, days, by }, input, customer, world }) => {
      const start = world.now() - given.length * days * day;
      // The newest names come first. A number is not approved before its code is confirmed. The default name has no
      // date.
      const all = [
        ...(number ? [{ sender: '380501112233', at: world.now(), approved: false }] : []),
        ...given
          .map((sender, place) => ({ sender, at: start + place * days * day, approved: true }))
          .reverse(),
        { sender: 'SMSC', at: 0, approved: true },
      ];
      const older =
        input.before === undefined
          ? all
          : all.slice(all.findIndex(({ sender }) => sender === given.at(-1)) + 1);
      const expected = older
        .filter(
          ({ at, approved }) => (approved || by.all) && dayAt(at, customer.utcOffset) >= (input.from ?? '0'),
        )
        .slice(0, by.count);
      expect(list.map(({ sender }) => sender)).toEqual(expected.map(({ sender }) => sender));
      for (const { id, sender, extra } of list)
        expect(nameOf(customer, sender)).toMatchObject({ id: Number(id), ...extra });
    },
  }),

  addSenderName: trial(addSenderName, {
    seeds: (words, style) =>
      fc.record({
        sender: fc.oneof(
          senderName.filter((name) => name !== 'SMSC'),
          phone,
        ),
        more: fc.record(details(words, style), { requiredKeys: [] }),
      }),
    input: ({ sender, more }): AddSenderNameInput => ({ sender, ...more }),
    holds: ({ id }, { input, customer }) => {
      expect(nameOf(customer, input.sender)).toMatchObject({
        id: Number(id),
        status: /^\d+$/.test(input.sender) ? 0 : 1,
        ...expectedRow(input as DescribedName),
      });
      expect(names(customer)).toHaveLength(2);
    },
  }),

  changeSenderName: trial(changeSenderName, {
    seeds: (words, style) =>
      fc.record({
        sender: senderName.filter((name) => name !== 'SMSC' && name !== 'Other'),
        byId: fc.boolean(),
        more: fc.record(details(words, style), { requiredKeys: ['comment'] }),
      }),
    input: ({ sender, byId, more }, customer): ChangeSenderNameInput => {
      add(customer, 'Other');
      const id = add(customer, sender);
      return { ...(byId ? { id } : { sender }), ...more };
    },
    holds: (_, { seed: { sender, more }, customer }) => {
      expect(nameOf(customer, sender)).toMatchObject(expectedRow(more as DescribedName));
      expect(nameOf(customer, 'Other')).toMatchObject({ comment: 'as it was' });
    },
  }),

  removeSenderName: trial(removeSenderName, {
    seeds: () =>
      fc.record({
        names: fc.uniqueArray(
          senderName.filter((name) => name !== 'SMSC'),
          { minLength: 1, maxLength: 4 },
        ),
        which: fc.nat({ max: 3 }),
        byId: fc.boolean(),
      }),
    input: ({ names, which, byId }, customer) => {
      const ids = names.map((name) => add(customer, name));
      return byId ? { id: ids[which % ids.length]! } : { sender: names[which % names.length]! };
    },
    holds: (_, { seed: { names: given, which }, customer }) => {
      expect(names(customer).map(({ sender }) => sender)).toEqual(
        ['SMSC', ...given.filter((__, place) => place !== which % given.length)].reverse(),
      );
    },
  }),

  sendSenderCode: trial(sendSenderCode, {
    seeds: () => fc.record({ sender: phone, known: fc.boolean() }),
    input: ({ sender, known }, customer) => {
      if (known) add(customer, sender);
      return { sender };
    },
    holds: (_, { input: { sender }, customer }) => {
      expect(nameOf(customer, sender)).toMatchObject({ status: 0 });
      expect(codeSentTo(customer, sender)).toMatch(/^\d+$/);
      expect(customer.messages()).toHaveLength(1);
      expect(customer.balance()).toBe('1000.00');
      // The number becomes a sender name once its code is confirmed.
      customer.requestDirectly('senders', { check_code: 1, sender, code: codeSentTo(customer, sender) });
      expect(nameOf(customer, sender)).toMatchObject({ status: 1 });
    },
  }),

  checkSenderCode: trial(checkSenderCode, {
    seeds: () => phone,
    input: (sender, customer) => {
      customer.requestDirectly('senders', { send_code: 1, sender });
      return { sender, code: codeSentTo(customer, sender) };
    },
    holds: (_, { input: { sender }, customer }) => {
      expect(names(customer, 0).map((row) => row['sender'])).toEqual([sender, 'SMSC']);
      expect(nameOf(customer, sender)).toMatchObject({ status: 1 });
    },
  }),
};
