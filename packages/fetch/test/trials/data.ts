import {
  balance,
  collect,
  downloadFile,
  downloads,
  iterateHistory,
  iterateIncoming,
  parsePortedNumbers,
  history,
  incoming,
  megafonAccounts,
  messageTypes,
  operatorOf,
  operatorsOf,
  portedNumbers,
  portedNumbersFile,
  prices,
  shortLink,
  statistics,
} from '@smsc/protocol';
import type { Message } from '@smsc/simulator';
import fc from 'fast-check';
import { expect } from 'vitest';
import { crc32 } from 'node:zlib';
import { priceOf } from '../messages.ts';
import { type OperationTrial, trial } from '../trial.ts';
import {
  amountTo,
  dayAt,
  email,
  localTime,
  millionths,
  phone,
  webAddress,
  type Words,
  written,
} from '../words.ts';
import { type Customer, day, exportsOf, hour, megafonOf, ported, type WireRow } from '../world.ts';
import { expectData } from './statuses.ts';

const placeOfCustomer = ({ login }: Customer): number => Number(/\d+$/.exec(login)![0]);

/** Generates sent messages and e-mails of some days. */
const past = (words: Words) =>
  fc.array(
    fc.record({ to: fc.oneof(phone, email), text: words.message, hours: fc.constantFrom(0, 1, 30, 24 * 20) }),
    { maxLength: 8 },
  );

function sendAll(
  all: readonly { readonly to: string; readonly text: string; readonly hours: number }[],
  customer: Customer,
): void {
  for (const { to, text, hours } of all) {
    customer.requestDirectly('send', {
      phones: to,
      mes: text,
      ...(to.includes('@') ? { mail: 1, subj: 's', sender: 'a@example.org' } : {}),
    });
    customer.world.advance(hours * hour);
  }
}

/** Returns the sent messages that match the filter, newest first. */
const newest = (customer: Customer, fits: (message: Message) => boolean): readonly Message[] =>
  [...customer.messages()].reverse().filter(fits);

interface Received {
  readonly from: string;
  readonly text: string;
  readonly toOther: boolean;
  readonly hours: number;
}
const received = (words: Words): fc.Arbitrary<Received[]> =>
  fc.array(
    fc.record({ from: phone, text: words.message, toOther: fc.boolean(), hours: fc.constantFrom(0, 1, 50) }),
    { maxLength: 8 },
  );
const otherNumber = '380440000099';

function receiveAll(all: readonly Received[], { login, world }: Customer): void {
  for (const { from, text, toOther, hours } of all) {
    world.gateway.incoming({ from, text, login, ...(toOther ? { to: otherNumber } : {}) }, world.now());
    world.advance(hours * hour);
  }
}

/** Generates clicks on one short link, as the pauses between the clicks. */
const clicks = fc.array(fc.constantFrom(0, hour, day, 20 * day), { maxLength: 6 });

const orUndefined = (value: unknown): unknown => (value === '' ? undefined : value);

