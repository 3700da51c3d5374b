import { describe, expect, it } from 'vitest';
import { createGateway } from '../src/index.ts';
import { createExpiringMap } from '../src/state/sliding-windows.ts';
import { submit, errorOf, noon, request, to } from './submit.ts';

const good = { phones: '380501234567', mes: 'a', fmt: 1 };
const twice = '0,-9';

describe('identical sends', () => {
  it('are refused until a minute has passed', () => {
    const gateway = createGateway();
    expect(submit(gateway, good, noon)).toBe('1,1');
    expect(submit(gateway, good, noon)).toBe(twice);
    expect(submit(gateway, good, noon + 59_999)).toBe(twice);
    expect(submit(gateway, good, noon + 60_000)).toBe('2,1');
    expect(submit(gateway, good, noon + 119_999)).toBe(twice);
  });

  it('are recognized in any order and encoding', () => {
    const gateway = createGateway();
    expect(submit(gateway, good)).toBe('1,1');
    const url = '/sys/send.php?mes=a&fmt=1&phones=380501234567&psw=demo&charset=utf-8&login=demo';
    expect(submit(gateway, {}, noon, { method: 'GET', url, body: new Uint8Array() })).toBe(twice);
  });

  it('differ if any parameter differs', () => {
    const gateway = createGateway();
    for (const [at, extra] of [{}, { id: 5 }, { cost: 2 }, { mes: 'b' }, { 'no such': 1 }].entries()) {
      expect(submit(gateway, { ...good, ...extra }), String(at)).not.toBe(twice);
    }
  });

  it('differ if one value only looks like another parameter', () => {
    const gateway = createGateway();
    expect(submit(gateway, { ...good, za: 'x', zb: 'y' })).toBe('1,1');
    expect(submit(gateway, { ...good, za: 'x\u00002:zby' })).toBe('2,1');
    expect(submit(gateway, { ...good, za: 'x2:1:zby' })).toBe('3,1');
  });

  it('are identical only with the same files', () => {
    const gateway = createGateway();
    const contentType = 'multipart/form-data; boundary=XX';
    const url = '/sys/send.php?login=demo&psw=demo&phones=380501234567&call=1&fmt=1';
    const call = (name: string, content: string): string => {
      const body = Buffer.from(
        `--XX\r\nContent-Disposition: form-data; name="f"; filename="${name}"\r\n\r\n${content}\r\n--XX--`,
      );
      return submit(gateway, {}, noon, { url, contentType, body });
    };
    expect([call('a', 'bc'), call('ab', 'c'), call('a', 'bd'), call('a', 'bc')]).toEqual([
      '1,1',
      '2,1',
      '3,1',
      twice,
    ]);
  });

  it('get the error text of the gateway', () => {
    const gateway = createGateway();
    submit(gateway, { ...good, fmt: 0 });
    expect(submit(gateway, { ...good, fmt: 0 })).toBe('ERROR = 9 (duplicate request, wait a minute)');
  });

  it('count only if they were accepted', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', balance: '0.1' }] });
    expect([submit(gateway, good), submit(gateway, good)]).toEqual(['1,-3', '2,-3']);
  });

  it('of cost requests are refused from the sixth in a minute on', () => {
    const gateway = createGateway();
    const cost = { ...good, cost: 1 };
    for (let at = 0; at < 5; at++) expect(submit(gateway, cost, noon + at * 1000)).toBe('0.385,1');
    expect(submit(gateway, cost, noon + 59_999)).toBe(twice);
    expect(submit(gateway, cost, noon + 60_000)).toBe('0.385,1');
    expect(submit(gateway, cost, noon + 60_999)).toBe(twice);
    expect(submit(gateway, cost, noon + 61_000)).toBe('0.385,1');
  });
});

describe('concurrent requests', () => {
  const startRequests = (
    gateway: ReturnType<typeof createGateway>,
    count: number,
    connection?: (at: number) => number,
  ) =>
    Array.from({ length: count }, (_, at) =>
      gateway.receive(
        request({ ...good, mes: `text ${at}` }, connection ? { connection: connection(at) } : {}),
        noon,
      ),
    );
  const bodies = (pending: ReturnType<typeof startRequests>): string[] =>
    pending.map(({ reply }) => Buffer.from(reply.body).toString());

  it('are limited to fourteen from different connections', () => {
    const gateway = createGateway();
    const pending = startRequests(gateway, 16);
    expect(bodies(pending).map((body) => body === twice)).toEqual([...Array(14).fill(false), true, true]);
    expect(gateway.requests.inFlight).toBe(16);
    for (const { release } of pending) {
      release();
      release();
    }
    expect(gateway.requests.inFlight).toBe(0);
    expect(submit(gateway, good)).toBe('15,1');
    expect(gateway.requests.mostInFlight).toBe(16);
  });

  it('are not limited within one connection', () => {
    expect(bodies(startRequests(createGateway(), 20, () => 1))).not.toContain(twice);
    expect(bodies(startRequests(createGateway(), 15, (at) => at))).toContain(twice);
  });

  it('are counted by login', () => {
    const gateway = createGateway({
      accounts: [
        { login: 'demo', password: 'demo' },
        { login: 'two', password: 'two' },
      ],
    });
    startRequests(gateway, 20);
    expect(submit(gateway, { ...good, login: 'two', psw: 'two' })).toBe('1,1');
    expect(submit(gateway, { fmt: 0 }, noon, to('balance'))).toBe('ERROR = 9 (too many concurrent requests)');
  });
});

