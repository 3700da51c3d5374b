import {
  deleteMessage,
  hlrStatus,
  messageData,
  messageDataWithOperator,
  type MessageDataWithOperator,
  messageTypes,
  states,
  status,
  type Status,
  type StatusInput,
  statuses,
} from '@smsc/protocol';
import type { Message } from '@smsc/simulator';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type RequestStyle, type OperationTrial, trial } from '../trial.ts';
import { localTime, ownId, phone, phones, type Words, written } from '../words.ts';
import { type Customer, day, hour, minute, type WireRow } from '../world.ts';

/** A message that was sent some time ago, or was never sent. */
interface Sent {
  readonly id: string | number;
  readonly phone: { readonly kept: string; readonly given: string };
  readonly params: Readonly<Record<string, string>>;
  readonly ago: number;
  readonly known: boolean;
}

const sentMessages = (params: fc.Arbitrary<Readonly<Record<string, string>>>): fc.Arbitrary<Sent> =>
  fc.record({
    id: fc.oneof(ownId, fc.integer({ min: 1000, max: 2147483647 })),
    phone: phone.chain((kept) => written(kept).map((given) => ({ kept, given }))),
    params,
    ago: fc.constantFrom(0, 999, 1000, 4000, 5000, minute, hour, day, 25 * hour, 30 * day),
    known: fc.boolean(),
  });

/** Generates messages whose texts contain no separators: the text and CSV formats do not escape separators. */
const kinds = (words: Words): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .tuple(
      fc.constantFrom({}, { flash: '1' }, { call: '1' }, { viber: '1' }, { ping: '1' }, { mms: '1' }),
      words.message,
      fc.option(words.line, { nil: undefined }),
    )
    .map(([flag, text, comment]) => ({
      ...flag,
      mes: comment === undefined ? text : `${text}\n~~~\n${comment}`,
    }));

function dispatched({ id, phone, params, ago, known }: Sent, customer: Customer): StatusInput {
  if (known) customer.requestDirectly('send', { phones: phone.kept, id, ...params });
  customer.world.advance(ago);
  return { id, phone: phone.given };
}

const messageOf = ({ id, phone }: Sent, customer: Customer): Message | undefined =>
  customer.messages().find((message) => message.id === String(id) && message.phone === phone.kept);

/** Compares a status with the state of the message in the simulator. The text and CSV formats leave some members out. */
function expectState(
  result: Status,
  message: Message | undefined,
  { world, utcOffset }: Customer,
  format: RequestStyle['format'],
): void {
  const state = message
    ? world.gateway.state(message, world.now())
    : { status: -3, err: 0, changedAt: undefined };
  expect(result).toMatchObject({ status: state.status, state: states[state.status] });
  expect(result.error ?? 0).toBe(state.err);
  const changedAt =
    state.changedAt === undefined ? undefined : new Date(Math.floor(state.changedAt / 1000) * 1000);
  expect(result.changedAt).toEqual(format === 'text' ? undefined : changedAt);
  expect(result.changedAtLocal).toBe(
    format === 'csv' || state.changedAt === undefined ? undefined : localTime(state.changedAt, utcOffset),
  );
}

/** Compares all details of a message with the message stored in the simulator. */
export function expectData(
  result: Omit<MessageDataWithOperator, 'country' | 'operator' | 'region' | 'originalOperator'>,
  message: Message,
  customer: Customer,
): void {
  expectState(result, message, customer, undefined);
  expect(result).toMatchObject({
    phone: message.phone,
    text: message.text === '' ? undefined : message.text,
    comment: message.comment,
    sender: message.sender === '' ? undefined : message.sender,
    cost: message.cost,
    parts: message.parts,
    sentAt: new Date(Math.floor(message.acceptedAt / 1000) * 1000),
    sentAtLocal: localTime(message.acceptedAt, customer.utcOffset),
    type: message.type,
    kind: messageTypes[message.type as keyof typeof messageTypes],
    flags: message.type,
    extra: {},
  });
  expect(result.stateName).toBeDefined();
}

