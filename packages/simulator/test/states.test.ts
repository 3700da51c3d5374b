import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway, type GatewayOptions } from '../src/index.ts';
import { submit, submitForJson, noon, type Params, to } from './submit.ts';

const phone = '380501234567';
const state = (gateway: Gateway, params: Params, at: number): string =>
  submit(gateway, params, at, to('status'));
/** Sends one message and returns its status at several instants. */
function follow(
  params: Params,
  instants: readonly number[],
  options: GatewayOptions = {},
): readonly string[] {
  const gateway = createGateway({ ...options, limits: false });
  submit(gateway, { id: 1, phones: phone, mes: 'a', ...params });
  const recipient = String(params['phones'] ?? phone);
  return instants.map((after) =>
    state(gateway, { phone: recipient, id: 1, fmt: 1 }, noon + after).replace(
      /,(\d+),/,
      (_, at) => `,+${Number(at) - noon / 1000},`,
    ),
  );
}

describe('a message', () => {
  it('waits, is passed to the operator, and is delivered', () => {
    expect(follow({}, [0, 999, 1000, 4999, 5000, 1e9])).toEqual([
      '-1,+0,0',
      '-1,+0,0',
      '0,+1,0',
      '0,+1,0',
      '1,+5,0',
      '1,+5,0',
    ]);
  });

  it('waits until it is due', () => {
    expect(follow({ time: '+10' }, [0, 600_999, 601_000, 605_000])).toEqual([
      '-1,+0,0',
      '-1,+0,0',
      '0,+601,0',
      '1,+605,0',
    ]);
  });

  it('has the delays of the options', () => {
    expect(follow({}, [0, 60_000], { delivery: { toOperatorMs: 0, toHandsetMs: 60_000 } })).toEqual([
      '0,+0,0',
      '1,+60,0',
    ]);
  });

  it('expires at the end of its validity', () => {
    const phones = '380501000003';
    expect(follow({ phones, valid: 1 }, [1000, 3_599_999, 3_600_000])).toEqual([
      '0,+1,0',
      '0,+1,0',
      '3,+3600,0',
    ]);
    expect(follow({ phones }, [86_400_000])).toEqual(['3,+86400,0']);
  });

  it('has the outcome of its magic number', () => {
    expect(follow({ phones: '380501020006' }, [5000])).toEqual(['20,+5,6']);
    expect(follow({ phones: '380501000022' }, [5000])).toEqual(['22,+5,1']);
    expect(follow({ phones: '380501000025' }, [5000])).toEqual(['25,+5,11']);
  });

  it('has the outcome of the options', () => {
    expect(follow({}, [5000], { outcomes: { [phone]: { status: 20, err: 13 } } })).toEqual(['20,+5,13']);
    expect(follow({}, [5000], { outcomes: () => ({ status: 2 }) })).toEqual(['2,+5,0']);
    expect(follow({ phones: '380501000022' }, [5000], { outcomes: () => undefined })).toEqual(['22,+5,1']);
  });

  it('has its final status at once if its number was refused', () => {
    const gateway = createGateway();
    submit(gateway, { id: 1, phones: `${phone},12,999501234567`, mes: 'a' });
    expect([
      state(gateway, { phone: '12', id: 1, fmt: 1 }, noon),
      state(gateway, { phone: '999501234567', id: 1, fmt: 1 }, noon),
    ]).toEqual([`22,${noon / 1000},249`, `25,${noon / 1000},248`]);
  });

  it('is available through the methods of the gateway', () => {
    const gateway = createGateway();
    submit(gateway, { id: 'x', phones: phone, mes: 'a' });
    const message = gateway.message('x', phone)!;
    expect(gateway.state(message, noon + 5000)).toEqual({ status: 1, err: 0, changedAt: noon + 5000 });
    expect(gateway.message('x', '1')).toBeUndefined();
    expect([
      gateway.messages('demo').length,
      gateway.messages('nobody').length,
      gateway.balance('nobody'),
    ]).toEqual([1, 0, undefined]);
  });

  it('is dropped if there are too many', () => {
    const gateway = createGateway({ keepMessages: 2 });
    for (const mes of ['a', 'b', 'c']) submit(gateway, { phones: phone, mes });
    expect(gateway.messages().map(({ text }) => text)).toEqual(['b', 'c']);
  });

  it('is dropped when it is the oldest, even if its id is reused', () => {
    const gateway = createGateway({ keepMessages: 3 });
    const texts = (): readonly string[] => gateway.messages().map(({ text }) => text);
    for (const [at, mes] of ['a', 'b', 'c', 'd', 'e'].entries())
      submit(gateway, { phones: phone, id: at === 1 ? 2 : 1, mes });
    expect(texts()).toEqual(['c', 'd', 'e']);
    expect([gateway.message(1, phone)?.text, gateway.message(2, phone)]).toEqual(['e', undefined]);
    expect(state(gateway, { phone, id: 1, del: 1 }, noon)).toBe('OK');
    for (const mes of ['f', 'g', 'h', 'i']) submit(gateway, { phones: phone, id: 3, mes });
    expect(texts()).toEqual(['g', 'h', 'i']);
  });
});

