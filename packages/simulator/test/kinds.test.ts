import { describe, expect, it } from 'vitest';
import { createGateway, type Message } from '../src/index.ts';
import { submit, submitForJson, noon, type Params, to } from './submit.ts';

const phones = '380501234567';
const sent = (params: Params): Message | string => {
  const gateway = createGateway();
  const body = submit(gateway, { phones, fmt: 1, ...params });
  return gateway.messages()[0] ?? body;
};
const cost = (params: Params): string => submit(createGateway(), { phones, cost: 1, ...params });

describe('message kinds', () => {
  const kinds: readonly (readonly [params: Params, type: number, price: string])[] = [
    [{ mes: 'a' }, 0, '0.385 (1 SMS)'],
    [{ mes: 'a', flash: 1 }, 1, '0.385 (1 SMS)'],
    [{ mes: '0000', bin: 2 }, 2, '0.385 (1 SMS)'],
    [{ mes: 'http://wap.ru\nWAP.RU', push: 1 }, 3, '0.385 (1 SMS)'],
    [{ hlr: 1 }, 4, '0.05 (1 SMS)'],
    [{ ping: 1 }, 5, '0.385 (1 SMS)'],
    [{ mms: 1, subj: 's' }, 6, '2.00 (1 SMS)'],
    [{ call: 1, mes: 'x'.repeat(31) }, 7, '0.06 (3 SMS)'],
    [{ mail: 1, phones: 'a@example.org', subj: 's', mes: 'x', sender: 'me@example.org' }, 8, '0.01 (1 SMS)'],
    [{ mes: 'ж'.repeat(500), viber: 1 }, 10, '0.25 (1 SMS)'],
    [{ mes: 'a', soc: 1 }, 12, '0.30 (1 SMS)'],
    [{ mes: 'a', whatsapp: 1 }, 12, '0.70 (1 SMS)'],
    [{ mes: 'a', bot: 'wa:380440000000' }, 12, '0.70 (1 SMS)'],
    [{ mes: '1234', tg: 1 }, 12, '0.20 (1 SMS)'],
    [{ mes: 'a', bot: '@shop_bot', phones: '@nick' }, 12, '0.03 (1 SMS)'],
  ];
  it.each(kinds)('%j has a type and a price of its own', (params, type, price) => {
    expect(sent(params)).toMatchObject({ type });
    expect(cost(params)).toBe(price);
  });

  it.each([
    ['__CALL__hi', 'call'],
    ['__VIBER__ hi', 'viber'],
    ['__SOC__hi', 'soc'],
    ['__PING__', 'ping'],
    ['__HLR__', 'hlr'],
    ['__OTHER__hi', 'sms'],
  ])('are also chosen by a prefix: %s', (mes, kind) => {
    const sentText = kind === 'ping' || kind === 'hlr' ? '' : 'hi';
    expect(sent({ mes })).toMatchObject({ kind, text: kind === 'sms' ? mes : sentText });
  });

  it('require a subject, a text and a sender address for e-mail', () => {
    const mail = { mail: 1, phones: 'a@example.org', subj: 's', mes: 'x', sender: 'me@example.org' };
    for (const missing of ['subj', 'mes', 'sender']) expect(sent({ ...mail, [missing]: '' })).toBe('0,-1');
    expect(sent({ ...mail, sender: 'me' })).toBe('0,-1');
  });
});

