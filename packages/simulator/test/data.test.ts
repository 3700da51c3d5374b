import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, type GatewayReply } from '../src/index.ts';
import { api, submit, errorOf, noon, type Params, request, to } from './submit.ts';

const hour = 3_600_000;
const day = 24 * hour;
const phone = '380671234567';

const get = (gateway: Gateway, params: Params, at = noon): unknown => api(gateway, 'get', params, at);
const file = (gateway: Gateway, endpoint: string, params: Params): GatewayReply =>
  gateway.handle(request({ fmt: 3, ...params }, to(endpoint)), noon);

describe('the history', () => {
  const sent = (count: number): Gateway => {
    const gateway = createGateway();
    for (let at = 1; at <= count; at++)
      submit(gateway, { phones: phone, mes: `text ${at}`, id: 100 + at }, noon + at * hour);
    return gateway;
  };
  const ids = (gateway: Gateway, params: Params, at = noon + day): readonly number[] =>
    (get(gateway, { get_messages: 1, ...params }, at) as { id: number }[]).map(({ id }) => id);

  it('has the recorded sentence and JSON members', () => {
    const gateway = createGateway();
    submit(gateway, { phones: phone, mes: 'Привіт\n~~~\nnote', sender: 'NAME' });
    const line = submit(gateway, { get_messages: 1 }, noon + day, to('get'));
    expect(line).toBe(
      'Status = 1, check_time = 23.11.2025 12:00:05, send_date = 23.11.2025 12:00:00, phone = 380671234567, mccmnc = 25503, country = Украина, operator = Kyivstar, ' +
        'region = , cost = 0.385, sender_id = NAME, status_name = Доставлено, message = Привіт, comment = note, type = 0, ID = 1, int_id = 1, sms_cnt = 1, format = 0, crc = 710749765',
    );
    expect(get(gateway, { get_messages: 1 }, noon + day)).toEqual([
      {
        status: 1,
        last_date: '23.11.2025 12:00:05',
        last_timestamp: noon / 1000 + 5,
        flag: 0,
        send_date: '23.11.2025 12:00:00',
        send_timestamp: noon / 1000,
        phone,
        cost: '0.385',
        sender_id: 'NAME',
        status_name: 'Доставлено',
        message: 'Привіт',
        comment: 'note',
        mccmnc: '25503',
        country: 'Украина',
        operator: 'Kyivstar',
        region: '',
        type: 0,
        sms_cnt: 1,
        id: 1,
        int_id: 1,
        format: 0,
        crc: 710749765,
      },
    ]);
    expect(submit(gateway, { get_messages: 1, fmt: 2 }, noon + day, to('get'))).toMatch(
      /^<results>\n<result>\n<status>1<\/status>\n[^]*<\/result>\n<\/results>$/,
    );
  });

  it('is paged backwards by int_id', () => {
    const gateway = sent(5);
    expect([
      ids(gateway, { cnt: 2 }),
      ids(gateway, { cnt: 2, prev_id: 4 }),
      ids(gateway, { cnt: 2, prev_id: 2 }),
    ]).toEqual([[105, 104], [103, 102], [101]]);
    expect(errorOf(gateway, 'get', { get_messages: 1, prev_id: 1 })).toBe(3);
  });

  it('is filtered by days, numbers and format', () => {
    const gateway = sent(2);
    submit(gateway, { phones: '380501234567', mes: 'other day' }, noon + day);
    submit(
      gateway,
      { phones: 'a@example.org', mes: 'letter', subj: 'a', sender: 'b@example.org', mail: 1, id: 7 },
      noon + day,
    );
    const now = noon + 2 * day;
    expect([
      ids(gateway, { start: '24.11.2025' }, now),
      ids(gateway, { end: '23.11.2025' }, now),
      ids(gateway, { phone: '+380501234567,1' }, now),
      ids(gateway, { format: 8 }, now),
      ids(gateway, { format: 8, email: 'a@example.org' }, now),
    ]).toEqual([[1], [102, 101], [1], [7], [7]]);
    const error = (params: Params): unknown => errorOf(gateway, 'get', { get_messages: 1, ...params });
    expect([
      error({ cnt: 0 }),
      error({ cnt: 1001 }),
      error({ format: 1 }),
      error({ prev_id: 'x' }),
      error({ start: '31.02.2025' }),
      error({ start: '02.01.2025', end: '01.01.2025' }),
      error({ start: '01.01.2025', end: '01.08.2025' }),
    ]).toEqual(Array(7).fill(1));
    expect([error({ start: '01.01.2025', end: '30.06.2025' }), error({ phone: '1' })]).toEqual([3, 3]);
  });

  it('contains the error of a failed message', () => {
    const gateway = createGateway();
    submit(gateway, { phones: '380501020006', mes: 'a' });
    expect(get(gateway, { get_messages: 1 }, noon + day)).toMatchObject([
      { status: 20, err: 6, status_name: 'Невозможно доставить' },
    ]);
  });
});

