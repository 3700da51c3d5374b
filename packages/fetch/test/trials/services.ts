import {
  completionCertificate,
  changeRent,
  createInvoice,
  invoice,
  rentableNumbers,
  rentNumber,
  reportEvent,
  waitForCall,
} from '@smsc/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type OperationTrial, trial } from '../trial.ts';
import { amountTo, millionths, phone, written } from '../words.ts';
import { type Customer, day, rentable } from '../world.ts';

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Owner of the documents: the account or its sub-account. */
const owners = fc.constantFrom('own', 'sub', 'sub by number');
type Owner = 'own' | 'sub' | 'sub by number';

const ownerLogin = (owner: Owner, { login }: Customer): string =>
  owner === 'own' ? login : `clerk.${login}`;

function ownerOf(owner: Owner, customer: Customer): { readonly login: string } | { readonly userId: number } {
  if (owner === 'own') return { login: customer.login };
  const { id } = customer.requestDirectly('users', {
    add: 1,
    user: `clerk.${customer.login}`,
    password: 'p',
  }) as {
    readonly id: number;
  };
  return owner === 'sub' ? { login: ownerLogin(owner, customer) } : { userId: id };
}

/** Creates an invoice without the client. Returns its id. */
const invoiceFor = (owner: Owner, sum: string, customer: Customer): number =>
  (
    customer.requestDirectly('documents', { add_account: 1, user: ownerLogin(owner, customer), sum }) as {
      readonly id: number;
    }
  ).id;

/** Returns the number that this customer can rent, and its monthly price. */
const numberOf = ({ login }: Customer): { readonly phone: string; readonly price: string } =>
  rentable(Number(/\d+$/.exec(login)![0]));

/** Converts an instant to the customer's time zone. */
const localDate = (now: number, { utcOffset }: Customer): Date => new Date(now + utcOffset * 3_600_000);

/** Returns the price of the rest of the month, including today, in millionths. Rounds the price up to hundredths. */
function restOfMonth(price: string, now: number, customer: Customer): bigint {
  const local = localDate(now, customer);
  const days = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  const hundredths = (millionths(price) * BigInt(days - local.getUTCDate() + 1)) / BigInt(days);
  return ((hundredths + 9_999n) / 10_000n) * 10_000n;
}

/** Advances the clock to the end of the customer's month. */
function endMonth(customer: Customer): void {
  const now = customer.world.now();
  const local = localDate(now, customer);
  customer.world.advance(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1) - local.getTime());
}

const isFree = (customer: Customer): boolean =>
  customer.rows('receive_phones', { get: 1 }).some((row) => row['phone'] === numberOf(customer).phone);

