import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../src/index.ts';
import { api, submit, errorOf, noon, type Params, to } from './submit.ts';

const users = (gateway: Gateway, params: Params, at = noon): unknown => api(gateway, 'users', params, at);
const sub = { login: 'shop', psw: 'secret' };
const send = (gateway: Gateway, params: Params = {}): string =>
  submit(gateway, { ...sub, phones: '380501234567', mes: 'a', fmt: 1, ...params });

const withSub = (params: Params = {}): Gateway => {
  const gateway = createGateway({ tariffs: { 5: { sms: { '380': '0.50' } } } });
  users(gateway, { add: 1, user: 'shop', password: 'secret', ...params });
  return gateway;
};

describe('a sub-account', () => {
  it('logs in with its own password, and has no money until it gets some', () => {
    const gateway = withSub();
    expect(send(gateway)).toBe('1,-3');
    expect(users(gateway, { pay: 1, user: 'shop', sum: '10.5' })).toEqual({ balance: '10.50' });
    expect([send(gateway), gateway.balance('shop'), gateway.balance('demo')]).toEqual([
      '2,1',
      '10.115',
      '989.50',
    ]);
  });

  it('returns money, and never gets more than there is', () => {
    const gateway = withSub();
    users(gateway, { pay: 1, user: 'shop', sum: '10' });
    expect(users(gateway, { pay: 1, user: 'shop', sum: '-4.5' })).toEqual({ balance: '5.50' });
    expect([
      errorOf(gateway, 'users', { pay: 1, user: 'shop', sum: '-6' }),
      errorOf(gateway, 'users', { pay: 1, user: 'shop', sum: '1000' }),
    ]).toEqual([10, 10]);
    expect([gateway.balance('shop'), gateway.balance('demo')]).toEqual(['5.50', '994.50']);
  });

  it.each([
    ['own tariff and balance', { type: 0, tariff: 5 }, ['9.50', '990.00']],
    ['main tariff, own balance', { type: 1, tariff: 5 }, ['9.615', '990.00']],
    ['main tariff and balance', { type: 2, tariff: 5 }, ['999.615', '999.615']],
    ['own tariff, main balance', { type: 3, tariff: 5 }, ['999.50', '999.50']],
  ])('may have %s', (_, params, balances) => {
    const gateway = withSub(params);
    expect(errorOf(gateway, 'users', { pay: 1, user: 'shop', sum: '10' })).toBe(
      params.type > 1 ? 7 : undefined,
    );
    expect(send(gateway)).toBe('1,1');
    expect([gateway.balance('shop'), gateway.balance('demo')]).toEqual(balances);
  });

  it('may be a further login of the main account', () => {
    const gateway = withSub({ type: 4 });
    expect(send(gateway)).toBe('1,1');
    expect(gateway.messages('demo')).toHaveLength(1);
  });

  it('is changed: login, password, sender, test mode', () => {
    const gateway = withSub({ type: 2 });
    expect(
      submit(
        gateway,
        {
          chg: 1,
          user: 'shop',
          new_login: 'store',
          password: 'new',
          pswc: 'secret',
          sender: 'STORE',
          'fl2[27]': 1,
        },
        noon,
        to('users'),
      ),
    ).toBe('OK');
    expect([
      send(gateway),
      send(gateway, { login: 'store' }),
      send(gateway, { login: 'store', psw: 'new' }),
    ]).toEqual(['0,-2', '0,-2', '1,1']);
    expect([gateway.messages('store')[0]!.sender, gateway.balance('store')]).toEqual(['STORE', '1000.00']);
  });

  it('may create a job for another day when its daily limit is reached', () => {
    const gateway = withSub({ type: 2, dlim: 1 });
    expect([send(gateway), send(gateway, { mes: 'b' })]).toEqual(['1,1', '2,-8']);
    expect(
      api(gateway, 'jobs', { ...sub, add: 1, name: 'm', phones: '380501234567', mes: 'a', time: '+1440' }),
    ).toEqual({ id: 3 });
    gateway.advance(noon + 2 * 86_400_000);
    expect(gateway.messages('shop').map(({ refused }) => refused)).toEqual([false, false]);
  });

  it('is restricted by its settings', () => {
    const gateway = withSub({ type: 2, fmts: '380,-38067', dlim: 2 });
    expect(send(gateway, { phones: '380671234567,79161234567,380501234567', op: 1 })).toBe(
      '1,1\n380671234567,25503,,23,250\n79161234567,25001,,23,250\n380501234567,25501,0.385,-1,',
    );
    expect(send(gateway, { phones: '380501234560,380501234561', op: 1 })).toBe(
      '2,1\n380501234560,25501,0.385,-1,\n380501234561,25501,,23,247',
    );
    users(gateway, { chg: 1, user: 'shop', dlim: 0 });
    expect(send(gateway, { phones: 'a@example.org', mail: 1, subj: 'a', sender: 'b@example.org' })).toBe(
      '3,1',
    );
    users(gateway, { chg: 1, user: 'shop', 'fl[6]': 1 });
    expect(errorOf(gateway, 'jobs', { ...sub, add: 1, name: 'm', phones: '380501234567', mes: 'a' })).toBe(3);
    users(gateway, { chg: 1, user: 'shop', 'fl2[10]': 1 });
    expect(send(gateway)).toBe('0,-2');
  });

  it('is refused if it is invalid', () => {
    const gateway = withSub();
    const wrong: readonly Params[] = [
      {},
      { add: 1 },
      { add: 1, user: 'x' },
      { add: 1, user: 'a b', password: 'x' },
      { add: 1, user: 'x', password: 'x', type: 5 },
      { add: 1, user: 'x', password: 'x', tz: 25 },
      { pay: 1, user: 'shop', sum: 'x' },
      { pay: 1, sum: 1 },
      { chg: 1 },
      { chg: 1, user: 'shop', new_login: 'a b' },
      { chg: 1, user: 'shop', url: 'ftp://x' },
      { get_stat: 1, start: 'x' },
    ];
    expect(wrong.map((params) => errorOf(gateway, 'users', params))).toEqual(wrong.map(() => 1));
    const error = (params: Params): unknown => errorOf(gateway, 'users', params, noon + 60_000);
    expect([
      error({ add: 1, user: 'demo', password: 'x' }),
      error({ chg: 1, user: 'demo' }),
      error({ pay: 1, user: 'nobody', sum: 1 }),
      error({ get_stat: 1, user: 'nobody' }),
    ]).toEqual([8, 6, 6, 6]);
    expect([
      error({ chg: 1, user: 'shop', pswc: 'wrong' }),
      error({ chg: 1, user: 'shop', new_login: 'demo' }),
      error({ get_stat: 1 }),
    ]).toEqual([5, 8, 3]);
  });

  it('is not visible to other accounts', () => {
    const gateway = createGateway({
      accounts: [
        { login: 'demo', password: 'demo' },
        { login: 'two', password: 'two' },
      ],
    });
    users(gateway, { add: 1, user: 'shop', password: 'secret' });
    expect(errorOf(gateway, 'users', { login: 'two', psw: 'two', pay: 1, user: 'shop', sum: 1 })).toBe(6);
  });
});

