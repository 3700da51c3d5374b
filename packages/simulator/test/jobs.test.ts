import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../src/index.ts';
import { nextRun, readRecurrence } from '../src/params/recurrence.ts';
import { api, submit, errorOf, noon, type Params, to } from './submit.ts';

const hour = 3_600_000;
const day = 24 * hour;
const phone = '380501234567';
const other = '380671234567';

const jobs = (gateway: Gateway, params: Params, at = noon): unknown => api(gateway, 'jobs', params, at);
const add = (gateway: Gateway, params: Params = {}, at = noon): unknown =>
  jobs(gateway, { add: 1, name: 'm', phones: phone, mes: 'a', ...params }, at);
/** Returns the times of sending, in days from noon. */
const sentAt = (gateway: Gateway): readonly number[] =>
  gateway.messages().map(({ acceptedAt }) => (acceptedAt - noon) / day);

describe('a new job', () => {
  it('returns its id, and its cost if requested', () => {
    const responseTo = (params: Params): string =>
      submit(
        createGateway(),
        { add: 1, name: 'm', phones: `${phone},${other}`, mes: 'a', time: '2411251200', ...params },
        noon,
        to('jobs'),
      );
    expect([0, 1, 2, 3].map((fmt) => responseTo({ fmt }))).toEqual([
      'OK, ID - 1',
      '1',
      '<result>\n<id>1</id>\n</result>',
      '{\n"id": 1\n}',
    ]);
    expect([0, 1, 2, 3].map((fmt) => responseTo({ fmt, cost: 1 }))).toEqual([
      'OK, ID - 1, COST - 0.77',
      '1,0.77',
      '<result>\n<id>1</id>\n<cost>0.77</cost>\n</result>',
      '{\n"id": 1,\n"cost": "0.77"\n}',
    ]);
  });

  it('is sent and charged at once without a time', () => {
    const gateway = createGateway();
    expect(add(gateway)).toEqual({ id: 1 });
    expect(gateway.messages()).toMatchObject([{ id: '1', phone, cost: '0.385' }]);
    expect(gateway.balance('demo')).toBe('999.615');
  });

  it('is sent and charged when it is due, even without further requests', () => {
    const gateway = createGateway();
    add(gateway, { time: '2411251200' });
    gateway.advance(noon + day - 1);
    expect([gateway.messages().length, gateway.balance('demo'), gateway.next()]).toEqual([
      0,
      '1000.00',
      noon + day,
    ]);
    gateway.advance(noon + 2 * day);
    expect([sentAt(gateway), gateway.balance('demo'), gateway.next()]).toEqual([[1], '999.615', undefined]);
  });

  it('reads its time in its time zone', () => {
    const start = (params: Params): number => {
      const gateway = createGateway();
      add(gateway, { time: '2411251200', ...params });
      return (gateway.next()! - noon) / hour;
    };
    expect([start({}), start({ tz: -1 }), start({ tz: 2 })]).toEqual([24, 25, 22]);
  });

  it('goes to the members that its group has when it is sent', () => {
    const gateway = createGateway();
    add(gateway, { phones: 'G1', time: '2411251200' });
    api(gateway, 'phones', { add: 1, phone: other, name: 'late', grp: 1 });
    gateway.advance(noon + day);
    expect(gateway.messages().map((message) => message.phone)).toEqual([other]);
  });

  it('is paced by period and freq', () => {
    const gateway = createGateway();
    add(gateway, { phones: [phone, other].join(), period: 1, freq: 30, time: '2411251200' });
    gateway.advance(noon + day);
    expect(gateway.messages().map(({ startsAt }) => (startsAt - noon - day) / 60_000)).toEqual([0, 30]);
  });

  it('uses the text, sender and kind of a template, and accepts lists', () => {
    const gateway = createGateway();
    const template = api(gateway, 'templates', {
      add: 1,
      name: 't',
      msg: 'from a template',
      sender: 'SHOP',
      format: 'flash',
    }) as { id: number };
    expect(jobs(gateway, { add: 1, name: 'm', phones: phone, tpl: template.id })).toEqual({ id: 1 });
    expect(gateway.messages()).toMatchObject([{ text: 'from a template', sender: 'SHOP', kind: 'flash' }]);
    expect(errorOf(gateway, 'jobs', { add: 1, name: 'm', phones: phone, tpl: 9 })).toBe(3);
    jobs(gateway, { add: 1, name: 'm', list: `${phone}:one\n${other}:two` });
    expect(
      gateway
        .messages()
        .slice(1)
        .map(({ text }) => text),
    ).toEqual(['one', 'two']);
  });

  it('sends nothing without money: status 24', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', balance: '0.50' }] });
    add(gateway, { phones: `${phone},${other}` });
    expect(gateway.messages().map((message) => gateway.state(message, noon).status)).toEqual([24, 24]);
    expect(gateway.balance('demo')).toBe('0.50');
  });

  it('is refused if it is invalid', () => {
    const gateway = createGateway();
    const error = (params: Params): unknown =>
      errorOf(gateway, 'jobs', { add: 1, name: 'm', phones: phone, mes: 'a', ...params });
    expect([
      error({ name: '' }),
      error({ mes: '' }),
      error({ phones: '' }),
      error({ rpt: 8 }),
      error({ rptn: 10_001 }),
      error({ cost: 2 }),
      error({ period: 'x' }),
    ]).toEqual(Array(7).fill(1));
    expect([error({ time: '3102250000' }), error({ mes: 'casino' }), error({ phones: '12' })]).toEqual([
      5, 3, 3,
    ]);
    expect([
      errorOf(gateway, 'jobs', {}),
      errorOf(gateway, 'jobs', { get: 1 }),
      errorOf(gateway, 'jobs', { get: 1, id: 9 }),
      errorOf(gateway, 'jobs', { get_all: 1 }),
      errorOf(gateway, 'jobs', { get_all: 1, start: 'x' }),
    ]).toEqual([1, 1, 3, 3, 5]);
    expect(gateway.messages()).toEqual([]);
  });
});