/** Returns the operator and region of a number, requested without the client. */
const placeOf = (customer: Customer, phone: string): WireRow =>
  customer.requestDirectly('info', { get_operator: 1, phone }) as WireRow;
const orUndefined = (value: unknown): unknown => (value === '' ? undefined : value);

export const statusTrials: Readonly<Record<string, OperationTrial>> = {
  status: trial(status, {
    seeds: (words) => sentMessages(kinds(words)),
    input: dispatched,
    holds: (result, { seed, customer, style }) => {
      const message = messageOf(seed, customer);
      expect(message !== undefined).toBe(seed.known);
      expectState(result, message, customer, style.format);
      expect(result.final).toBe(result.status > 0);
    },
  }),

  statuses: trial(statuses, {
    seeds: (words) =>
      fc.uniqueArray(sentMessages(kinds(words)), {
        minLength: 1,
        maxLength: 5,
        selector: ({ id }) => String(id).toLowerCase(),
      }),
    input: (seed, customer) => ({ messages: seed.map((each) => dispatched(each, customer)) }),
    holds: (result, { seed, customer }) => {
      expect(result.map(({ id, phone }) => [id, phone])).toEqual(
        seed.map(({ id, phone }) => [String(id), phone.kept]),
      );
      seed.forEach((each, place) =>
        expectState(result[place]!, messageOf(each, customer), customer, undefined),
      );
    },
  }),

  hlrStatus: trial(hlrStatus, {
    seeds: () => sentMessages(fc.constant({ hlr: '1' })).map((seed) => ({ ...seed, known: true })),
    input: dispatched,
    holds: (result, { seed, customer }) => {
      expectState(result, messageOf(seed, customer), customer, undefined);
      const { mcc, mnc, country, operator } = placeOf(customer, seed.phone.kept);
      const found = result.status === 1 && result.error === 0;
      expect(result.reachable).toBe(result.status < 1 ? undefined : found);
      expect(result.final).toBe(result.status > 0);
      expect(result).toMatchObject({
        mcc: found ? mcc : undefined,
        mnc: found ? mnc : undefined,
        roamingCountry: undefined,
        roamingOperator: undefined,
        extra: {},
      });
      expect(result).toMatchObject({
        country: found ? orUndefined(country) : undefined,
        operator: found ? orUndefined(operator) : undefined,
      });
      if (found) expect(result.imsi).toMatch(new RegExp(`^${String(mcc)}${String(mnc)}\\d+$`));
      expect(result.serviceCentre !== undefined).toBe(found);
    },
  }),

  messageData: trial(messageData, {
    seeds: (words) => sentMessages(kinds(words)).map((seed) => ({ ...seed, known: true })),
    input: dispatched,
    holds: (result, { seed, customer }) => expectData(result, messageOf(seed, customer)!, customer),
  }),

  messageDataWithOperator: trial(messageDataWithOperator, {
    seeds: (words) => sentMessages(kinds(words)).map((seed) => ({ ...seed, known: true })),
    input: dispatched,
    holds: (result, { seed, customer }) => {
      expectData(result, messageOf(seed, customer)!, customer);
      const { country, operator, mcc, mnc } = placeOf(customer, seed.phone.kept);
      expect(result).toMatchObject({
        country: orUndefined(country),
        operator: orUndefined(operator),
        region: undefined,
        mccMnc: `${String(mcc)}${String(mnc)}`,
      });
    },
  }),

  deleteMessage: trial(deleteMessage, {
    seeds: () =>
      fc.record({
        id: fc.oneof(ownId, fc.integer({ min: 1, max: 2147483647 })),
        people: phones(4),
        which: fc.nat({ max: 3 }),
      }),
    input: ({ id, people, which }, customer) => {
      customer.requestDirectly('send', { phones: people.join(), mes: 'a', id });
      return { id, phone: people[which % people.length]! };
    },
    holds: (_, { seed: { id, people }, input, customer }) => {
      expect(customer.messages().map(({ phone }) => phone)).toEqual(
        people.filter((each) => each !== input.phone),
      );
      expect(customer.requestDirectly('status', { id, phone: input.phone })).toMatchObject({ status: -3 });
    },
  }),
};