export const serviceTrials: Readonly<Record<string, OperationTrial>> = {
  createInvoice: trial(createInvoice, {
    seeds: (words) =>
      fc.record({
        owner: owners,
        sum: amountTo(100_000),
        service: fc.option(words.line, { nil: undefined }),
      }),
    input: ({ owner, sum, service }, customer) => ({ ...ownerOf(owner, customer), sum, service }),
    holds: async ({ id }, { seed: { owner, sum }, customer, smsc }) => {
      const { bytes } = await smsc.call(invoice, { login: ownerLogin(owner, customer), id: id! });
      const [title, login, amount] = textOf(bytes).split('\n');
      expect([title, login]).toEqual([`Invoice ${id}`, ownerLogin(owner, customer)]);
      expect(millionths(amount!.split(' ')[0]!)).toBe(millionths(sum));
      // An invoice does not change the balance.
      expect(customer.balance()).toBe('1000.00');
    },
  }),

  invoice: trial(invoice, {
    seeds: () => fc.record({ owner: owners, sum: amountTo(1000) }),
    input: ({ owner, sum }, customer) => ({
      ...ownerOf(owner, customer),
      id: invoiceFor(owner, sum, customer),
    }),
    holds: ({ bytes }, { seed: { owner, sum }, input, customer }) => {
      expect(textOf(bytes)).toMatch(
        new RegExp(
          `^Invoice ${input.id}\\n${ownerLogin(owner, customer).replace('.', '\\.')}\\n${sum.replace(/0$/, '').replace('.', '\\.')}0? ${customer.currency}\\n$`,
        ),
      );
    },
  }),

  completionCertificate: trial(completionCertificate, {
    seeds: () => fc.record({ owner: owners, sum: amountTo(1000), byNumber: fc.boolean() }),
    input: ({ owner, sum, byNumber }, customer) => {
      const of = ownerOf(owner, customer);
      const id = invoiceFor(owner, sum, customer);
      return { ...of, ...(byNumber ? { number: String(id) } : { id }) };
    },
    holds: ({ bytes }, { seed: { owner, sum }, input, customer }) => {
      const [title, login, amount] = textOf(bytes).split('\n');
      expect([title, login]).toEqual([`Act ${input.id ?? input.number}`, ownerLogin(owner, customer)]);
      expect(millionths(amount!.split(' ')[0]!)).toBe(millionths(sum));
    },
  }),

  rentableNumbers: trial(rentableNumbers, {
    seeds: () => fc.boolean(),
    input: (rents, customer) => {
      if (rents) customer.requestDirectly('receive_phones', { buy: 1, phone: numberOf(customer).phone });
      return {};
    },
    holds: (result, { seed: rents, customer }) => {
      const { phone: own, price } = numberOf(customer);
      expect(result.find((each) => each.phone === own)).toEqual(
        rents ? undefined : { phone: own, extra: { price, currency: customer.currency } },
      );
      expect(result.map((each) => each.phone)).toEqual(
        customer.rows('receive_phones', { get: 1 }).map((row) => row['phone']),
      );
    },
  }),

  rentNumber: trial(rentNumber, {
    seeds: () =>
      fc.record({
        later: fc.nat({ max: 20 }),
        renew: fc.option(fc.boolean(), { nil: undefined }),
        plus: fc.boolean(),
      }),
    input: ({ later, renew, plus }, customer) => {
      customer.world.advance(later * day);
      return { phone: (plus ? '+' : '') + numberOf(customer).phone, renew };
    },
    holds: (_, { seed: { renew }, customer, world }) => {
      const { phone: own, price } = numberOf(customer);
      const first = restOfMonth(price, world.now(), customer);
      expect([isFree(customer), millionths('1000') - millionths(customer.balance())]).toEqual([false, first]);
      // The renter receives the messages sent to the number.
      expect(world.gateway.incoming({ from: '380509998877', to: own, text: 'a' }, world.now()).login).toBe(
        customer.login,
      );
      endMonth(customer);
      expect([isFree(customer), millionths('1000') - millionths(customer.balance())]).toEqual(
        renew === false ? [true, first] : [false, first + millionths(price)],
      );
    },
  }),

  changeRent: trial(changeRent, {
    seeds: () => fc.record({ was: fc.boolean(), renew: fc.boolean() }),
    input: ({ was, renew }, customer) => {
      customer.requestDirectly('receive_phones', {
        buy: 1,
        phone: numberOf(customer).phone,
        noprolong: Number(!was),
      });
      return { phone: numberOf(customer).phone, renew };
    },
    holds: (_, { input: { renew }, customer }) => {
      const before = millionths(customer.balance());
      endMonth(customer);
      // With `renew`, the rent continues for a month at the monthly price. Otherwise, the number becomes free.
      expect([isFree(customer), before - millionths(customer.balance())]).toEqual(
        renew ? [false, millionths(numberOf(customer).price)] : [true, 0n],
      );
    },
  }),

  waitForCall: trial(waitForCall, {
    seeds: () =>
      fc
        .tuple(
          phone.chain((kept) => written(kept).map((given) => ({ kept, given }))),
          phone,
        )
        .filter(([{ kept }, other]) => kept !== other),
    input: ([{ given }]) => ({ phone: given }),
    holds: (result, { seed: [{ kept }, other], customer, world }) => {
      expect(result.phones).toContain(result.phone);
      expect(result.extra).toEqual({});
      expect(customer.requestDirectly('wait_call', { phone: other })).toMatchObject({
        phone: result.phone,
        all_phones: result.phones,
      });
      // The call is reported to the callback handler once.
      expect([world.gateway.call(kept, world.now()), world.gateway.call(kept, world.now())]).toEqual([
        true,
        false,
      ]);
      expect(
        world.gateway.pushes(customer.login).map(({ event, fields }) => [event, fields['phone']]),
      ).toEqual([['call', kept]]);
    },
  }),

  reportEvent: trial(reportEvent, {
    seeds: (words) =>
      fc.record(
        {
          group: fc.integer({ min: 1, max: 999_999 }),
          name: words.line,
          host: words.line,
          info: words.lines,
          recovered: fc.boolean(),
        },
        { requiredKeys: ['group'] },
      ),
    input: (seed) => seed,
    holds: (_, { input: { group, name = '', host = '', info = '', recovered }, customer, world }) => {
      expect(world.gateway.events(customer.login)).toEqual([
        { id: String(group), name, host, info, ok: recovered ? '1' : '' },
      ]);
    },
  }),
};