describe('status.php', () => {
  const gatewayWith = (params: Params = {}): Gateway => {
    const gateway = createGateway();
    submit(gateway, {
      id: 5,
      phones: `${phone},380671234567`,
      mes: 'Їжак, він\n~~~\nзамовлення 7',
      ...params,
    });
    return gateway;
  };
  const later = noon + 10_000;
  const both = { phone: `${phone},380671234567`, id: '5,5' };

  it('has a short response in all four formats', () => {
    const gateway = gatewayWith();
    expect([0, 1, 2, 3].map((fmt) => state(gateway, { phone, id: 5, fmt }, later))).toEqual([
      'Status = 1, check_time = 23.11.2025 12:00:05',
      `1,${noon / 1000 + 5},0`,
      `<result>\n<status>1</status>\n<last_date>23.11.2025 12:00:05</last_date>\n<last_timestamp>${noon / 1000 + 5}</last_timestamp>\n</result>`,
      `{\n"status": 1,\n"last_date": "23.11.2025 12:00:05",\n"last_timestamp": ${noon / 1000 + 5}\n}`,
    ]);
  });

  it('returns an error if there is one', () => {
    const gateway = createGateway();
    submit(gateway, { id: 5, phones: '380501020006', mes: 'a' });
    expect(state(gateway, { phone: '380501020006', id: 5 }, later)).toBe(
      'Status = 20, check_time = 23.11.2025 12:00:05, err = 6',
    );
    expect(submitForJson(gateway, { phone: '380501020006', id: 5 }, later, to('status'))).toMatchObject({
      status: 20,
      err: 6,
    });
  });

  it('returns the message with all=1, and the country of the number with all=2', () => {
    const gateway = gatewayWith();
    const one = submitForJson(gateway, { phone, id: 5, all: 1 }, later, to('status'));
    expect(one).toEqual({
      status: 1,
      last_date: '23.11.2025 12:00:05',
      last_timestamp: noon / 1000 + 5,
      send_date: '23.11.2025 12:00:00',
      send_timestamp: noon / 1000,
      phone,
      cost: '0.385',
      sender_id: 'SMSC',
      status_name: 'Доставлено',
      message: 'Їжак, він',
      comment: 'замовлення 7',
      mccmnc: '25501',
      type: 0,
      flag: 0,
      sms_cnt: 1,
    });
    expect(Object.keys(one).slice(0, 10).join()).toBe(
      'status,last_date,last_timestamp,send_date,send_timestamp,phone,cost,sender_id,status_name,message',
    );
    expect(submitForJson(gateway, { phone, id: 5, all: 2 }, later, to('status'))).toEqual({
      ...one,
      country: 'Украина',
      operator: 'Vodafone',
      region: '',
    });
  });

  it('has columns in the order of the official libraries, with the text last', () => {
    const gateway = gatewayWith();
    const seconds = noon / 1000;
    expect(state(gateway, { phone, id: 5, all: 1, fmt: 1 }, later)).toBe(
      `1,${seconds + 5},0,${seconds},${phone},0.385,SMSC,Доставлено,Їжак, він`,
    );
    expect(state(gateway, { phone, id: 5, all: 2, fmt: 1 }, later)).toBe(
      `1,${seconds + 5},0,${seconds},${phone},Украина,Vodafone,,0.385,SMSC,Доставлено,Їжак, він`,
    );
    expect(state(gateway, { phone, id: 5, all: 2 }, later)).toBe(
      `Status = 1, check_time = 23.11.2025 12:00:05, send_date = 23.11.2025 12:00:00, phone = ${phone}, mccmnc = 25501, country = Украина, operator = Vodafone, region = , ` +
        'cost = 0.385, sender_id = SMSC, status_name = Доставлено, message = Їжак, він, comment = замовлення 7, type = 0, sms_cnt = 1',
    );
  });

  it('returns a list if there is a comma, even a trailing one', () => {
    const gateway = gatewayWith();
    expect(JSON.parse(state(gateway, { ...both, fmt: 3 }, later))).toMatchObject([
      { status: 1, id: 5, phone },
      { status: 1, id: 5, phone: '380671234567' },
    ]);
    expect(JSON.parse(state(gateway, { phone: `${phone},`, id: '5,', fmt: 3 }, later))).toHaveLength(1);
    const seconds = noon / 1000;
    expect(state(gateway, { ...both, fmt: 1 }, later)).toBe(
      `1,${seconds + 5},0,5,${phone}\n1,${seconds + 5},0,5,380671234567`,
    );
    expect(state(gateway, { phone: `${phone},`, id: '5,', fmt: 1, all: 1 }, later)).toMatch(/,Їжак, він,5$/);
    expect(state(gateway, { phone: `${phone},`, id: '5,' }, later)).toBe(
      `Status = 1, check_time = 23.11.2025 12:00:05, ID = 5, phone = ${phone}`,
    );
  });

  it('returns status -3 for an unknown message', () => {
    const gateway = createGateway();
    expect([0, 1, 3].map((fmt) => state(gateway, { phone, id: 9, fmt }, noon))).toEqual([
      'Status = -3, check_time = ',
      '-3,0,0',
      '{\n"status": -3,\n"last_date": "",\n"last_timestamp": 0\n}',
    ]);
  });

  it('separates the accounts', () => {
    const gateway = createGateway({
      accounts: [
        { login: 'demo', password: 'demo' },
        { login: 'two', password: 'two' },
      ],
    });
    submit(gateway, { id: 5, phones: phone, mes: 'a' });
    expect(state(gateway, { login: 'two', psw: 'two', phone, id: 5, fmt: 1 }, noon)).toBe('-3,0,0');
  });

  it.each([
    { phone },
    { id: 5 },
    { phone: `${phone},1`, id: 5 },
    { phone, id: 5, all: 3 },
    { phone, id: 5, del: 2 },
    { phone: ',,', id: ',,' },
  ])('refuses inconsistent parameters: %j', (params) => {
    expect(state(createGateway(), { ...params, fmt: 1 }, noon)).toBe('0,-1');
  });

  it('deletes with del=1, and reports error 5 if there is nothing to delete', () => {
    const gateway = gatewayWith();
    expect(state(gateway, { phone, id: 5, del: 1 }, noon)).toBe('OK');
    expect(state(gateway, { phone, id: 5, del: 1, fmt: 1 }, noon)).toBe('0,-5');
    expect(state(gateway, { phone: '380671234567', id: 5, del: 1, fmt: 3 }, noon)).toBe(
      '{\n"result": "OK"\n}',
    );
    expect(gateway.messages()).toEqual([]);
  });
});

