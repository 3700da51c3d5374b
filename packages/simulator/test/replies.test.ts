import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../src/index.ts';
import { submit, noon, to } from './submit.ts';

// Price and balance of the examples on the gateway's page: an SMS costs 1.40, and 100.50 is left afterwards.
const prices = { sms: { '7': '1.40' } };
const gatewayOf = (): Gateway =>
  createGateway({ accounts: [{ login: 'demo', password: 'demo', balance: '101.90' }], prices });
const plain = { phones: '79990000001', mes: 'Hello!', id: 1234 };

describe('an accepted send, as on the gateway’s page', () => {
  const cases: readonly (readonly [cost: number, fmt: number, body: string])[] = [
    [0, 0, 'OK - 1 SMS, ID - 1234'],
    [1, 0, '1.40 (1 SMS)'],
    [2, 0, 'OK - 1 SMS, ID - 1234, COST - 1.40'],
    [3, 0, 'OK - 1 SMS, ID - 1234, COST - 1.40, BALANCE - 100.50'],
    [0, 1, '1234,1'],
    [1, 1, '1.40,1'],
    [2, 1, '1234,1,1.40'],
    [3, 1, '1234,1,1.40,100.50'],
    [0, 2, '<result>\n<id>1234</id>\n<cnt>1</cnt>\n</result>'],
    [1, 2, '<result>\n<cost>1.40</cost>\n<cnt>1</cnt>\n</result>'],
    [2, 2, '<result>\n<id>1234</id>\n<cnt>1</cnt>\n<cost>1.40</cost>\n</result>'],
    [3, 2, '<result>\n<id>1234</id>\n<cnt>1</cnt>\n<cost>1.40</cost>\n<balance>100.50</balance>\n</result>'],
    [0, 3, '{\n"id": 1234,\n"cnt": 1\n}'],
    [1, 3, '{\n"cost": "1.40",\n"cnt": 1\n}'],
    [2, 3, '{\n"id": 1234,\n"cnt": 1,\n"cost": "1.40"\n}'],
    [3, 3, '{\n"id": 1234,\n"cnt": 1,\n"cost": "1.40",\n"balance": "100.50"\n}'],
  ];
  it.each(cases)('responds with cost=%i in fmt=%i', (cost, fmt, body) => {
    expect(submit(gatewayOf(), { ...plain, cost, fmt })).toBe(body);
  });

  it('responds in the default format without cost and fmt', () => {
    expect(submit(gatewayOf(), plain)).toBe('OK - 1 SMS, ID - 1234');
  });

  it('has a response of the recorded length', () => {
    expect(submit(gatewayOf(), { ...plain, id: 33, fmt: 3 })).toHaveLength(22);
  });
});

describe('op=1, as on the gateway’s page', () => {
  const two = { ...plain, phones: '79990000001,12', op: 1 };
  it('adds lines to fmt=0 and fmt=1', () => {
    const rows = '79990000001,25002,1.40,-1,\n12,,,22,249';
    expect(submit(gatewayOf(), two)).toBe(`OK - 1 SMS, ID - 1234\n${rows}`);
    expect(submit(gatewayOf(), { ...two, fmt: 1 })).toBe(`1234,1\n${rows}`);
  });

  it('adds phones to fmt=2', () => {
    expect(submit(gatewayOf(), { ...two, fmt: 2 })).toBe(
      '<result>\n<id>1234</id>\n<cnt>1</cnt>\n<phones>\n' +
        '<phone mccmnc="25002" cost="1.40" status="-1" error="">79990000001</phone>\n' +
        '<phone mccmnc="" cost="" status="22" error="249">12</phone>\n</phones>\n</result>',
    );
  });

  it('adds an array of texts to fmt=3', () => {
    expect(submit(gatewayOf(), { ...two, fmt: 3 })).toBe(
      '{\n"id": 1234,\n"cnt": 1,\n"phones": [{\n"phone": "79990000001",\n"mccmnc": "25002",\n"cost": "1.40",\n"status": "-1",\n"error": ""\n},\n' +
        '{\n"phone": "12",\n"mccmnc": "",\n"cost": "",\n"status": "22",\n"error": "249"\n}\n]\n}',
    );
  });

  it('works with cost=1', () => {
    expect(submit(gatewayOf(), { ...two, cost: 1, fmt: 1 })).toBe(
      '1.40,1\n79990000001,25002,1.40,,\n12,,,22,249',
    );
  });

  it('has the same form with err=1, for wrong numbers only', () => {
    expect(submit(gatewayOf(), { ...two, op: 0, err: 1, fmt: 1 })).toBe('1234,1\n12,,,22,249');
    expect(submit(gatewayOf(), { ...plain, err: 1, fmt: 3 })).toBe('{\n"id": 1234,\n"cnt": 1\n}');
  });
});

