import { createHash } from 'node:crypto';
import type { InputError } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import {
  type AccountOptions,
  createGateway,
  type Gateway,
  gatewayTransport,
  startGateway,
} from '../src/index.ts';
import { submit, submitForJson, noon, type Params, request } from './submit.ts';

const good = { phones: '380501234567', mes: 'a' };
const code = (params: Params, gateway: Gateway = createGateway()): unknown =>
  submitForJson(gateway, params)['error_code'];
/** Returns true if a request with these parameters gets error 1. */
const isRefused = (params: Params): boolean => code({ ...good, ...params }) === 1;

describe('error 1', () => {
  it('reports missing parameters', () => {
    expect(code({ phones: '380501234567' })).toBe(1);
    expect(code({ mes: 'a' })).toBe(1);
    expect(code({ ...good, psw: '' })).toBe(1);
    expect(code({ ...good, login: '' })).toBe(1);
  });

  const outside: readonly Params[] = [
    { id: 'a b' },
    { id: 'x'.repeat(41) },
    { id: 'ж' },
    { sender: 'x'.repeat(12) },
    { sender: '1'.repeat(16) },
    { sender: 'Київ' },
    { translit: 3 },
    { tinyurl: 2 },
    { flash: 2 },
    { bin: 3 },
    { push: 'x' },
    { hlr: -1 },
    { ping: 7 },
    { mms: 'yes' },
    { mail: 2 },
    { soc: 2 },
    { viber: 2 },
    { whatsapp: 2 },
    { tg: 2 },
    { call: 2 },
    { nl: 2 },
    { err: 2 },
    { op: 2 },
    { cost: 4 },
    { tz: 'x' },
    { tz: 12 },
    { tz: -16 },
    { period: 0 },
    { period: 721 },
    { period: 'x' },
    { period: 1, freq: 0 },
    { period: 1, freq: 1441 },
    { bot: 'shop' },
    { bot: 'wa:x' },
    { smsreq: 9 },
    { smsreq: 1000 },
    { fileurl: 'ftp://example.org/a' },
    { fileurl: 'a' },
    { call: 1, voice: 'm5' },
    { call: 1, voice: 'w, french' },
    { valid: 0 },
    { valid: 25 },
    { valid: '00:00' },
    { valid: '24:01' },
    { valid: '12:60' },
    { maxsms: 'x' },
    { maxsms: 256 },
    { imgcode: 'ab12' },
    { imgcode: 'ab12', userip: '1.2.3' },
    { userip: 'host' },
    { pp: 0 },
    { pp: 'x' },
    { fmt: 4 },
    { charset: 'latin1' },
    { mes: 'x'.repeat(1001) },
    { flash: 1, hlr: 1 },
    { call: 1, viber: 1 },
    { mail: 1 },
    { push: 1 },
    { bin: 2 },
    { bin: 1, mes: '' },
    { mms: 1, mes: '' },
  ];
  it.each(outside)('reports a value outside its range: %j', (params) => {
    // An invalid `fmt` is reported in the default format.
    const body = submit(createGateway(), { ...good, fmt: 1, ...params });
    expect(body).toBe('fmt' in params ? 'ERROR = 1 (parameters error)' : '0,-1');
  });

  const inside: readonly Params[] = [
    { id: 1 },
    { id: 2147483647 },
    { id: 'x'.repeat(40) },
    { id: '.-_' },
    { sender: 'x'.repeat(11) },
    { sender: '1'.repeat(15) },
    { sender: '.' },
    { sender: '' },
    { tz: -1 },
    { tz: 9 },
    { tz: 0 },
    { period: 0.1, freq: 1 },
    { period: 720, freq: 1440 },
    { freq: 9999 },
    { smsreq: 10 },
    { smsreq: 999 },
    { valid: 1 },
    { valid: 24 },
    { valid: '00:01' },
    { valid: '24:00' },
    { maxsms: 1 },
    { imgcode: 'ab12', userip: '10.0.0.1' },
    { userip: '::1' },
    { pp: 7 },
    { voice: 'm, en' },
    { voice: 'w4' },
    { mes: 'x'.repeat(1000) },
    { fileurl: 'https://example.org/a' },
    { param: 'nonsense' },
    { hlr: 1, mes: 'x'.repeat(1001) },
    { whatsapp: 1, bot: 'wa:380440000000' },
    { 'no such': 'parameter' },
  ];
  it.each(inside)('accepts a value inside its range: %j', (params) => {
    expect(isRefused(params)).toBe(false);
  });
});