describe('received messages', () => {
  it('are listed from an id on, for some hours, for one number', () => {
    const gateway = createGateway();
    for (let at = 0; at < 5; at++)
      gateway.incoming(
        {
          from: phone,
          to: at === 4 ? '380440000001' : '380440000010',
          text: `answer ${at}`,
          sentAt: noon - 1000,
        },
        noon + at * hour,
      );
    const now = noon + 4 * hour;
    const ids = (params: Params): readonly number[] =>
      (get(gateway, { get_answers: 1, ...params }, now) as { id: number }[]).map(({ id }) => id);
    expect([
      ids({}),
      ids({ cnt: 2 }),
      ids({ cnt: 2, after_id: 2 }),
      ids({ hour: 1 }),
      ids({ to_phone: '380440000001' }),
    ]).toEqual([[1, 2, 3, 4, 5], [1, 2], [3, 4], [4, 5], [5]]);
    expect(submit(gateway, { get_answers: 1, cnt: 1 }, now, to('get'))).toBe(
      'id = 1, received = 23.11.2025 12:00:00, phone = 380671234567, message = answer 0, to_phone = 380440000010, sent = 23.11.2025 11:59:59',
    );
    const error = (params: Params): unknown => errorOf(gateway, 'get', { get_answers: 1, ...params }, now);
    expect([
      error({ cnt: 10_001 }),
      error({ hour: 169 }),
      error({ after_id: 'x' }),
      error({ after_id: 5 }),
    ]).toEqual([1, 1, 1, 3]);
  });

  it('go to the account that rents the number, or that wrote last', () => {
    const accounts = ['demo', 'two', 'three'].map((login) => ({ login, password: login }));
    const gateway = createGateway({ accounts });
    const from = (params: { to?: string; login?: string }): string =>
      gateway.incoming({ from: phone, text: 'a', ...params }, noon).login;
    expect(from({})).toBe('demo');
    submit(gateway, { login: 'two', psw: 'two', phones: phone, mes: 'a' });
    api(gateway, 'receive_phones', { login: 'three', psw: 'three', buy: 1, phone: '380440000001' });
    expect([from({}), from({ to: '380440000001' }), from({ login: 'demo', to: '380440000001' })]).toEqual([
      'two',
      'three',
      'demo',
    ]);
    expect(() => from({ login: 'nobody' })).toThrow(TypeError);
  });
});

describe('statistics', () => {
  it('are filtered by day and agree with the balance', () => {
    const gateway = createGateway();
    submit(gateway, { phones: `${phone},380501234567`, mes: 'a' });
    gateway.topUp('demo', '50.5', noon + day);
    submit(gateway, { phones: phone, mes: 'b' }, noon + day);
    const stat = (params: Params): unknown => get(gateway, { get_stat: 1, ...params }, noon + day);
    expect(stat({})).toEqual([{ login: 'demo', cnt: 3, credit: '1.155', debit: '50.50', currency: 'UAH' }]);
    expect(stat({ start: '24.11.2025', end: '24.11.2025' })).toEqual([
      { login: 'demo', cnt: 1, credit: '0.385', debit: '50.50', currency: 'UAH' },
    ]);
    expect(gateway.balance('demo')).toBe('1049.345');
    expect([
      errorOf(gateway, 'get', { get_stat: 1, end: '22.11.2025' }),
      errorOf(gateway, 'get', { get_stat: 1, start: 'x' }),
      errorOf(gateway, 'get', { get_stat: 1, balance2: 1 }),
    ]).toEqual([3, 1, 3]);
    expect(() => gateway.topUp('nobody', '1', noon)).toThrow(TypeError);
    expect(() => gateway.topUp('demo', 'x', noon)).toThrow(RangeError);
  });
});

