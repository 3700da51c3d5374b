import { describe, expect, it } from 'vitest';
import { createGateway, type GatewayOptions } from '../src/index.ts';
import { readList } from '../src/params/list.ts';
import { readPhone, readRecipients } from '../src/params/recipients.ts';
import { submit, noon } from './submit.ts';

const line = { sender: undefined, tz: undefined };

describe('list', () => {
  it('has numbers, a colon or semicolon, and a text in each line', () => {
    expect(readList('79990000001,79990000002:a:b\n79990000003;c', false)).toEqual([
      { ...line, phones: '79990000001,79990000002', text: 'a:b' },
      { ...line, phones: '79990000003', text: 'c' },
    ]);
  });

  it('writes line breaks as \\n', () => {
    expect(readList('79999999999:Hello\\nworld!', false)).toEqual([
      { ...line, phones: '79999999999', text: 'Hello\nworld!' },
    ]);
  });

  it('may have a sender and a time zone in front, and a vertical bar in the text', () => {
    expect(readList('Shop,-1|79990000001:a|b\nShop|79990000001:c\n79990000001:d|e', false)).toEqual([
      { sender: 'Shop', tz: '-1', phones: '79990000001', text: 'a|b' },
      { sender: 'Shop', tz: undefined, phones: '79990000001', text: 'c' },
      { ...line, phones: '79990000001', text: 'd|e' },
    ]);
  });

  it('continues the text in lines that do not begin a message with nl=1', () => {
    expect(readList('79990000001:a\nb, c\n\nd\n79990000002:e', true)).toEqual([
      { ...line, phones: '79990000001', text: 'a\nb, c\n\nd' },
      { ...line, phones: '79990000002', text: 'e' },
    ]);
  });

  it('does not mistake a time for a recipient with nl=1, and ignores blank lines at the end', () => {
    expect(
      readList('79990000001:at\n10:30, or\nCall 79990000002: no\n\n\n+79990000003, 12:b\n\nG1:c', true),
    ).toEqual([
      { ...line, phones: '79990000001', text: 'at\n10:30, or\nCall 79990000002: no' },
      { ...line, phones: '+79990000003, 12', text: 'b' },
      { ...line, phones: 'G1', text: 'c' },
    ]);
  });

  it('is read quickly even with many blank lines', () => {
    const blank = '\n'.repeat(200_000);
    expect(readList(`79990000001:a${blank}b${blank}`, true)?.[0]?.text).toHaveLength(200_002);
  });

  it.each(['', '\n', 'no separator', ':text', '79990000001:a\nb'])(
    'is refused if a line is malformed: %j',
    (list) => {
      expect(readList(list, false)).toBeUndefined();
    },
  );

  const options: GatewayOptions = { prices: { sms: { '7': '1', '380': '2' } } };
  it('sends all texts under one id, even two to the same number', () => {
    const gateway = createGateway(options);
    expect(
      submit(gateway, {
        list: `79990000001:a\n79990000001:${'b'.repeat(161)}\n380501234567:c`,
        cost: 2,
        fmt: 1,
      }),
    ).toBe('1,4,5.00');
    expect(
      gateway.messages('demo').map(({ id, phone, text, cost }) => [id, phone, text.length, cost]),
    ).toEqual([
      ['1', '79990000001', 1, '1.00'],
      ['1', '79990000001', 161, '2.00'],
      ['1', '380501234567', 1, '2.00'],
    ]);
  });

  it('applies the sender of each line', () => {
    const gateway = createGateway(options);
    submit(gateway, { list: 'One|79990000001:a\n79990000002:b\n|79990000003:c', sender: 'All' });
    expect(gateway.messages().map(({ sender }) => sender)).toEqual(['One', 'All', '']);
  });

  it('applies the time zone of each line only if the time is a date', () => {
    const gateway = createGateway(options);
    const list = 'A,0|79990000001:a\nA,-1|79990000002:b\nA|79990000003:c';
    submit(gateway, { list, time: '2411251200', tz: 1 });
    submit(gateway, { list, time: '13-14', tz: 0 });
    const hour = 3_600_000;
    expect(gateway.messages().map(({ startsAt }) => (startsAt - noon) / hour)).toEqual([24, 25, 23, 1, 1, 1]);
  });

  it('is refused with an invalid text, or for a kind without text', () => {
    expect(submit(createGateway(), { list: '79990000001:', fmt: 1 })).toBe('0,-1');
    expect(submit(createGateway(), { list: `79990000001:${'a'.repeat(1001)}`, fmt: 1 })).toBe('0,-1');
    expect(submit(createGateway(), { list: 'A,99|79990000001:a', fmt: 1 })).toBe('0,-1');
    expect(submit(createGateway(), { list: 'Twelve chars|79990000001:a', fmt: 1 })).toBe('0,-1');
    expect(submit(createGateway(), { list: '79990000001:a', hlr: 1, fmt: 1 })).toBe('0,-1');
  });
});

describe('recipients', () => {
  const groups = new Map([['1', ['380501234567', '380671234567', 'nobody']]]);

  it('are separated by commas or semicolons, without duplicates', () => {
    expect(readRecipients('380501234567, +380501234567;380671234567,,', 'sms', groups)).toEqual({
      valid: ['380501234567', '380671234567'],
      wrong: [],
    });
  });

  it('may be groups', () => {
    expect(readRecipients('G1,380501234567,G2', 'sms', groups)).toEqual({
      valid: ['380501234567', '380671234567'],
      wrong: ['nobody', 'G2'],
    });
    const gateway = createGateway({ groups: { 1: ['380501234567', '380671234567'] } });
    expect(submit(gateway, { phones: 'G1', mes: 'a', fmt: 1 })).toBe('1,2');
  });

  it('are converted to international form unless they begin with a plus', () => {
    expect(
      [
        '050 123-45-67',
        '80501234567',
        '(067) 1234567',
        '89161234567',
        '9161234567',
        '0048501234567',
        '380501234567',
      ].map(readPhone),
    ).toEqual([
      '380501234567',
      '380501234567',
      '380671234567',
      '79161234567',
      '79161234567',
      '48501234567',
      '380501234567',
    ]);
    expect(['+89161234567', '+0501234567', '+9161234567'].map(readPhone)).toEqual([
      '89161234567',
      undefined,
      '9161234567',
    ]);
  });

  it.each(['', '12', 'phone', '380501234567x', '1'.repeat(16), '38050+1234567', '٣٨٠٥٠١٢٣٤٥٦٧'])(
    'are refused if they are malformed: %j',
    (phone) => {
      expect(readPhone(phone)).toBeUndefined();
    },
  );

  it('are addresses for e-mail, and nicknames or ids for Telegram', () => {
    expect(readRecipients('a@example.org;b@example', 'mail', groups)).toEqual({
      valid: ['a@example.org'],
      wrong: ['b@example'],
    });
    expect(readRecipients('@nick,#123,380501234567,x', 'bot', groups)).toEqual({
      valid: ['@nick', '#123', '380501234567'],
      wrong: ['x'],
    });
    expect(readRecipients('@nick', 'sms', groups)).toEqual({ valid: [], wrong: ['@nick'] });
  });
});