describe('error 2', () => {
  it('reports a wrong login, password or API key', () => {
    expect(code({ ...good, psw: 'x' })).toBe(2);
    expect(code({ ...good, login: 'x' })).toBe(2);
    expect(code({ ...good, login: '__proto__' })).toBe(2);
    expect(code({ ...good, apikey: 'x' })).toBe(2);
  });

  it('reports a client address that is not allowed', () => {
    const gateway = createGateway({
      accounts: [{ login: 'demo', password: 'demo', allowedAddresses: ['10.0.0.1'] }],
    });
    expect(submit(gateway, { ...good, fmt: 1 }, noon, { address: '10.0.0.2' })).toBe('0,-2');
    expect(submit(gateway, { ...good, fmt: 1 }, noon, { address: '10.0.0.1' })).toBe('1,1');
  });

  it('does not occur for the MD5 of the password, an API key alone, or one with its login', () => {
    const gateway = createGateway({
      accounts: [
        { login: 'demo', password: 'demo', apiKey: 'k' },
        { login: 'two', apiKey: 'l' },
      ],
    });
    const md5 = createHash('md5').update('demo').digest('hex');
    expect(code({ ...good, psw: md5 }, gateway)).toBeUndefined();
    expect(code({ ...good, psw: md5.toUpperCase() }, gateway)).toBe(2);
    expect(code({ ...good, login: '', psw: '', apikey: 'k', mes: 'b' }, gateway)).toBeUndefined();
    expect(code({ ...good, psw: '', apikey: 'k', mes: 'c' }, gateway)).toBeUndefined();
    expect(code({ ...good, psw: '', apikey: 'l' }, gateway)).toBe(2);
    expect(code({ ...good, login: 'two', psw: 'x' }, gateway)).toBe(2);
  });
});

describe('error 3', () => {
  it('reports a cost above the balance, to the last thousandth', () => {
    const of = (balance: string, credit?: string): Gateway =>
      createGateway({ accounts: [{ login: 'demo', password: 'demo', balance, credit }] });
    expect(submit(of('0.384'), { ...good, fmt: 1 })).toBe('1,-3');
    expect(submit(of('0.385'), { ...good, fmt: 1, cost: 3 })).toBe('1,1,0.385,0.00');
    expect(submit(of('0', '0.385'), { ...good, fmt: 1, cost: 3 })).toBe('1,1,0.385,-0.385');
  });

  it('does not occur for cost requests', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', balance: '0' }] });
    expect(submit(gateway, { ...good, cost: 1 })).toBe('0.385 (1 SMS)');
  });
});

describe('error 4', () => {
  it('blocks a client address for five minutes after ten faulty requests in a minute', () => {
    const gateway = createGateway();
    const from = { address: '10.0.0.9' };
    for (let at = 0; at < 10; at++)
      expect(submit(gateway, { ...good, psw: 'x', fmt: 1 }, noon + at, from)).toBe('0,-2');
    expect(submit(gateway, { ...good, fmt: 1 }, noon + 10, from)).toBe('0,-4');
    expect(submit(gateway, { ...good, fmt: 1 }, noon + 10, { address: '10.0.0.8' })).toBe('1,1');
    expect(submit(gateway, { ...good, mes: 'b', fmt: 1 }, noon + 9 + 299_999, from)).toBe('0,-4');
    expect(submit(gateway, { ...good, mes: 'b', fmt: 1 }, noon + 9 + 300_000, from)).toBe('2,1');
  });

  it('does not count errors that are not caused by the form of the request', () => {
    const gateway = createGateway();
    for (let at = 0; at < 20; at++)
      expect(submit(gateway, { ...good, phones: '1', fmt: 1 }, noon, { address: 'a' })).toBe(`${at + 1},-7`);
  });
});

describe('error 5', () => {
  it.each([
    'x',
    '3102250000',
    '3104250000',
    '0113250000',
    '0101252400',
    '0101250060',
    '31.02.25 10:00',
    '22-9',
    '9-9',
    '9-25',
    '+x',
    '+',
    ' 5',
    '123',
  ])('reports an invalid time: %s', (time) => {
    expect(code({ ...good, time })).toBe(5);
  });
});

describe('error 6', () => {
  it('reports a stop word in any case, but not in the comment', () => {
    expect(submit(createGateway(), { ...good, mes: 'the CASINO is', fmt: 1 })).toBe('1,-6');
    expect(submit(createGateway(), { ...good, mes: 'hi\n~~~\ncasino', fmt: 1 })).toBe('1,1');
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', stopWords: ['ї'] }] });
    expect(submit(gateway, { ...good, mes: 'Ї', id: 'x', fmt: 1 })).toBe('x,-6');
  });

  it('reports a sender that is not registered', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', senders: ['Shop'] }] });
    expect(submit(gateway, { ...good, sender: 'Other', fmt: 1 })).toBe('1,-6');
    expect(submit(gateway, { ...good, sender: 'Shop', fmt: 1 })).toBe('2,1');
    expect(submit(gateway, { ...good, sender: '.', fmt: 1 })).toBe('3,1');
    expect(submit(gateway, { ...good, fmt: 1 })).toBe('4,1');
    expect(submit(gateway, { list: 'Other|380501234567:a', fmt: 1 })).toBe('5,-6');
  });
});