describe('more than fifty messages to one subscriber', () => {
  const send = (
    gateway: ReturnType<typeof createGateway>,
    at: number,
    instant: number,
    phones = '380501234567',
  ): string => submit(gateway, { ...good, phones, mes: `text ${at}`, op: 1 }, instant);

  it('with pauses under a minute are blocked until a longer pause', () => {
    const gateway = createGateway();
    let instant = noon;
    for (let at = 0; at < 50; at++) expect(send(gateway, at, (instant += 59_999))).toContain('-1');
    expect(send(gateway, 50, instant + 59_999)).toBe('51,-8');
    expect(send(gateway, 50, instant + 60_000)).toContain('-1');
  });

  it('with pauses of a minute are not blocked', () => {
    const gateway = createGateway();
    for (let at = 0; at < 60; at++) expect(send(gateway, at, noon + at * 60_000)).toContain('-1');
  });

  it('are neither sent nor charged, while messages to others are', () => {
    const gateway = createGateway();
    for (let at = 0; at < 50; at++) send(gateway, at, noon);
    const before = gateway.balance('demo');
    expect(send(gateway, 50, noon, '380501234567,380671234567')).toBe(
      '51,1\n380501234567,25501,,23,251\n380671234567,25503,0.385,-1,',
    );
    expect([before, gateway.balance('demo')]).toEqual(['980.75', '980.365']);
  });

  it('are also counted within one list', () => {
    const list = Array.from({ length: 52 }, (_, at) => `380501234567:text ${at}`).join('\n');
    expect(submit(createGateway(), { list, fmt: 1 })).toBe('1,50');
  });
});

describe('status and balance requests', () => {
  it('are limited to five a minute for the status of one message', () => {
    const gateway = createGateway();
    submit(gateway, { ...good, phones: '380501234567,380671234567' });
    const state = (phone: string, at: number): string =>
      submit(gateway, { phone, id: 1, fmt: 1 }, at, to('status'));
    for (let at = 0; at < 5; at++) expect(state('380501234567', noon)).toMatch(/^-1,/);
    expect(state('380501234567', noon + 59_999)).toBe(twice);
    expect(state('380671234567', noon)).toMatch(/^-1,/);
    expect(state('+380501234567', noon + 60_000)).toMatch(/^1,/);
  });

  it('are limited to ten a minute for the balance', () => {
    const gateway = createGateway();
    for (let at = 0; at < 10; at++) expect(submit(gateway, {}, noon, to('balance'))).toBe('1000.00');
    expect(submit(gateway, { fmt: 1 }, noon + 59_999, to('balance'))).toBe(twice);
    expect(submit(gateway, {}, noon + 60_000, to('balance'))).toBe('1000.00');
  });
});

describe('identical requests in a minute', () => {
  const phone = '380501234567';
  it.each([
    ['templates', { get: 1 }, 3],
    ['op_templates', { get: 1 }, 3],
    ['phones', { get_group: 1 }, 3],
    ['phones', { add_black: 1, phone }, 3],
    ['jobs', { get_all: 1 }, 1],
    ['senders', { get: 1 }, 3],
    ['get', { get_price: 1 }, 3],
    ['info', { get_operator: 1, phone }, 3],
    ['get_mnp', { date: '01.01.2025' }, 3],
    ['receive_phones', { get: 1 }, 2],
  ])('to %s %j are limited to %i', (endpoint, params, most) => {
    const gateway = createGateway();
    const isRefused = (at: number, more = {}): boolean =>
      errorOf(gateway, endpoint, { ...params, ...more }, at) === 9;
    expect(Array.from({ length: most + 1 }, () => isRefused(noon))).toEqual([
      ...Array<boolean>(most).fill(false),
      true,
    ]);
    expect([isRefused(noon, { another: 1 }), isRefused(noon + 59_999), isRefused(noon + 60_000)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('for operators are limited to a hundred in total', () => {
    const gateway = createGateway();
    const errors = Array.from({ length: 101 }, (_, at) =>
      errorOf(gateway, 'info', { get_operator: 1, phone: String(380501230000 + at) }),
    );
    expect([errors.filter((error) => error === 9).length, errors.at(-1)]).toEqual([1, 9]);
  });

  it('allow three new sub-accounts, three changes of one, five new sender names, and three calls from a number', () => {
    const gateway = createGateway();
    const errorsOf = (
      endpoint: string,
      params: (at: number) => Record<string, string | number>,
      count: number,
    ): unknown => Array.from({ length: count }, (_, at) => errorOf(gateway, endpoint, params(at)));
    expect(errorsOf('users', (at) => ({ add: 1, user: `user${at}`, password: 'x' }), 4)).toEqual([
      undefined,
      undefined,
      undefined,
      9,
    ]);
    expect(errorsOf('users', (at) => ({ chg: 1, user: 'user0', notes: at }), 4)).toEqual([
      undefined,
      undefined,
      undefined,
      9,
    ]);
    expect(errorsOf('users', () => ({ chg: 1, user: 'user1', notes: 1 }), 1)).toEqual([undefined]);
    expect(errorsOf('senders', (at) => ({ add: 1, sender: `NAME${at}` }), 6)).toEqual([
      ...Array<undefined>(5).fill(undefined),
      9,
    ]);
    expect(errorsOf('wait_call', () => ({ phone }), 4)).toEqual([undefined, undefined, undefined, 6]);
  });
});

describe('an expiring map', () => {
  it('keeps entries for their lifetime and drops them later', () => {
    const memory = createExpiringMap<number>(100);
    memory.set('a', 1, 0);
    memory.set('b', 2, 99);
    memory.set('c', 3, 150);
    expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([1, 2, 3]);
    memory.set('c', 4, 250);
    expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([undefined, undefined, 4]);
  });
});

it('the option limits: false turns off every limit', () => {
  const gateway = createGateway({ limits: false });
  for (let at = 0; at < 100; at++) expect(submit(gateway, good)).toBe(`${at + 1},1`);
});