describe('binary messages', () => {
  it('are hexadecimal digits, with or without a header', () => {
    expect(sent({ bin: 2, mes: '050A0307056048656C6C6F2C20576F726C6421' })).toMatchObject({
      parts: 1,
      text: '050A0307056048656C6C6F2C20576F726C6421',
    });
    expect(sent({ bin: 2, mes: '00ff' })).toMatchObject({ text: 'FF' });
  });

  it('are bytes with bin=1, in any charset', () => {
    const gateway = createGateway();
    const url =
      '/sys/send.php?login=demo&psw=demo&phones=380501234567&bin=1&fmt=1&charset=utf-8&mes=%05%0A%03%07%05%60%FF%98%00';
    expect(submit(gateway, {}, noon, { method: 'GET', url })).toBe('1,1');
    expect(gateway.messages()[0]!.text).toBe('050A03070560FF9800');
  });

  it('accept pid and dcs after a line of tildes, in this exact form only', () => {
    expect(sent({ bin: 2, mes: '00FF\n~~~\npid: 64, dcs: 245' })).toMatchObject({ text: 'FF' });
    for (const trailer of ['pid:64, dcs: 245', 'pid: 64,dcs: 245', 'pid: 256, dcs: 0', ''])
      expect(sent({ bin: 2, mes: `00FF\n~~~\n${trailer}` })).toBe('0,-1');
  });

  it.each(['0', 'xx', '05', '050A', '00'.repeat(142)])('are refused if they are malformed: %s', (mes) => {
    expect(sent({ bin: 2, mes })).toBe('0,-1');
  });

  it('have at most 140 octets', () => {
    expect(sent({ bin: 2, mes: '00'.repeat(141) })).toMatchObject({ parts: 1 });
    expect(sent({ bin: 2, mes: `05${'00'.repeat(139)}` })).toMatchObject({ parts: 1 });
    expect(sent({ bin: 2, mes: `05${'00'.repeat(140)}` })).toBe('0,-1');
  });
});

describe('calls', () => {
  it('return the code that they dictate', () => {
    const call = { phones, call: 1, mes: 'code', id: 5 };
    const { code, ...rest } = submitForJson(createGateway(), call);
    expect(rest).toEqual({ id: 5, cnt: 4 });
    expect(code).toMatch(/^\d{4}$/);
    expect(submit(createGateway(), { ...call, cost: 2 })).toBe(
      `OK - 4 SMS, ID - 5, COST - 0.08, CODE - ${String(code)}`,
    );
    expect(submit(createGateway(), { ...call, fmt: 1 })).toBe(`5,4,${String(code)}`);
    expect(submit(createGateway(), { ...call, fmt: 2 })).toContain(`<code>${String(code)}</code>`);
  });

  it.each([
    ['30,60,3', { waitSeconds: 30, intervalSeconds: 60, attempts: 3 }],
    ['0,0,0', { waitSeconds: 10, intervalSeconds: 10, attempts: 1 }],
    ['99,3600,9', { waitSeconds: 35, intervalSeconds: 3600, attempts: 9 }],
    ['100,60,3', { waitSeconds: 25, intervalSeconds: undefined, attempts: 8 }],
    ['30,3601,3', { waitSeconds: 25, intervalSeconds: undefined, attempts: 8 }],
    ['30,60,10', { waitSeconds: 25, intervalSeconds: undefined, attempts: 8 }],
    ['', { waitSeconds: 25, intervalSeconds: undefined, attempts: 8 }],
  ])('ring according to param: %s', (param, dialing) => {
    expect(sent({ call: 1, mes: 'a', param })).toMatchObject({ dialing });
  });
});

describe('senders', () => {
  it('default to that of the account, and are switched off by an empty value or a dot', () => {
    expect([
      sent({ mes: 'a' }),
      sent({ mes: 'a', sender: '' }),
      sent({ mes: 'a', sender: '.' }),
      sent({ mes: 'a', sender: 'Me' }),
    ]).toMatchObject([{ sender: 'SMSC' }, { sender: '' }, { sender: '' }, { sender: 'Me' }]);
  });
});

describe('test mode', () => {
  it('costs nothing and ends in error 200, except that e-mail is billed', () => {
    const gateway = createGateway({ accounts: [{ login: 'demo', password: 'demo', testMode: true }] });
    expect(submit(gateway, { phones, mes: 'a', cost: 3, op: 1, fmt: 1 })).toBe(
      '1,1,0.00,1000.00\n380501234567,25501,,-1,',
    );
    expect(submitForJson(gateway, { phone: phones, id: 1 }, noon + 10_000, to('status'))).toMatchObject({
      status: 20,
      err: 200,
    });
    expect(
      submit(gateway, {
        mail: 1,
        phones: 'a@example.org',
        subj: 's',
        mes: 'x',
        sender: 'me@example.org',
        cost: 2,
        fmt: 1,
      }),
    ).toBe('2,1,0.01');
  });
});