export const dataTrials: Readonly<Record<string, OperationTrial>> = {
  balance: trial(balance, {
    seeds: () =>
      fc.record({
        currency: fc.option(fc.boolean(), { nil: undefined }),
        spent: fc.array(phone, { maxLength: 3 }),
        toppedUp: fc.option(amountTo(100), { nil: undefined }),
      }),
    input: ({ currency, spent, toppedUp }, customer) => {
      for (const to of spent) customer.requestDirectly('send', { phones: to, mes: 'a' });
      if (toppedUp !== undefined)
        customer.world.gateway.topUp(customer.login, toppedUp, customer.world.now());
      return { currency };
    },
    holds: (result, { seed: { spent, toppedUp }, input, customer, style }) => {
      expect(result.balance).toBe(customer.balance());
      expect(millionths(result.balance)).toBe(
        millionths('1000') -
          spent.reduce((sum, to) => sum + priceOf('sms', to), 0n) +
          millionths(toppedUp ?? '0'),
      );
      expect(result.currency).toBe(input.currency ? customer.currency : undefined);
      expect(result.credit).toBe(
        style.format === 'text' || style.format === 'csv' ? undefined : customer.credit,
      );
      expect(result.extra).toEqual({});
    },
  }),

  history: trial(history, {
    seeds: (words) =>
      fc.record({
        all: past(words),
        channel: fc.constantFrom(undefined, 'messages' as const, 'emails' as const),
        first: fc.nat({ max: 40 }),
        days: fc.nat({ max: 100 }),
        by: fc.subarray(['from', 'to', 'who', 'count', 'before']),
        count: fc.integer({ min: 1, max: 4 }),
        page: fc.integer({ min: 1, max: 3 }),
      }),
    input: ({ all, channel, first, days, by, count }, customer) => {
      const start = customer.world.now();
      sendAll(all, customer);
      const who = all
        .filter(({ to }) => to.includes('@') === (channel === 'emails'))
        .slice(0, 2)
        .map(({ to }) => to);
      const from = by.includes('from') ? { from: dayAt(start + first * day, customer.utcOffset) } : {};
      const to = by.includes('to') ? { to: dayAt(start + (first + days) * day, customer.utcOffset) } : {};
      const last = customer.messages().at(-1);
      return {
        channel,
        ...from,
        ...to,
        ...(by.includes('who') && who.length > 0 ? { [channel === 'emails' ? 'email' : 'phone']: who } : {}),
        ...(by.includes('count') ? { count } : {}),
        ...(by.includes('before') && last ? { before: last.serial } : {}),
      };
    },
    holds: async (result, { input, seed: { page }, customer, smsc }) => {
      const who = [input.phone ?? input.email ?? []].flat();
      const fits = (message: Message): boolean => {
        const on = dayAt(message.acceptedAt, customer.utcOffset);
        return (
          (message.kind === 'mail') === (input.channel === 'emails') &&
          on >= (input.from ?? on) &&
          on <= (input.to ?? on) &&
          (who.length === 0 || who.includes(message.phone)) &&
          message.serial < Number(input.before ?? Infinity)
        );
      };
      const expected = newest(customer, fits);
      const serials = expected.map(({ serial }) => String(serial));
      expect(result.map(({ serverId }) => serverId)).toEqual(serials.slice(0, input.count));
      result.forEach((each, place) => {
        expectData({ ...each }, expected[place]!, customer);
        expect(each).toMatchObject({
          id: expected[place]!.id,
          checksum: String(crc32(Buffer.from(expected[place]!.text))),
          kind: messageTypes[expected[place]!.type as keyof typeof messageTypes],
        });
      });
      // Pages through the whole history, from the start given in the input.
      const { before, ...rest } = input;
      const whole = await collect(
        iterateHistory(smsc.call, { ...rest, ...(before === undefined ? {} : { before }), count: page }),
        { limit: 100 },
      );
      expect(whole.map(({ serverId }) => serverId)).toEqual(serials);
      const some = await collect(iterateHistory(smsc.call, { ...rest, count: page }), { limit: 2 });
      expect(some).toHaveLength(
        Math.min(2, newest(customer, (message) => fits({ ...message, serial: 0 })).length),
      );
    },
  }),

  incoming: trial(incoming, {
    seeds: (words) =>
      fc.record({
        all: received(words),
        by: fc.subarray(['count', 'hours', 'after', 'to']),
        count: fc.integer({ min: 1, max: 5 }),
        hours: fc.integer({ min: 1, max: 168 }),
        page: fc.integer({ min: 1, max: 3 }),
      }),
    input: ({ all, by, count, hours }, customer) => {
      receiveAll(all, customer);
      const [first] = customer.rows('get', { get_answers: 1 });
      return {
        ...(by.includes('count') ? { count } : {}),
        ...(by.includes('hours') ? { hours } : {}),
        ...(by.includes('after') && first ? { after: Number(first['id']) } : {}),
        ...(by.includes('to') ? { to: otherNumber } : {}),
      };
    },
    holds: async (result, { input, seed: { all, page }, customer, world, smsc }) => {
      let at = world.now() - all.reduce((sum, { hours }) => sum + hours, 0) * hour;
      const [first] = customer.rows('get', { get_answers: 1 });
      const expected = all
        .map(({ hours, ...rest }) => {
          const message = { ...rest, at };
          at += hours * hour;
          return message;
        })
        .filter((each) => world.now() - each.at <= (input.hours ?? 168) * hour);
      const oldest = all.length === 0 ? undefined : first;
      const behind =
        input.after === undefined
          ? expected
          : expected.slice(
              Math.max(
                0,
                expected.length -
                  customer.rows('get', {
                    get_answers: 1,
                    hour: input.hours ?? 168,
                    after_id: Number(oldest!['id']),
                  }).length,
              ),
            );
      const wanted = behind.filter(({ toOther }) => input.to === undefined || toOther);
      const texts = wanted.map(({ from, text, at: receivedAt }) => [
        from,
        text,
        localTime(receivedAt, customer.utcOffset),
      ]);
      expect(result.map(({ from, text, receivedAtLocal }) => [from, text, receivedAtLocal])).toEqual(
        texts.slice(0, input.count),
      );
      for (const each of result) {
        expect(each.sentAtLocal).toBe(each.receivedAtLocal);
        if (input.to !== undefined) expect(each.to).toBe(input.to);
        expect(each.extra).toEqual({});
      }
      const whole = await collect(iterateIncoming(smsc.call, { ...input, count: page }), { limit: 100 });
      expect(whole.map(({ from, text, receivedAtLocal }) => [from, text, receivedAtLocal])).toEqual(texts);
    },
  }),

  statistics: trial(statistics, {
    seeds: (words) =>
      fc.record({
        all: past(words),
        toppedUp: fc.array(amountTo(50), { maxLength: 2 }),
        first: fc.integer({ min: -2, max: 40 }),
        days: fc.nat({ max: 60 }),
        sharing: fc.boolean(),
        inMyCurrency: fc.boolean(),
      }),
    input: ({ all, toppedUp, first, days, sharing, inMyCurrency }, customer) => {
      const start = customer.world.now();
      for (const sum of toppedUp) customer.world.gateway.topUp(customer.login, sum, start);
      if (sharing) {
        customer.requestDirectly('users', { add: 1, user: `with.${customer.login}`, password: 'p', type: 2 });
        customer.requestDirectly('send', {
          login: `with.${customer.login}`,
          psw: 'p',
          phones: '380501112233',
          mes: 'a',
        });
      }
      sendAll(all, customer);
      return {
        from: dayAt(start + first * day, customer.utcOffset),
        to: dayAt(start + (first + days) * day, customer.utcOffset),
        inMyCurrency,
        secondBalance: false,
      };
    },
    holds: (result, { seed: { all, toppedUp, sharing }, input, customer, world }) => {
      const within = (instant: number): boolean =>
        dayAt(instant, customer.utcOffset) >= input.from && dayAt(instant, customer.utcOffset) <= input.to;
      const start = world.now() - all.reduce((sum, { hours }) => sum + hours, 0) * hour;
      const sent = customer.messages().filter(({ acceptedAt }) => within(acceptedAt));
      const got = within(start) ? toppedUp.reduce((sum, each) => sum + millionths(each), 0n) : 0n;
      const own = {
        login: customer.login,
        count: sent.length,
        spent: sent.reduce((sum, { cost }) => sum + millionths(cost), 0n),
        got,
      };
      const others =
        sharing && within(start)
          ? [{ login: `with.${customer.login}`, count: 1, spent: millionths('0.385'), got: 0n }]
          : [];
      expect(
        result.map(({ login, count, credit, debit }) => ({
          login,
          count,
          spent: millionths(credit!),
          got: millionths(debit!),
        })),
      ).toEqual([...(own.count > 0 || own.got > 0n ? [own] : []), ...others]);
      for (const { currency, extra } of result) expect([currency, extra]).toEqual([customer.currency, {}]);
      // The sums over all days of the statistics equal the change of the balance.
      const rows = customer.rows('get', { get_stat: 1 });
      const of = (member: string): bigint =>
        rows.reduce((sum, row) => sum + millionths(String(row[member])), 0n);
      expect(millionths(customer.balance())).toBe(millionths('1000') + of('debit') - of('credit'));
    },
  }),

  prices: trial(prices, {
    seeds: () => phone,
    input: () => ({}),
    holds: (result, { seed: to, customer }) => {
      // The price of a message is the price of the longest matching prefix.
      const [zone] = result.zones
        .filter((each) => to.startsWith(each.zone!))
        .sort((a, b) => b.zone!.length - a.zone!.length);
      for (const [kind, params] of [
        ['api', {}],
        ['mms', { mms: 1 }],
        ['hlr', { hlr: 1 }],
        ['call', { call: 1 }],
      ] as const) {
        expect(customer.requestDirectly('send', { phones: to, mes: 'a', cost: 1, ...params })).toMatchObject({
          cost: zone!.prices[kind],
        });
      }
      expect(zone!.prices['mass']).toBe(zone!.prices['api']);
      expect(zone!.name).toBe(
        (customer.requestDirectly('info', { get_operator: 1, phone: to }) as WireRow)['country'],
      );
      expect(result.zones.every(({ extra }) => Object.keys(extra).length === 0)).toBe(true);
    },
  }),

  megafonAccounts: trial(megafonAccounts, {
    seeds: () => fc.option(fc.nat({ max: 4 }), { nil: undefined }),
    input: (which, customer) =>
      which === undefined ? {} : { account: `${placeOfCustomer(customer)}-${which}` },
    holds: (result, { input: { account }, customer }) => {
      expect(result).toEqual(
        megafonOf(placeOfCustomer(customer)).filter(
          (each) => account === undefined || each['account'] === account,
        ),
      );
    },
  }),

  operatorOf: trial(operatorOf, {
    seeds: () => phone.chain((kept) => written(kept).map((given) => ({ kept, given }))),
    input: ({ given }) => ({ phone: given }),
    holds: (result, { seed: { kept }, customer }) => {
      const row = customer.requestDirectly('info', { get_operator: 1, phone: kept }) as WireRow;
      expect(result).toEqual({
        country: row['country'],
        operator: orUndefined(row['operator']),
        region: undefined,
        mcc: row['mcc'],
        mnc: row['mnc'],
        timeZone: row['tz'],
        extra: {},
      });
      expect(result.mcc).toBe(kept.startsWith('380') ? '255' : '250');
    },
  }),

  operatorsOf: trial(operatorsOf, {
    // Generates at least two numbers, because the gateway's response for a single number does not contain the number.
    seeds: () =>
      fc
        .uniqueArray(fc.oneof(phone, fc.constant('999501234567')), { minLength: 2, maxLength: 5 })
        .filter((all) => all.some((each) => each !== '999501234567')),
    input: (all) => ({ phones: all }),
    holds: (result, { seed: all, customer }) => {
      const known = all.filter((each) => each !== '999501234567');
      expect(result.map((each) => each.phone)).toEqual(known);
      for (const { phone: number, country, operator, mcc, mnc } of result) {
        const row = customer.requestDirectly('info', { get_operator: 1, phone: number! }) as WireRow;
        expect({ country, operator, mcc, mnc }).toEqual({
          country: row['country'],
          operator: orUndefined(row['operator']),
          mcc: row['mcc'],
          mnc: row['mnc'],
        });
      }
    },
  }),

  shortLink: trial(shortLink, {
    seeds: () =>
      fc.record({
        link: webAddress,
        to: phone.filter((each) => !/(?:000003|020\d{3}|000022|000025)$/.test(each)),
        clicks,
        by: fc.constantFrom('short', 'link', 'id'),
      }),
    input: ({ link, to, clicks: pauses, by }, customer) => {
      customer.requestDirectly('send', {
        phones: '380501112233',
        mes: 'https://another.example/aaaaaaaaaaaaaaaaaaaa',
        tinyurl: 1,
      });
      customer.requestDirectly('send', { phones: to, mes: link, tinyurl: 1 });
      const short = customer.messages().at(-1)!.text;
      for (const pause of pauses) {
        customer.world.gateway.click(short, customer.world.now(), to);
        customer.world.advance(pause);
      }
      return by === 'id' ? { id: 2 } : { link: by === 'short' ? short : link };
    },
    holds: (result, { seed: { clicks: pauses }, customer, world }) => {
      let at = world.now() - pauses.reduce((sum, pause) => sum + pause, 0);
      const days = pauses.map((pause) => {
        const on = dayAt(at, customer.utcOffset);
        at += pause;
        return on;
      });
      const today = dayAt(world.now(), customer.utcOffset);
      const count = (fits: (on: string) => boolean): number => days.filter(fits).length;
      expect(result).toEqual({
        id: '2',
        clicks: days.length,
        clicksThisMonth: count((on) => on.slice(0, 7) === today.slice(0, 7)),
        clicksToday: count((on) => on === today),
        clicksYesterday: count((on) => on === dayAt(world.now() - day, customer.utcOffset)),
        extra: {},
      });
      world.advance(hour);
      expect(world.gateway.state(customer.messages().at(-1)!, world.now()).status).toBe(
        pauses.length > 0 ? 4 : 1,
      );
    },
  }),

  portedNumbers: trial(portedNumbers, {
    seeds: () =>
      fc.constantFrom(
        '2026-03-13' as const,
        '2026-03-14' as const,
        '2026-03-15' as const,
        '2026-03-16' as const,
      ),
    input: (date) => ({ date }),
    holds: (result, { seed: date }) => {
      expect(result).toEqual(
        ported
          .filter((each) => each.date === date)
          .map(({ phone: number, mccmnc }) => ({ phone: number, mccMnc: mccmnc, extra: {} })),
      );
    },
  }),

  portedNumbersFile: trial(portedNumbersFile, {
    seeds: () => fc.array(fc.nat({ max: 1500 }), { maxLength: 10 }),
    input: () => ({}),
    holds: async ({ bytes }, { seed: cuts, world, customer }) => {
      const expected = ported.map(({ phone: number, mccmnc }) => ({ phone: number, mccMnc: mccmnc }));
      expect(await collect(parsePortedNumbers([bytes]), { limit: 1000 })).toEqual(expected);
      // The result is the same for chunks cut anywhere.
      const ends = [...cuts, 0, bytes.length].map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b);
      const pieces = ends.slice(1).map((end, place) => bytes.subarray(ends[place], end));
      expect(await collect(parsePortedNumbers(pieces), { limit: 1000 })).toEqual(expected);
      // The result is the same for the chunks that arrive over the network.
      const { body } = await fetch(`${world.url}sys/get_mnp.php`, {
        method: 'POST',
        body: new URLSearchParams({ login: customer.login, psw: customer.password }),
      });
      expect(await collect(parsePortedNumbers(body!), { limit: 1000 })).toEqual(expected);
    },
  }),

  downloads: trial(downloads, {
    seeds: () =>
      fc.record(
        { count: fc.integer({ min: 1, max: 6 }), after: fc.integer({ min: 1, max: 5 }) },
        { requiredKeys: [] },
      ),
    input: (seed) => seed,
    holds: (result, { input: { count, after = 0 }, customer }) => {
      const expected = exportsOf(placeOfCustomer(customer)).map(({ name, content, madeAt }, place) => ({
        id: String(place + 1),
        name,
        extra: { size: content.length, date: localTime(madeAt, customer.utcOffset) },
      }));
      expect(result).toEqual(expected.slice(Number(after)).slice(0, count));
    },
  }),

  downloadFile: trial(downloadFile, {
    seeds: () => fc.record({ which: fc.nat(), byName: fc.boolean() }),
    input: ({ which, byName }, customer) => {
      const all = exportsOf(placeOfCustomer(customer));
      const place = which % all.length;
      return byName ? { name: all[place]!.name } : { id: place + 1 };
    },
    holds: ({ bytes }, { seed: { which }, customer }) => {
      const all = exportsOf(placeOfCustomer(customer));
      expect([...bytes]).toEqual([...all[which % all.length]!.content]);
    },
  }),
};