describe('statistics of sub-accounts', () => {
  it('agree with the balances, both own and shared ones', () => {
    const gateway = createGateway();
    for (const [user, type] of [
      ['own', 0],
      ['sharing', 2],
    ] as const)
      users(gateway, { add: 1, user, password: 'x', type });
    users(gateway, { pay: 1, user: 'own', sum: 10 });
    for (const login of ['own', 'sharing'])
      send(gateway, { login, psw: 'x', phones: '380501234567,380671234567' });
    const row = (login: string, debit: string): unknown => ({
      login,
      cnt: 2,
      credit: '0.77',
      debit,
      currency: 'UAH',
    });
    expect(users(gateway, { get_stat: 1, reseller: 1 })).toEqual([row('own', '10.00')]);
    expect(users(gateway, { get_stat: 1 })).toEqual([row('sharing', '0.00')]);
    expect(users(gateway, { get_stat: 1, user: 'own' })).toEqual([row('own', '10.00')]);
    expect(users(gateway, { get_stat_all: 1, user_id: 2 })).toEqual([
      { ...(row('sharing', '0.00') as object), date: '23.11.2025' },
    ]);
    expect([
      errorOf(gateway, 'users', { get_stat: 1, reseller: 1, user: 'sharing' }),
      errorOf(gateway, 'users', { get_stat: 1, balance2: 1 }),
      errorOf(gateway, 'users', { get_stat: 1, end: '22.11.2025' }),
    ]).toEqual([7, 3, 3]);
    // Balance of the wallet: 1000, minus 10 transferred, minus 0.77 spent by the sub-account that shares the wallet.
    expect(api(gateway, 'get', { get_stat: 1, start: '23.11.2025', end: '23.11.2025' })).toEqual([
      { login: 'demo', cnt: 0, credit: '10.00', debit: '0.00', currency: 'UAH' },
      row('sharing', '0.00'),
    ]);
    expect([gateway.balance('demo'), gateway.balance('own')]).toEqual(['989.23', '9.23']);
  });
});

describe('documents', () => {
  it('are invoices and certificates of completion, as files', () => {
    const gateway = withSub();
    const file = (params: Params): { readonly type: string; readonly text: string } => {
      const { contentType, body } = gateway.handle(
        {
          method: 'GET',
          url: `/sys/documents.php?login=demo&psw=demo&fmt=3&${new URLSearchParams(params as Record<string, string>).toString()}`,
          body: new Uint8Array(),
        },
        noon,
      );
      return { type: contentType, text: Buffer.from(body).toString() };
    };
    const { id } = api(gateway, 'documents', { add_account: 1, user: 'shop', sum: '100.5' }) as {
      id: number;
    };
    expect(file({ get_account: '1', user: 'shop', id: String(id) })).toEqual({
      type: 'application/octet-stream',
      text: `Invoice ${id}\nshop\n100.50 UAH\n`,
    });
    expect(file({ get_act: '1', user_id: '1', num: String(id) }).text).toBe(`Act ${id}\nshop\n100.50 UAH\n`);
    const error = (params: Params): unknown => errorOf(gateway, 'documents', params);
    expect([
      error({}),
      error({ add_account: 1, sum: 1 }),
      error({ add_account: 1, user: 'shop', sum: 0 }),
      error({ get_account: 1, user: 'shop' }),
    ]).toEqual([1, 1, 1, 1]);
    expect([
      error({ get_account: 1, user: 'shop', id: 9 }),
      error({ get_act: 1, user: 'nobody', id: 9 }),
    ]).toEqual([1, 1]);
  });
});