describe('a job', () => {
  it('is listed', () => {
    const gateway = createGateway();
    add(gateway);
    add(gateway, { name: 'later', time: '2411251200' });
    const sent = {
      id: 1,
      name: 'm',
      status: 1,
      cnt: 1,
      cost: '0.385',
      runs: 1,
      create_date: '23.11.2025 12:00:00',
      send_date: '23.11.2025 12:00:00',
    };
    expect(jobs(gateway, { get: 1, id: 1 })).toEqual(sent);
    expect(jobs(gateway, { get_all: 1 })).toMatchObject([
      sent,
      { id: 2, name: 'later', status: -1, cnt: 0, cost: '0.00', send_date: '24.11.2025 12:00:00' },
    ]);
    expect(jobs(gateway, { get_all: 1, start: '23.11.2025', end: '23.11.2025' })).toHaveLength(2);
    expect(errorOf(gateway, 'jobs', { get_all: 1, start: '24.11.2025' })).toBe(3);
    expect(submit(gateway, { get_all: 1 }, noon + day, to('jobs')).split('\n')[0]).toMatch(
      /^id = 1, name = m, status = 1, /,
    );
  });

  it('with e-mails is found with mail=1 only', () => {
    const gateway = createGateway();
    add(gateway, { phones: 'a@example.org,b@example.org', mail: 1, subj: 'a', sender: 'c@example.org' });
    expect(gateway.messages()).toHaveLength(2);
    expect([
      errorOf(gateway, 'jobs', { get: 1, id: 1 }),
      jobs(gateway, { get: 1, id: 1, mail: 1 }),
    ]).toMatchObject([3, { id: 1, status: 1 }]);
  });

  it('is cancelled or deleted before it is sent', () => {
    const gateway = createGateway();
    for (const name of ['a', 'b']) add(gateway, { name, time: '2411251200' });
    expect(submit(gateway, { cancel: 1, id: 1, fmt: 2 }, noon, to('jobs'))).toBe('<result>OK</result>');
    expect([
      errorOf(gateway, 'jobs', { cancel: 1, id: 1, fmt: 3 }),
      jobs(gateway, { get: 1, id: 1 }),
      jobs(gateway, { del: 1, id: 2 }),
    ]).toMatchObject([3, { status: -2 }, { result: 'OK' }]);
    gateway.advance(noon + 2 * day);
    expect([
      gateway.messages(),
      errorOf(gateway, 'jobs', { get: 1, id: 2 }),
      errorOf(gateway, 'jobs', { cancel: 1, id: 2 }),
    ]).toEqual([[], 3, 3]);
  });
});