describe('prices and accounts', () => {
  it('are listed by zone', () => {
    const { zones } = get(createGateway({ prices: { sms: { '380': '0.385' }, hlr: { '': '0.05' } } }), {
      get_price: 1,
    }) as { zones: unknown };
    expect(zones).toEqual([
      { zone: '380', name: 'Украина', api: '0.385', mass: '0.385', mms: '', hlr: '0.05', call: '' },
    ]);
    expect(errorOf(createGateway({ prices: {} }), 'get', { get_price: 1 })).toBe(3);
  });

  it('of Megafon come from the options', () => {
    const gateway = createGateway({
      accounts: [{ login: 'demo', password: 'demo', megafonAccounts: [{ account: 'a', cnt: '5' }] }],
    });
    expect([
      get(gateway, { get_mega_accounts: 1, account: 'a' }),
      errorOf(gateway, 'get', { get_mega_accounts: 1, account: 'b' }),
    ]).toEqual([[{ account: 'a', cnt: '5' }], 3]);
    expect(errorOf(gateway, 'get', {})).toBe(1);
  });
});

describe('operators', () => {
  it('are found by number', () => {
    const gateway = createGateway();
    const kyivstar = { country: 'Украина', operator: 'Kyivstar', region: '', mcc: '255', mnc: '03', tz: '2' };
    const info = (params: Params): unknown => api(gateway, 'info', { get_operator: 1, ...params });
    expect(info({ phone })).toEqual(kyivstar);
    expect(info({ phone: `${phone},999501234567,79161234567` })).toMatchObject([
      { phone, ...kyivstar },
      { phone: '79161234567', operator: 'МТС' },
    ]);
    expect(submit(gateway, { get_operator: 1, phone }, noon, to('info'))).toBe(
      `phone = ${phone}, country = Украина, operator = Kyivstar, region = , mcc = 255, mnc = 03, tz = 2`,
    );
    expect([
      errorOf(gateway, 'info', { get_operator: 1, phone: '999501234567' }),
      errorOf(gateway, 'info', { get_operator: 1 }),
      errorOf(gateway, 'info', { phone }),
    ]).toEqual([3, 1, 1]);
  });
});

describe('ported numbers', () => {
  it('are a file, or a list for one day', () => {
    const gateway = createGateway({
      ported: [
        { phone, mccmnc: '25501', date: '2025-11-22' },
        { phone: '79161234567', mccmnc: '25002', date: '2025-11-23' },
      ],
    });
    const { contentType, body } = file(gateway, 'get_mnp', {});
    expect([contentType, Buffer.from(body).toString()]).toEqual([
      'text/csv',
      `Phone;mccmnc\n${phone};25501\n79161234567;25002\n`,
    ]);
    expect([
      api(gateway, 'get_mnp', { date: '22.11.2025' }),
      api(gateway, 'get_mnp', { date: '21.11.2025' }),
      errorOf(gateway, 'get_mnp', { date: 'x' }),
    ]).toEqual([[{ phone, mccmnc: '25501' }], [], 1]);
  });
});