describe('an HLR request', () => {
  const gatewayWith = (phones: string): Gateway => {
    const gateway = createGateway();
    submit(gateway, { id: 5, phones, hlr: 1 });
    return gateway;
  };

  it('returns the network of a number, with error 0', () => {
    const gateway = gatewayWith('380671234567');
    expect(
      submitForJson(gateway, { phone: '380671234567', id: 5 }, noon + 10_000, to('status')),
    ).toMatchObject({
      status: 1,
      err: 0,
      imsi: '25503671234567',
      msc: '380670000000',
      mcc: '255',
      mnc: '03',
      cn: 'Украина',
      net: 'Kyivstar',
      rcn: '',
      rnet: '',
    });
    expect(state(gateway, { phone: '380671234567', id: 5, fmt: 1 }, noon + 10_000).split(',')).toHaveLength(
      11,
    );
    const full = state(gateway, { phone: '380671234567', id: 5, fmt: 1, all: 1 }, noon + 10_000).split(',');
    expect([
      full[14],
      state(gateway, { phone: '380671234567', id: 5, fmt: 1, all: 2 }, noon + 10_000).split(',')[17],
    ]).toEqual(['HLR', 'HLR']);
  });

  it('returns nothing before it is done, nor for a number that does not exist', () => {
    expect(
      submitForJson(gatewayWith('380671234567'), { phone: '380671234567', id: 5 }, noon, to('status')),
    ).toMatchObject({ status: -1, err: 0, imsi: '' });
    expect(
      submitForJson(
        gatewayWith('380671020001'),
        { phone: '380671020001', id: 5 },
        noon + 10_000,
        to('status'),
      ),
    ).toMatchObject({ status: 20, err: 1, imsi: '' });
  });
});
