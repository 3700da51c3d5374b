import { expect, it } from 'vitest';
import { createGateway } from '../src/index.ts';
import { api, submit, type Params, to } from './submit.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Converts an amount to whole millionths, so that sums are exact. */
const millionths = (amount: string): bigint => {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
};

/*
 * A month of a shop. A job sends messages to the customers on every working day at 10:00 in Kyiv. Customers join and leave,
 * some phones are off, and some customers reply. The balance runs out and is topped up, and a sub-account sends its own
 * messages. At the end all records of the gateway agree.
 */
it('all records of a shop agree to the last digit after a month', async () => {
  let offline = true;
  const gateway = createGateway({
    accounts: [
      {
        login: 'demo',
        password: 'demo',
        balance: '12.00',
        utcOffset: 2,
        push: { url: 'https://shop.example/hook?charset=utf-8', secret: 'key' },
      },
    ],
    deliver: () => Promise.resolve({ status: offline ? 503 : 200 }),
    pushRetriesMs: [hour, day],
  });
  const start = Date.UTC(2025, 11, 1, 6);
  let now = start;
  const at = (endpoint: string, params: Params): unknown =>
    api(gateway, endpoint, params, (now += 2 * minute));

  // Customers: three reachable phones, one that does not exist, one that is always off, and one in another country.
  const customers = [
    '380501111111',
    '380671111111',
    '380631111111',
    '380501020001',
    '380501000003',
    '48501111111',
  ];
  at('phones', { add_group: 1, name: 'customers', num: 10 });
  for (const [place, phone] of customers.entries())
    at('phones', { add: 1, phone, name: `customer ${place}`, grp: 3 });
  const { id: tpl } = at('templates', {
    add: 1,
    name: 'morning',
    msg: 'Доброго ранку! Сьогодні знижки https://shop.example/sale/today',
    sender: 'SHOP',
  }) as { id: number };
  const { id: job } = at('jobs', {
    add: 1,
    name: 'sale',
    phones: 'G10',
    tpl,
    tinyurl: 1,
    time: '0112251000',
    rpt: 3,
    valid: 12,
  }) as { id: number };
  at('users', { add: 1, user: 'clerk', password: 'x', type: 0 });

  /** Events on single days of the month. */
  const events: Readonly<Record<number, () => unknown>> = {
    // The webhook handler of the shop works again.
    1: () => (offline = false),
    // One customer leaves, another one is added to the black list.
    3: () => at('phones', { del: 1, phone: customers[5]! }),
    5: () => at('phones', { add_black: 1, phone: customers[2]!, type: 1 }),
    8: () => gateway.topUp('demo', '40.55', now),
    10: () => at('users', { pay: 1, user: 'clerk', sum: '2.5' }),
  };
  let yesterday = -1;
  for (const end = start + 31 * day; now < end; now += 6 * hour) {
    await gateway.settle(now);
    const today = Math.floor((now - start) / day);
    if (today !== yesterday) {
      events[today]?.();
      if (today > 10 && today <= 15)
        submit(gateway, { login: 'clerk', psw: 'x', phones: customers[0]!, mes: `Замовлення ${today}` }, now);
    }
    yesterday = today;
    const recent = gateway.messages('demo').filter(({ startsAt }) => now - startsAt < 6 * hour);
    for (const phone of customers.slice(0, 2))
      if (recent.some((message) => message.phone === phone))
        gateway.incoming({ from: phone, text: `дякую ${today}` }, now);
    const link = /http:\S+/.exec(recent[0]?.text ?? '')?.[0];
    if (link && today % 7 === 0) gateway.click(link, now, customers[0]);
  }
  at('jobs', { cancel: 1, id: job });
  await gateway.settle((now += day));

  // The job was sent on each of the 23 working days of December 2025.
  const sent = gateway.messages('demo');
  expect(at('jobs', { get: 1, id: job })).toMatchObject({ status: -2, runs: 23 });
  const mornings = [...new Set(sent.map(({ startsAt }) => startsAt))].map(
    (instant) => new Date(instant + 2 * hour),
  );
  expect(mornings.map((local) => local.toISOString().slice(11, 16))).toEqual(Array(23).fill('10:00'));
  expect(mornings.filter((local) => [0, 6].includes(local.getUTCDay()))).toEqual([]);

  // Every status is sent as a webhook. Webhooks that failed at first are delivered later.
  const state = (status: number): number =>
    sent.filter((message) => gateway.state(message, now).status === status).length;
  expect([state(1) > 0, state(3) > 0, state(4) > 0, state(20) > 0, state(23) > 0, state(24) > 0]).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
  ]);
  const last = new Map(
    gateway
      .pushes('demo')
      .filter(({ event }) => event === 'status')
      .map(({ fields }) => [`${fields['phone']} ${fields['ts']}`, fields['status']]),
  );
  for (const message of sent) {
    const { status, changedAt } = gateway.state(message, now);
    expect(last.get(`${message.phone} ${Math.floor(changedAt / 1000)}`)).toBe(String(status));
  }
  expect(gateway.pushes('demo').every(({ outcome }) => outcome === 'answered')).toBe(true);
  expect(gateway.pushes('demo').filter(({ attempts }) => attempts > 1).length).toBeGreaterThan(0);

  // Reads the received messages page by page.
  const received: unknown[] = [];
  for (let after = 0; ;) {
    const page = at('get', { get_answers: 1, cnt: 3, hour: 168, after_id: after });
    if (!Array.isArray(page)) break;
    received.push(...(page as unknown[]));
    after = (page as { id: number }[]).at(-1)!.id;
  }
  const recent = gateway
    .pushes('demo')
    .filter(({ event, at: instant }) => event === 'incoming' && now - instant < 168 * hour);
  expect([received.length > 0, received.length]).toEqual([true, recent.length]);

  // Reads the history page by page. It contains every message with its cost.
  const history: { id: number; cost: string; int_id: number }[] = [];
  for (let params: Params = {}; ;) {
    const page = at('get', { get_messages: 1, cnt: 25, start: '01.12.2025', end: '31.01.2026', ...params });
    if (!Array.isArray(page)) break;
    history.push(...(page as typeof history));
    params = { prev_id: history.at(-1)!.int_id };
  }
  expect(history.map(({ int_id }) => int_id)).toEqual(sent.map(({ serial }) => serial).reverse());

  // Returns the number of messages, the amount spent and the amount received, from the statistics of a period.
  const columns = (params: Params): readonly [count: number, spent: bigint, got: bigint] => {
    const rows = at('get', { get_stat: 1, ...params });
    const [row] = Array.isArray(rows) ? (rows as { cnt: number; credit: string; debit: string }[]) : [];
    return row ? [row.cnt, millionths(row.credit), millionths(row.debit)] : [0, 0n, 0n];
  };
  const [count, spent, got] = columns({ start: '01.12.2025', end: '31.01.2026' });
  const days = Array.from({ length: 40 }, (_, on) =>
    new Date(start + on * day).toISOString().slice(0, 10).split('-').reverse().join('.'),
  );
  const daily = days.map((date) => columns({ start: date, end: date }));
  expect([
    daily.reduce((sum, each) => sum + each[0], 0),
    daily.reduce((sum, each) => sum + each[1], 0n),
    daily.reduce((sum, each) => sum + each[2], 0n),
  ]).toEqual([count, spent, got]);
  const cost = history.reduce((sum, each) => sum + millionths(each.cost), 0n);
  expect(spent).toBe(cost + millionths('2.50'));
  expect(got).toBe(millionths('40.55'));
  expect(millionths(gateway.balance('demo')!)).toBe(millionths('12.00') + got - spent);
  expect(submit(gateway, { fmt: 1 }, (now += minute), to('balance'))).toBe(gateway.balance('demo'));
  expect(at('users', { get_stat: 1, reseller: 1 })).toEqual([
    { login: 'clerk', cnt: 5, credit: '1.925', debit: '2.50', currency: 'UAH' },
  ]);
  expect(gateway.balance('clerk')).toBe('0.575');
});