describe('exported files', () => {
  it('are listed and downloaded byte for byte', () => {
    const content = new Uint8Array([0, 255, 10]);
    const gateway = createGateway({
      accounts: [
        {
          login: 'demo',
          password: 'demo',
          downloads: [
            { name: 'a.zip', content, madeAt: noon },
            { name: 'b.zip', content: new Uint8Array() },
          ],
        },
      ],
    });
    expect(api(gateway, 'downloads', { get_list: 1, cnt: 1 })).toEqual([
      { id: 1, name: 'a.zip', size: 3, date: '23.11.2025 12:00:00' },
    ]);
    expect(api(gateway, 'downloads', { get_list: 1, after_id: 1 })).toMatchObject([{ name: 'b.zip' }]);
    expect([
      file(gateway, 'downloads', { get_file: 1, id: 1 }).body,
      file(gateway, 'downloads', { get_file: 1, name: 'a.zip' }).body,
    ]).toEqual([content, content]);
    expect([
      errorOf(gateway, 'downloads', { get_list: 1, after_id: 2 }),
      errorOf(gateway, 'downloads', { get_file: 1, id: 9 }),
      errorOf(gateway, 'downloads', { get_file: 1 }),
      errorOf(gateway, 'downloads', {}),
    ]).toEqual([3, 1, 1, 1]);
  });
});

describe('short links', () => {
  const long = 'https://example.org/a/very/long/path';

  it('count clicks by day and month', () => {
    const gateway = createGateway();
    submit(gateway, { phones: phone, mes: `See ${long} now`, tinyurl: 1, id: 5 });
    const short = /http:\S+/.exec(gateway.messages()[0]!.text)![0];
    expect(short).toMatch(/^http:\/\/s\.test\/\w{6}$/);
    expect([
      gateway.click(short, noon + day),
      gateway.click(short, noon + day),
      gateway.click(short, noon + 20 * day),
      gateway.click('http://s.test/nothere', noon + 20 * day),
    ]).toEqual([true, true, true, false]);
    const clicks = (params: Params, at: number): unknown =>
      api(gateway, 'tinyurls', { get: 1, ...params }, at);
    expect(clicks({ link: long }, noon + 2 * day)).toEqual({
      id: 1,
      cnt: 3,
      cnt_mon: 2,
      cnt_day: 0,
      cnt_yes: 2,
    });
    expect(clicks({ link: short }, noon + 20 * day)).toEqual({
      id: 1,
      cnt: 3,
      cnt_mon: 1,
      cnt_day: 1,
      cnt_yes: 0,
    });
    expect(clicks({ id: 1 }, noon + 21 * day)).toMatchObject({ cnt_yes: 1 });
    expect([
      errorOf(gateway, 'tinyurls', { get: 1, id: 2 }),
      errorOf(gateway, 'tinyurls', { get: 1 }),
      errorOf(gateway, 'tinyurls', { id: 1 }),
    ]).toEqual([3, 1, 1]);
  });

  it('change the status of a delivered message to 4 when its recipient follows them', () => {
    const gateway = createGateway();
    submit(gateway, { phones: `${phone},380501234567`, mes: long, tinyurl: 1, id: 5 });
    const [message, other] = gateway.messages();
    gateway.click(message!.text, noon + hour, phone);
    expect(
      [
        gateway.state(message!, noon + 1000),
        gateway.state(message!, noon + hour),
        gateway.state(other!, noon + hour),
      ].map(({ status }) => status),
    ).toEqual([0, 4, 1]);
  });

  it('exist once for each address, and are not created by cost requests', () => {
    const gateway = createGateway();
    submit(gateway, { phones: phone, mes: long, tinyurl: 1, cost: 1 });
    expect(errorOf(gateway, 'tinyurls', { get: 1, id: 1 })).toBe(3);
    for (const mes of [`${long} a`, `${long} b ${long}/c`])
      submit(gateway, { phones: phone, mes, tinyurl: 1 });
    expect([
      errorOf(gateway, 'tinyurls', { get: 1, id: 2 }),
      errorOf(gateway, 'tinyurls', { get: 1, id: 3 }),
    ]).toEqual([undefined, 3]);
  });
});

