import {
  addSubAccount,
  type AddSubAccountInput,
  balance,
  changeSubAccount,
  type ChangeSubAccountInput,
  createJob,
  paySubAccount,
  send,
  type StatisticsRow,
  type SubAccountSettings,
  subAccountStatistics,
  subAccountStatisticsInDetail,
  type SubAccountSwitch,
} from '@smsc/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { createSmsc, type Smsc } from '../../src/index.ts';
import { type OperationTrial, trial } from '../trial.ts';
import { amountTo, dayAt, email, millionths, phone, senderName, webAddress, type Words } from '../words.ts';
import { type Customer, day, type WireRow } from '../world.ts';

const currencies = { RUB: 'RUR', USD: 'USD', EUR: 'EUR', UAH: 'UAH', KZT: 'KZT' };

/** Generates settings of every kind. The simulator applies some settings and only accepts the rest. */
const settings = (words: Words): fc.Arbitrary<SubAccountSettings> =>
  fc.record(
    {
      siteId: fc.nat({ max: 2147483647 }),
      email,
      secondEmail: email,
      phone,
      secondPhone: phone,
      fullName: words.line,
      requisites: words.lines,
      country: words.line,
      notes: words.lines,
      tariff: fc.nat({ max: 8 }),
      lowestTariff: fc.nat({ max: 8 }),
      currency: fc.constantFrom(...(Object.keys(currencies) as (keyof typeof currencies)[])),
      utcOffset: fc.integer({ min: -12, max: 12 }),
      sender: senderName,
      secondSender: senderName,
      warnBelow: fc.nat({ max: 1000 }),
      historyDays: fc.nat({ max: 36_500 }),
      prefixes: fc.constantFrom(['38050'], ['380', '-38050'], ['-7'], ['380', '7']),
      commandPhones: words.line,
      limits: fc.record(
        {
          perDay: fc.constantFrom(1, 2, 100),
          perNumber: fc.nat({ max: 9 }),
          perText: fc.nat({ max: 9 }),
          perVisitor: fc.nat({ max: 9 }),
        },
        { requiredKeys: [] },
      ),
      hours: fc.constantFrom({ from: 0, to: 24 }, { from: 9, to: 21 }),
      validMinutes: fc.integer({ min: 1, max: 1440 }),
      callbackUrl: webAddress.map((address) => address.replaceAll('%', '')),
      emailToSms: fc.record(
        {
          phones: phone,
          fromHour: fc.integer({ min: 0, max: 11 }),
          toHour: fc.integer({ min: 12, max: 24 }),
          maxLength: fc.integer({ min: 1, max: 1000 }),
          flags: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
        },
        { requiredKeys: [] },
      ),
      autoReply: words.lines,
      autoReplyToCalls: words.lines,
      switches: fc.record(
        Object.fromEntries(
          (
            [
              'statusCallbacks',
              'incomingCallbacks',
              'testMode',
              'blocked',
              'forbidJobs',
              'smpp',
              'hideMessages',
              'trustNewAddresses',
            ] satisfies SubAccountSwitch[]
          ).map((name) => [name, fc.boolean()]),
        ) as Readonly<Record<SubAccountSwitch, fc.Arbitrary<boolean>>>,
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );

/** Returns a unique login for a sub-account. */
const loginOf = (customer: Customer, name = 'clerk'): string => `${name}.${customer.login}`;

/** Creates a client of a sub-account. */
const clientOf = ({ world }: Customer, login: string, password: string): Smsc =>
  createSmsc({ login, password, host: world.url });

/** Tests whether the allowed prefixes permit a number. The longest matching prefix decides. */
function mayReach(prefixes: readonly string[] | undefined, to: string): boolean {
  if (!prefixes) return true;
  const [longest] = prefixes
    .filter((each) => to.startsWith(each.replace('-', '')))
    .sort((a, b) => b.replace('-', '').length - a.replace('-', '').length);
  return longest === undefined ? prefixes.every((each) => each.startsWith('-')) : !longest.startsWith('-');
}

/** Checks the settings of a sub-account by using the sub-account, which must have money for messages. */
async function expectSettings(
  login: string,
  password: string,
  given: SubAccountSettings,
  customer: Customer,
  mainCurrency = customer.currency,
): Promise<void> {
  const { world } = customer;
  const smsc = clientOf(customer, login, password);
  const { currency, sender, utcOffset, prefixes, limits, callbackUrl, switches = {} } = given;
  if (switches.blocked) {
    await expect(smsc.balance()).rejects.toMatchObject({ kind: 'gateway', code: 2 });
    return;
  }
  expect((await smsc.balance({ currency: true })).currency).toBe(
    currency ? currencies[currency] : mainCurrency,
  );
  const before = world.gateway.balance(login)!;
  for (const to of ['380501112233', '380671112233', '79161112233']) {
    const count = world.gateway.messages(login).length;
    const [sentAlready, limit] = [
      world.gateway.messages(login).filter(({ refused }) => !refused).length,
      limits?.perDay ?? Infinity,
    ];
    const sent = await smsc.send({ to, text: 'a' });
    const allowed = mayReach(prefixes, to) && sentAlready < limit;
    expect(sent).toMatchObject(allowed ? { outcome: 'accepted' } : { outcome: 'rejected', code: 8 });
    expect(world.gateway.messages(login)).toHaveLength(count + Number(allowed));
  }
  const kept = world.gateway.messages(login);
  for (const message of kept) expect(message.sender).toBe(sender ?? 'SMSC');
  if (switches.testMode) expect(world.gateway.balance(login)).toBe(before);
  // The hours of `sendAt` are in the sub-account's time zone.
  const zone = utcOffset ?? customer.utcOffset;
  const hourNow = new Date(world.now() + zone * 3_600_000).getUTCHours();
  if (!limits?.perDay && mayReach(prefixes, '380671112233') && hourNow < 23) {
    await smsc.send({ to: '380671112233', text: 'later', sendAt: { from: hourNow + 1, to: 24 } });
    expect(new Date(world.gateway.messages(login).at(-1)!.startsAt + zone * 3_600_000).getUTCHours()).toBe(
      hourNow + 1,
    );
  }
  world.advance(60_000);
  const pushed = world.gateway.pushes(login).filter(({ event }) => event === 'status');
  if (callbackUrl && switches.statusCallbacks && kept.length > 0)
    expect(pushed[0]!.request.url).toContain(callbackUrl.split('?')[0]);
  else expect(pushed).toEqual([]);
  world.gateway.incoming({ from: '380509998877', text: 'a', login }, world.now());
  expect(world.gateway.pushes(login).filter(({ event }) => event === 'incoming')).toHaveLength(
    callbackUrl && switches.incomingCallbacks ? 1 : 0,
  );
  const job = await smsc.call(createJob, {
    name: 'a',
    to: '380671112233',
    text: 'a',
    sendAt: { inMinutes: 600 },
  });
  if (switches.forbidJobs) expect(job).toMatchObject({ outcome: 'rejected', code: 3 });
  else expect(job).toMatchObject(mayReach(prefixes, '380671112233') ? { outcome: 'accepted' } : { code: 3 });
}

/** Creates a sub-account without the client. */
const make = (customer: Customer, login: string, type = 0): string =>
  String((customer.requestDirectly('users', { add: 1, user: login, password: 'p', type }) as WireRow)['id']);

/** Generates activities of some sub-accounts, and a request for their statistics. */
const activities = fc.record({
  subs: fc.array(
    fc.record({
      shares: fc.boolean(),
      paid: fc.array(amountTo(20), { maxLength: 2 }),
      sends: fc.array(fc.constantFrom('a', 'Їжак '.repeat(20)), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  days: fc.constantFrom(0, 1, 3),
  statisticsRequest: fc.record({
    login: fc.boolean(),
    userId: fc.boolean(),
    ownBalance: fc.boolean(),
    inMyCurrency: fc.boolean(),
    hideRemoved: fc.boolean(),
    secondBalance: fc.constant(false),
  }),
  from: fc.integer({ min: -1, max: 2 }),
});

type Activities = typeof activities extends fc.Arbitrary<infer Value> ? Value : never;

/** Performs the activities. Returns the input of the statistics request. */
function perform({ subs, days, statisticsRequest, from }: Activities, customer: Customer) {
  const { world } = customer;
  const start = world.now();
  const ids = subs.map(({ shares }, place) =>
    make(customer, loginOf(customer, `sub${place}`), shares ? 2 : 0),
  );
  const each = (todo: (login: string, place: number) => void): void =>
    subs.forEach((_, place) => todo(loginOf(customer, `sub${place}`), place));
  each((login, place) => {
    if (!subs[place]!.shares)
      for (const sum of subs[place]!.paid) customer.requestDirectly('users', { pay: 1, user: login, sum });
  });
  world.advance(days * day);
  each((login, place) => {
    for (const mes of subs[place]!.sends)
      customer.requestDirectly('send', { login, psw: 'p', phones: '380501112233', mes });
  });
  const { login, userId, ...flags } = statisticsRequest;
  return {
    from: dayAt(start + from * day, customer.utcOffset),
    to: dayAt(start + (from + 3) * day, customer.utcOffset),
    ...flags,
    ...(login ? { login: loginOf(customer, 'sub0') } : {}),
    ...(userId && !login ? { userId: ids[0]! } : {}),
    // A sub-account that shares the main balance has no balance of its own.
    ...((login || userId) && subs[0]!.shares ? { ownBalance: false } : {}),
  };
}

/** Compares statistics with the stored messages and the payments of each sub-account. */
function expectStatistics(
  rows: readonly StatisticsRow[],
  { subs, days, from, statisticsRequest }: Activities,
  customer: Customer,
  inDetail: boolean,
): void {
  const { gateway } = customer.world;
  const lines: string[] = [];
  subs.forEach(({ shares, paid }, place) => {
    const login = loginOf(customer, `sub${place}`);
    const named = statisticsRequest.login || statisticsRequest.userId;
    if (named ? place !== 0 : shares === statisticsRequest.ownBalance) return;
    const within = (offset: number): boolean => offset >= from && offset <= from + 3;
    const sent = gateway.messages(login).filter(({ refused }) => !refused);
    const spent = sent.reduce((sum, { cost }) => sum + millionths(cost), 0n);
    const received = shares ? 0n : paid.reduce((sum, each) => sum + millionths(each), 0n);
    const ofDays = new Map<number, [count: number, spent: bigint, received: bigint]>();
    if (!shares && paid.length > 0) ofDays.set(0, [0, 0n, received]);
    const [, , got] = ofDays.get(days) ?? [0, 0n, 0n];
    if (sent.length > 0) ofDays.set(days, [sent.length, spent, got]);
    const shown = [...ofDays].filter(([offset]) => within(offset)).map(([, each]) => each);
    if (shown.length === 0) return;
    if (inDetail) for (const each of shown) lines.push([login, ...each].join(' '));
    else lines.push([login, ...shown.reduce((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]])].join(' '));
  });
  expect(
    rows.map(({ login, count, credit, debit }) =>
      [login, count, millionths(credit!), millionths(debit!)].join(' '),
    ),
  ).toEqual(lines);
  for (const { currency, extra } of rows) {
    expect(currency).toBe(customer.currency);
    expect(Object.keys(extra)).toEqual(inDetail ? ['date'] : []);
  }
}

export const subAccountTrials: Readonly<Record<string, OperationTrial>> = {
  addSubAccount: trial(addSubAccount, {
    seeds: (words) =>
      fc.record({
        password: words.line,
        given: settings(words),
        billing: fc.constantFrom(
          undefined,
          'own' as const,
          'main-tariff' as const,
          'main' as const,
          'main-balance' as const,
          'login' as const,
        ),
      }),
    input: ({ password, given, billing }, customer): AddSubAccountInput => ({
      login: loginOf(customer),
      password,
      billing,
      ...given,
    }),
    holds: async ({ id }, { seed: { given, billing }, input, customer, world }) => {
      expect(id).toMatch(/^\d+$/);
      const { login, password } = input;
      if (billing === 'login') {
        // This value of `billing` adds a login to the main account.
        expect((await clientOf(customer, login, password).balance()).balance).toBe(customer.balance());
        return;
      }
      const shares = billing === 'main' || billing === 'main-balance';
      expect(world.gateway.balance(login)).toBe(shares ? customer.balance() : '0.00');
      if (!shares)
        expect(customer.requestDirectly('users', { pay: 1, user: login, sum: '500' })).toEqual({
          balance: '500.00',
        });
      expect(customer.rows('users', { get_stat: 1, reseller: Number(!shares), user_id: id })).toHaveLength(
        shares ? 0 : 1,
      );
      await expectSettings(login, password, given, customer);
    },
  }),

  changeSubAccount: trial(changeSubAccount, {
    seeds: (words) =>
      fc.record({
        given: settings(words),
        access: fc.record(
          { rename: fc.boolean(), password: words.line, currentPassword: fc.constant('p') },
          { requiredKeys: [] },
        ),
      }),
    input: ({ given, access: { rename, ...rest } }, customer): ChangeSubAccountInput => {
      make(customer, loginOf(customer));
      customer.requestDirectly('users', { pay: 1, user: loginOf(customer), sum: '500' });
      return {
        login: loginOf(customer),
        ...(rename ? { newLogin: loginOf(customer, 'boss') } : {}),
        ...rest,
        ...given,
      };
    },
    holds: async (_, { seed: { given, access }, customer, world }) => {
      const login = loginOf(customer, access.rename ? 'boss' : 'clerk');
      expect(world.gateway.balance(login)).toBe('500.00');
      if (access.rename) expect(world.gateway.balance(loginOf(customer))).toBeUndefined();
      if (access.password !== undefined && access.password !== 'p')
        await expect(clientOf(customer, login, 'p').call(balance, {})).rejects.toMatchObject({ code: 2 });
      await expectSettings(login, access.password ?? 'p', given, customer);
    },
  }),

  paySubAccount: trial(paySubAccount, {
    seeds: () => fc.record({ before: amountTo(100), sum: amountTo(100), back: fc.boolean() }),
    input: ({ before, sum, back }, customer) => {
      make(customer, loginOf(customer));
      // Adds enough money for the refund.
      customer.requestDirectly('users', { pay: 1, user: loginOf(customer), sum: before });
      customer.requestDirectly('users', { pay: 1, user: loginOf(customer), sum: 100 });
      return { login: loginOf(customer), sum: back ? `-${sum}` : sum };
    },
    holds: async (result, { seed: { before, sum, back }, customer, world }) => {
      const moved = millionths(before) + millionths('100') + (back ? -millionths(sum) : millionths(sum));
      expect(result.balance).toBe(world.gateway.balance(loginOf(customer)));
      expect(millionths(result.balance!)).toBe(moved);
      expect(millionths(customer.balance())).toBe(millionths('1000') - moved);
      // The sub-account can spend the money.
      expect(
        (await clientOf(customer, loginOf(customer), 'p').call(send, { to: '380501112233', text: 'a' }))
          .outcome,
      ).toBe(moved >= millionths('0.385') ? 'accepted' : 'rejected');
    },
  }),

  subAccountStatistics: trial(subAccountStatistics, {
    seeds: () => activities,
    input: perform,
    holds: (result, { seed, customer }) => expectStatistics(result, seed, customer, false),
  }),

  subAccountStatisticsInDetail: trial(subAccountStatisticsInDetail, {
    seeds: () => activities,
    input: perform,
    holds: (result, { seed, customer }) => expectStatistics(result, seed, customer, true),
  }),
};