describe('errors 7 and 8', () => {
  it('report (7) that no number is valid, or a group does not exist', () => {
    expect(submit(createGateway(), { ...good, phones: 'abc,+12', fmt: 1 })).toBe('1,-7');
    expect(submit(createGateway(), { ...good, phones: 'G5', fmt: 1 })).toBe('1,-7');
  });

  it('report (8) that a number or kind has no price', () => {
    expect(submit(createGateway(), { ...good, phones: '999501234567', fmt: 1 })).toBe('1,-8');
    const gateway = createGateway({ prices: { sms: { '380': '1' } } });
    expect(submit(gateway, { ...good, viber: 1, fmt: 1 })).toBe('1,-8');
  });

  it('do not occur for some recipients among others, which are listed and not charged', () => {
    const body = submit(createGateway(), {
      ...good,
      phones: '380501234567;999501234567;7',
      cost: 2,
      err: 1,
      fmt: 1,
    });
    expect(body).toBe('1,1,0.385\n999501234567,,,25,248\n7,,,22,249');
  });
});

describe('each error', () => {
  it('contains an id if it is 3, 6, 7 or 8, and none if it is 1, 2, 4, 5 or 9', () => {
    const gateway = createGateway({
      accounts: [{ login: 'demo', password: 'demo', balance: '0.385' }],
      limits: { errors: 3 },
    });
    const errorAndId = (params: Params): unknown => {
      const { error_code: error, id } = submitForJson(gateway, { ...good, id: 'x', ...params }, noon, {
        address: '10.0.0.1',
      });
      return [error, id];
    };
    const requests: readonly Params[] = [
      {},
      {},
      { mes: 'b' },
      { mes: 'casino' },
      { phones: '12' },
      { phones: '999501234567' },
      { mes: '' },
      { psw: 'x' },
      { time: 'x' },
      {},
    ];
    expect(requests.map(errorAndId)).toEqual([
      [undefined, 'x'],
      [9, undefined],
      [3, 'x'],
      [6, 'x'],
      [7, 'x'],
      [8, 'x'],
      [1, undefined],
      [2, undefined],
      [5, undefined],
      [4, undefined],
    ]);
  });
});

describe('accounts', () => {
  it('are refused if their credentials are missing or not unique', () => {
    const open =
      (...accounts: readonly AccountOptions[]) =>
      (): Gateway =>
        createGateway({ accounts });
    expect(open({ login: 'a' })).toThrow('needs a password or an apiKey');
    expect(open({ login: 'a', password: 'x' }, { login: 'a', apiKey: 'k' })).toThrow(
      'two accounts have the login «a»',
    );
    expect(open({ login: 'a', apiKey: 'k' }, { login: 'b', apiKey: 'k' })).toThrow(
      '«b» has the same apiKey as another account',
    );
    expect(open({ login: 'a', password: 'x', balance: '1,5' })).toThrow(RangeError);
    expect(() => createGateway({ prices: { sms: { '7': '-1' } } })).toThrow(RangeError);
  });
});

describe('options', () => {
  /** Passes any value as options to a function. Returns the problems that the function reports. */
  const problemsOf = async (
    of: (options: never) => unknown,
    options: unknown,
  ): Promise<readonly string[]> => {
    try {
      await of(options as never);
    } catch (error) {
      return (error as InputError).issues.map(({ path, message }) => `${path} ${message.split(',')[0]}`);
    }
    return [];
  };

  it('are all reported if they are unknown or invalid', async () => {
    expect(
      await problemsOf(createGateway, {
        account: [],
        limits: { send: 1, costs: -1 },
        delivery: { toHandset: 0 },
        keepMessages: '5',
        deliver: true,
      }),
    ).toEqual([
      'account is unknown; did you mean `accounts`?',
      'delivery.toHandset is unknown; did you mean `toHandsetMs`?',
      'limits.send is unknown; did you mean `sends`?',
      'limits.costs expected a non-negative number',
      'deliver expected a function',
      'keepMessages expected a non-negative number',
    ]);
    expect(
      await problemsOf(createGateway, {
        accounts: [
          { login: 'a', psw: 'x' },
          { apiKey: 'k', balance: 10, push: { adress: 'x' } },
        ],
      }),
    ).toEqual([
      'accounts[0].psw is unknown; did you mean `password`?',
      'accounts[1].login expected text',
      'accounts[1].balance expected an amount as text',
      'accounts[1].push.adress is unknown; valid names: url',
    ]);
    expect(
      await problemsOf(startGateway, { prot: 8025, port: '8025', latencyMs: -1, prices: undefined }),
    ).toEqual([
      'prot is unknown; did you mean `port`?',
      'port expected a whole number from 0 to 65535',
      'latencyMs expected a whole number from 0 to 2147483647',
    ]);
    expect(await problemsOf(startGateway, 8025)).toHaveLength(1);
    expect(await problemsOf((options: never) => gatewayTransport(createGateway(), options), {})).toEqual([
      'now expected a function',
    ]);
  });
});

describe('a request with the names of prototype members', () => {
  it('gets the same response as any other', () => {
    const gateway = createGateway();
    expect(submit(gateway, { ...good, ['__proto__']: 'x', constructor: 'y', fmt: 1 })).toBe('1,1');
    const body = Buffer.from('{"__proto__":{"login":"demo"},"login":"__proto__","psw":"demo"}');
    const reply = gateway.handle(
      { ...request({}), url: '/rest/send/', contentType: 'application/json', body },
      noon,
    );
    expect(Buffer.from(reply.body).toString()).toContain('"error_code": 1');
  });
});