describe('errors, as on the gateway’s page', () => {
  const bodies = (params: Record<string, string | number>): readonly string[] =>
    [0, 1, 2, 3].map((fmt) => submit(gatewayOf(), { ...params, fmt }));

  it('have no id if they are 1, 2, 4, 5 or 9', () => {
    expect(bodies({ ...plain, mes: '' })).toEqual([
      'ERROR = 1 (parameters error)',
      '0,-1',
      '<result>\n<error>parameters error</error>\n<error_code>1</error_code>\n</result>',
      '{\n"error": "parameters error",\n"error_code": 1\n}',
    ]);
  });

  it('have an id if they are 3, 6, 7 or 8', () => {
    expect(bodies({ ...plain, phones: '12' })).toEqual([
      'ERROR = 7 (invalid number), ID - 1234',
      '1234,-7',
      '<result>\n<error>invalid number</error>\n<error_code>7</error_code>\n<id>1234</id>\n</result>',
      '{\n"error": "invalid number",\n"error_code": 7,\n"id": 1234\n}',
    ]);
  });
});

describe('ids', () => {
  it('are small and increasing, and a failed send uses one up', () => {
    const gateway = gatewayOf();
    expect(submit(gateway, { ...plain, id: '', fmt: 1 })).toBe('1,1');
    expect(submit(gateway, { ...plain, id: 0, phones: '12', fmt: 1 })).toBe('2,-7');
    expect(submit(gateway, { ...plain, id: '', mes: '', fmt: 1 })).toBe('0,-1');
    expect(submit(gateway, { ...plain, id: '', mes: 'more', fmt: 1 })).toBe('3,1');
  });

  it('are returned as text if they are text', () => {
    expect(submit(gatewayOf(), { ...plain, id: 'order-7.b_2', fmt: 3 })).toBe(
      '{\n"id": "order-7.b_2",\n"cnt": 1\n}',
    );
  });
});

describe('HTTP responses', () => {
  it('name windows-1251 even for UTF-8, and have status 200 even for errors', () => {
    const gateway = gatewayOf();
    const reply = gateway.handle(
      { method: 'GET', url: '/sys/send.php?fmt=3&charset=utf-8', body: new Uint8Array() },
      noon,
    );
    expect([reply.status, reply.contentType]).toEqual([200, 'application/json; charset=windows-1251']);
  });

  it('have status 404 for an unknown path, 405 for another method, 413 for a body that is too large', () => {
    const gateway = createGateway({ maxBodyBytes: 10 });
    const of = (method: string, url: string, size = 0): number =>
      gateway.handle({ method, url, body: new Uint8Array(size) }, noon).status;
    expect([of('GET', '/'), of('GET', '/sys/send.php/'), of('GET', '/__proto__'), of('GET', '')]).toEqual([
      404, 404, 404, 404,
    ]);
    expect([of('PUT', '/sys/send.php'), of('GET', '/rest/send/')]).toEqual([405, 405]);
    expect([of('POST', '/sys/send.php', 10), of('POST', '/sys/send.php', 11)]).toEqual([200, 413]);
  });
});

describe('balance.php', () => {
  it('responds in all four formats', () => {
    expect([0, 1, 2, 3].map((fmt) => submit(gatewayOf(), { fmt }, noon, to('balance')))).toEqual([
      '101.90',
      '101.90',
      '<balance>101.90</balance>',
      '{\n"balance": "101.90"\n}',
    ]);
  });

  it('returns the currency with cur=1, and the credit if there is one', () => {
    const gateway = createGateway({
      accounts: [{ login: 'demo', password: 'demo', balance: '0.385', currency: 'RUR', credit: '50' }],
    });
    expect(submit(gateway, { cur: 1 }, noon, to('balance'))).toBe('0.385,RUR');
    expect(submit(gateway, { cur: 1, fmt: 2 }, noon, to('balance'))).toBe(
      '<balance>0.385</balance>\n<currency>RUR</currency>\n<credit>50.00</credit>',
    );
    expect(submit(gateway, { cur: 1, fmt: 3 }, noon, to('balance'))).toBe(
      '{\n"balance": "0.385",\n"currency": "RUR",\n"credit": "50.00"\n}',
    );
  });
});