describe('rented numbers', () => {
  it('are charged for the rest of the month and renewed automatically', () => {
    const gateway = createGateway();
    const rents = (params: Params, at = noon): unknown => api(gateway, 'receive_phones', params, at);
    expect(rents({ get: 1 })).toEqual([
      { phone: '380440000001', price: '150.00', currency: 'UAH' },
      { phone: '79010000001', price: '300.00', currency: 'UAH' },
    ]);
    expect(rents({ buy: 1, phone: '380440000001' })).toEqual({ result: 'OK' });
    // The rent is charged from the 23rd to the 30th: 8 of 30 days.
    expect(gateway.balance('demo')).toBe('960.00');
    expect((rents({ get: 1 }) as unknown[]).length).toBe(1);
    gateway.advance(Date.UTC(2025, 11, 2));
    expect(gateway.balance('demo')).toBe('810.00');
    expect(rents({ chg: 1, phone: '380440000001', noprolong: 1 }, Date.UTC(2025, 11, 2))).toEqual({
      result: 'OK',
    });
    gateway.advance(Date.UTC(2026, 2, 1));
    expect([gateway.balance('demo'), (rents({ get: 1 }, Date.UTC(2026, 2, 1)) as unknown[]).length]).toEqual([
      '810.00',
      2,
    ]);
  });

  it('are returned when the money runs out, and refused without money', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', balance: '100' }] });
    const error = (params: Params): unknown => errorOf(gateway, 'receive_phones', params);
    expect([
      error({ buy: 1, phone: '380440000001' }),
      error({ chg: 1, phone: '380440000001' }),
      error({ buy: 1, phone: '380440000009' }),
      error({}),
      error({ buy: 1 }),
    ]).toEqual([undefined, undefined, 1, 1, 1]);
    gateway.advance(noon + 30 * day);
    expect(gateway.balance('demo')).toBe('60.00');
    expect(error({ buy: 1, phone: '79010000001', noprolong: 0 })).toBe(3);
  });
});

describe('further endpoints', () => {
  it('wait for calls', () => {
    const gateway = createGateway();
    expect(api(gateway, 'wait_call', { phone })).toEqual({
      phone: '380440000010',
      all_phones: ['380440000010', '380440000011'],
    });
    expect([
      gateway.call('380501234567', noon),
      gateway.call(phone, noon),
      gateway.call(phone, noon),
    ]).toEqual([false, true, false]);
    expect(
      [0, 1, 2].map((fmt) => submit(gateway, { phone: '380501234567', fmt }, noon, to('wait_call'))),
    ).toEqual([
      'phone = 380440000010, all_phones = 380440000010 380440000011',
      '380440000010,380440000010,380440000011',
      '<result>\n<phone>380440000010</phone>\n<all_phones>380440000010</all_phones>\n<all_phones>380440000011</all_phones>\n</result>',
    ]);
    expect([
      errorOf(gateway, 'wait_call', {}),
      errorOf(gateway, 'wait_call', { phone: '380501234567' }),
    ]).toEqual([1, 6]);
  });

  it('store reported events', () => {
    const gateway = createGateway();
    expect(api(gateway, 'ping', { id: 5, name: 'db', host: 'a.example', info: 'down' })).toEqual({
      result: 'OK',
    });
    expect(gateway.events('demo')).toEqual([
      { id: '5', name: 'db', host: 'a.example', info: 'down', ok: '' },
    ]);
    expect([errorOf(gateway, 'ping', {}), errorOf(gateway, 'ping', { id: 5, ok: 2 })]).toEqual([1, 1]);
  });

  it('accept multipart bodies with files', () => {
    const gateway = createGateway();
    const body = Buffer.from(
      '--XX\r\nContent-Disposition: form-data; name="add"\r\n\r\n1\r\n--XX\r\nContent-Disposition: form-data; name="sender"\r\n\r\nSHOP\r\n--XX\r\nContent-Disposition: form-data; name="f"; filename="contract.pdf"\r\n\r\nx\r\n--XX--',
    );
    const reply = gateway.handle(
      {
        method: 'POST',
        url: '/sys/senders.php?login=demo&psw=demo&fmt=1',
        contentType: 'multipart/form-data; boundary=XX',
        body,
      },
      noon,
    );
    expect(Buffer.from(reply.body).toString()).toBe('1001');
  });
});