describe('a repeated job', () => {
  /** Returns the days of the runs, counted from the first run on Sunday, 23 November 2025. */
  const days = (params: Params, until: number): readonly number[] => {
    const gateway = createGateway();
    add(gateway, params);
    gateway.advance(noon + until * day);
    return sentAt(gateway);
  };

  it.each([
    ['hourly', { rpt: 1, rptn: 3 }, 1, [0, 1 / 24, 2 / 24, 3 / 24]],
    ['daily', { rpt: 2 }, 3, [0, 1, 2, 3]],
    ['on working days', { rpt: 3 }, 9, [0, 1, 2, 3, 4, 5, 8, 9]],
    ['on weekends', { rpt: 4 }, 14, [0, 6, 7, 13, 14]],
    ['weekly', { rpt: 5 }, 15, [0, 7, 14]],
    ['monthly', { rpt: 6 }, 70, [0, 30, 61]],
    ['yearly', { rpt: 7 }, 800, [0, 365, 730]],
    ['never', { rpt: 0 }, 800, [0]],
  ])('is sent %s', (_, params, until, expected) => {
    expect(days(params, until)).toEqual(expected);
  });

  it('ends after its maximum number of repetitions, or when it is cancelled', () => {
    expect(days({ rpt: 2, rptn: 2 }, 30)).toEqual([0, 1, 2]);
    const gateway = createGateway();
    add(gateway, { rpt: 2 });
    gateway.advance(noon + 2 * day);
    jobs(gateway, { cancel: 1, id: 1 }, noon + 2 * day);
    gateway.advance(noon + 9 * day);
    expect(sentAt(gateway)).toEqual([0, 1, 2]);
  });

  it('follows the calendar of its time zone', () => {
    // Friday 23:30 in Moscow is Saturday 08:30 in Kamchatka, nine hours ahead.
    const friday = Date.UTC(2025, 10, 28, 20, 30);
    const run = (zone: number): number =>
      (nextRun('working days', { first: friday, last: friday, times: 1, zone }) - friday) / day;
    expect([run(3), run(12)]).toEqual([3, 2]);
  });

  it('for the 31st is sent on the last day of shorter months, and then on the 31st again', () => {
    const first = Date.UTC(2025, 0, 31, 9);
    const dates = [1, 2, 3].map((times) =>
      new Date(nextRun('monthly', { first, last: first, times, zone: 3 })).toISOString(),
    );
    expect(dates).toEqual([
      '2025-02-28T09:00:00.000Z',
      '2025-03-31T09:00:00.000Z',
      '2025-04-30T09:00:00.000Z',
    ]);
  });

  it('always has a next run, at the same time of day unless it is hourly', () => {
    const instants = fc.integer({ min: Date.UTC(2000), max: Date.UTC(2100) });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        instants,
        fc.integer({ min: -12, max: 14 }),
        (rpt, first, zone) => {
          const repeat = readRecurrence(String(rpt)) as 'daily';
          const next = nextRun(repeat, { first, last: first, times: 1, zone });
          expect(next).toBeGreaterThan(first);
          expect((next - first) % day).toBe(0);
        },
      ),
    );
  });
});
