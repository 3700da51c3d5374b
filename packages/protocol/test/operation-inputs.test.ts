import { describe, expect, it } from 'vitest';
import { check, createJob, type CreateJobInput } from '../src/index.ts';
import { endpoints } from './endpoints.ts';
import { fieldsOf, operations } from './operations.ts';

const to = '380501234567';
const complaints = (operation: string, input: unknown): string[] =>
  check(operations[operation]!, input).map(({ path, message }) => `${path} ${message}`.trim());

describe('an input of an operation is refused with every complaint in it', () => {
  const cases: readonly (readonly [
    name: string,
    operation: string,
    input: unknown,
    ...complaints: string[],
  ])[] = [
    ['a status of nothing', 'status', {}, 'id is needed', 'phone is needed'],
    ['an HLR result of nothing', 'hlrStatus', {}, 'id is needed', 'phone is needed'],
    [
      'no messages to ask for',
      'statuses',
      { messages: [] },
      'messages expected an array with something in it',
    ],
    [
      'a message without its number',
      'statuses',
      { messages: [{ id: 1 }] },
      'messages[0].phone expected one number or e-mail address, got undefined',
    ],
    [
      'numbers that do not match the ids',
      'statuses',
      { messages: [{ id: 1, phone: to }, { phone: to }] },
      'messages[1].id expected a whole number from 1 to 2147483647, or 1 to 40 of A-Z a-z 0-9 . - _, got undefined',
    ],
    [
      'two numbers for one id',
      'statuses',
      { messages: [{ id: 1, phone: `${to},${to}` }] },
      'messages[0].phone expected one number or e-mail address, got 25 characters',
    ],
    [
      'an id that is a list',
      'deleteMessage',
      { id: '1,2', phone: to },
      'id expected a whole number from 1 to 2147483647, or 1 to 40 of A-Z a-z 0-9 . - _, got 3 characters',
    ],
    ['a template of nothing', 'addTemplate', {}, 'name is needed', 'text is needed'],
    [
      'a template of 1,001 characters',
      'addTemplate',
      { name: 'a', text: 'a'.repeat(1001) },
      'text expected text of 1 to 1000 characters, got 1001 characters',
    ],
    [
      'a template that stays as it is',
      'changeTemplate',
      { id: 1 },
      'needs name or text or kind or sender or signature',
    ],
    [
      'a template by its name',
      'removeTemplate',
      { id: 'code' },
      'id expected an id from the gateway, digits only, got 4 characters',
    ],
    [
      'an operator that there is not',
      'addOperatorTemplate',
      { sender: 'a', text: 'a', traffic: ['kyivstar'] },
      'traffic[0] expected one of mts_srv',
    ],
    ['a contact of nothing', 'addContact', {}, 'name is needed', 'needs phone or email'],
    [
      'a contact with a group of people for a number',
      'addContact',
      { name: 'a', phone: 'G7' },
      'phone has a letter; expected one number of 7 to 15 digits',
    ],
    [
      'a contact born on the 30th of February',
      'addContact',
      { name: 'a', phone: to, birthday: '1990-02-30' },
      'birthday expected a day that exists, as YYYY-MM-DD, got 10 characters',
    ],
    [
      'a contact in no group',
      'addContact',
      { name: 'a', phone: to, groups: [] },
      'groups needs at least one',
    ],
    ['a contact that stays as it is', 'changeContact', { phone: to }, 'needs newPhone or newEmail or name'],
    [
      'a contact by number and by address',
      'removeContact',
      { phone: to, email: 'a@example.org' },
      'needs either phone or email',
    ],
    ['nobody', 'removeContact', { phone: [] }, 'phone needs at least one'],
    [
      'a group by its name',
      'moveToGroup',
      { group: 'Friends', phone: to },
      'group expected an id from the gateway, digits only, got 7 characters',
    ],
    [
      'a mailing of nothing',
      'createJob',
      {},
      'name is needed',
      'to is needed for kind sms',
      'text is needed for kind sms',
    ],
    [
      'a mailing with an id of its own',
      'createJob',
      { name: 'a', to, text: 'a', id: 5 },
      'id is not one of messages, lineBreaks',
    ],
    [
      'a mailing with a report for each recipient',
      'createJob',
      { name: 'a', to, text: 'a', perRecipient: true },
      'perRecipient is not one of messages',
    ],
    [
      'a mailing with the balance for an answer',
      'createJob',
      { name: 'a', to, text: 'a', report: 'balance' },
      'report expected one of cost, got 7 characters',
    ],
    [
      'a mailing with a text and a template',
      'createJob',
      { name: 'a', to, text: 'a', template: 5 },
      'text conflicts with template',
    ],
    [
      'a template for what takes no text',
      'createJob',
      { name: 'a', kind: 'ping', to, template: 5 },
      'text is not accepted by kind ping',
    ],
    [
      'a mailing to some and to others',
      'createJob',
      { name: 'a', to, text: 'a', messages: [{ to, text: 'b' }] },
      'to conflicts with messages',
      'text conflicts with messages',
    ],
    [
      'a mailing of line breaks without messages',
      'createJob',
      { name: 'a', to, text: 'a', lineBreaks: 'raw' },
      'lineBreaks needs messages',
    ],
    [
      'a list of a mailing that could be read in two ways',
      'createJob',
      { name: 'a', messages: [{ to, text: 'a|b' }] },
      'messages[0].text has a |, which could end a sender; give this message a sender',
    ],
    [
      'a mailing every fortnight',
      'createJob',
      { name: 'a', to, text: 'a', repeat: { every: 'fortnight' } },
      'repeat.every expected one of hour, day, working-day, weekend-day, week, month, year, got 9 characters',
    ],
    [
      'a mailing on the 31st of November',
      'createJob',
      { name: 'a', to, text: 'a', sendAt: { local: '2026-11-31T10:00' } },
      'sendAt.local expected a date that exists, as YYYY-MM-DDThh:mm, got 16 characters',
    ],
    [
      'mailings of a time that ends before it begins',
      'jobs',
      { from: '2026-12-01', to: '2026-11-30' },
      'to is before from',
    ],
    [
      'days as the gateway writes them',
      'jobs',
      { from: '01.11.2026' },
      'from expected a day that exists, as YYYY-MM-DD, got 10 characters',
    ],
    ['a sub-account of nothing', 'addSubAccount', {}, 'login is needed', 'password is needed'],
    [
      'a zone that a sub-account cannot have',
      'changeSubAccount',
      { login: 'a', utcOffset: 13 },
      'utcOffset expected a whole number from -12 to 12 hours, got 13',
    ],
    [
      'hours that end before they begin',
      'changeSubAccount',
      { login: 'a', hours: { from: 21, to: 9 } },
      'hours must end after it starts',
    ],
    [
      'a switch that there is not',
      'changeSubAccount',
      { login: 'a', switches: { admin: true } },
      'switches.admin is not one of smppIncoming',
    ],
    [
      'eight flags of seven',
      'changeSubAccount',
      { login: 'a', emailToSms: { flags: new Array(8).fill(true) } },
      'emailToSms.flags expected at most 7 flags, got 8',
    ],
    [
      'a prefix that is a word',
      'changeSubAccount',
      { login: 'a', prefixes: ['7', 'all'] },
      'prefixes[1] expected 1 to 15 digits, with a - in front to forbid the prefix, got 3 characters',
    ],
    [
      'an address of a handler that is none',
      'changeSubAccount',
      { login: 'a', callbackUrl: 'ftp://a.org' },
      'callbackUrl expected an http or https address, got 11 characters',
    ],
    [
      'a sum as a float',
      'paySubAccount',
      { login: 'a', sum: 0.1 },
      "sum expected a decimal amount as text, such as '100.50', got a number",
    ],
    [
      'a sum of nothing',
      'paySubAccount',
      { login: 'a', sum: '0.00' },
      "sum expected a decimal amount as text, such as '100.50', got 4 characters",
    ],
    [
      'an invoice for less than nothing',
      'createInvoice',
      { login: 'a', sum: '-5' },
      "sum expected a decimal amount as text above zero, such as '100.50', got 2 characters",
    ],
    ['an invoice of nobody', 'createInvoice', { sum: '5' }, 'needs either login or userId'],
    [
      'a certificate by both its numbers',
      'completionCertificate',
      { login: 'a', id: 5, number: 'A-5' },
      'needs either id or number',
    ],
    ['statistics of no time', 'statistics', {}, 'from is needed', 'to is needed'],
    [
      'statistics of a time that ends before it begins',
      'subAccountStatistics',
      { from: '2026-12-01', to: '2026-11-30' },
      'to is before from',
    ],
    [
      'a name that is a number for a code',
      'sendSenderCode',
      { sender: 'NAME' },
      'sender has a letter; expected one number of 7 to 15 digits',
    ],
    [
      'a sender name by name and by number',
      'removeSenderName',
      { sender: 'NAME', id: 5 },
      'needs either sender or id',
    ],
    [
      'a history of seven months',
      'history',
      { from: '2026-05-01', to: '2026-11-02' },
      'to is more than 6 months after from',
    ],
    [
      'a history of a page too long',
      'history',
      { count: 1001 },
      'count expected a whole number from 1 to 1000, got 1001',
    ],
    [
      'incoming messages of eight days',
      'incoming',
      { hours: 169 },
      'hours expected a whole number from 1 to 168 hours, got 169',
    ],
    [
      'incoming messages of a page too long',
      'incoming',
      { count: 10001 },
      'count expected a whole number from 1 to 10000, got 10001',
    ],
    [
      'incoming messages to a name',
      'incoming',
      { to: 'NAME' },
      'to expected a number of 3 to 15 digits, got 4 characters',
    ],
    [
      'an operator of two numbers',
      'operatorOf',
      { phone: `${to},${to}` },
      'phone has a comma; pass several as an array',
    ],
    ['no numbers', 'operatorsOf', { phones: [] }, 'phones needs at least one'],
    [
      'a short link by address and by number',
      'shortLink',
      { link: 'https://a.org', id: 5 },
      'needs either link or id',
    ],
    [
      'a short link that is none',
      'shortLink',
      { link: 'a.org' },
      'link expected an http or https address, got 5 characters',
    ],
    ['ported numbers of no day', 'portedNumbers', {}, 'date is needed'],
    ['no export', 'downloadFile', {}, 'needs either id or name'],
    ['a rent that is to be what', 'changeRent', { phone: to }, 'renew is needed'],
    ['a call from nobody', 'waitForCall', {}, 'phone is needed'],
    ['an event for nobody', 'reportEvent', { name: 'a' }, 'group is needed'],
    [
      'a code for two',
      'callWithCode',
      { to: [to, to] },
      'to expected one number of 7 to 15 digits, got an array',
    ],
  ];

  for (const [name, operation, input, ...expected] of cases) {
    it(name, () => {
      const found = complaints(operation, input);
      expect(found).toHaveLength(expected.length);
      expected.forEach((complaint, at) => expect(found[at]).toContain(complaint));
    });
  }

  it('six months are six months of the calendar, whatever their length', () => {
    for (const [from, to, fits] of [
      ['2026-05-01', '2026-11-01', true],
      ['2025-08-31', '2026-02-28', true],
      ['2025-08-31', '2026-03-01', false],
      ['2025-12-31', '2026-06-30', true],
      ['2026-07-15', '2027-01-15', true],
      ['2026-07-15', '2027-01-16', false],
    ] as const) {
      expect(complaints('history', { from, to })).toEqual(
        fits ? [] : ['to is more than 6 months after from'],
      );
    }
  });

  it('whatever stands anywhere, and never another error', () => {
    const odd: readonly unknown[] = [
      null,
      true,
      0,
      NaN,
      5n,
      '',
      'x',
      '\ud800',
      Symbol('s'),
      [],
      [undefined],
      new Array(2),
      {},
      Object.create(null),
      { toString: null },
      { from: Symbol('s') },
      new Date(NaN),
      () => 1,
      new Uint8Array(),
      new Map(),
    ];
    const requests = Object.values(endpoints).flatMap((each) => each.requests);
    for (const { operation, input } of requests) {
      for (const value of odd) {
        expect(Array.isArray(complaints(operation, value))).toBe(true);
        for (const name of Object.keys(input))
          expect(Array.isArray(complaints(operation, { ...input, [name]: value }))).toBe(true);
      }
    }
  });
});

describe('the day that a parameter holds', () => {
  it('agrees with the platform’s calendar for every day of two centuries', () => {
    for (let ms = Date.UTC(1900, 0, 1); ms <= Date.UTC(2099, 11, 31); ms += 86_400_000) {
      const day = new Date(ms).toISOString().slice(0, 10);
      const [year, month, date] = day.split('-');
      if (complaints('portedNumbers', { date: day }).length > 0) expect.fail(day);
      expect(fieldsOf(operations['portedNumbers']!)['date']!.encode(day, {})).toBe(
        `${date}.${month}.${year}`,
      );
    }
  });

  it('is refused where no calendar has it', () => {
    for (const date of [
      '2026-02-29',
      '2026-04-31',
      '2026-13-01',
      '2026-00-10',
      '2026-01-00',
      '2026-1-1',
      '26-01-01',
      '2026-01-01T00:00',
      ' 2026-01-01',
      '2026-01-01\n',
    ]) {
      expect(complaints('portedNumbers', { date })).toHaveLength(1);
    }
  });
});

describe('the types of a mailing', () => {
  const mailing = (input: CreateJobInput): string[] => complaints(createJob.name, input);

  it('take what a message takes, a list, or a template', () => {
    expect(mailing({ name: 'a', to, text: 'a', translit: 1 })).toEqual([]);
    expect(
      mailing({ name: 'a', kind: 'voice', to, text: 'a', voice: 'w', repeat: { every: 'day' } }),
    ).toEqual([]);
    expect(mailing({ name: 'a', kind: 'viber', to, template: 5 })).toEqual([]);
    expect(mailing({ name: 'a', to: { group: 7 }, template: '5', sender: 'NAME' })).toEqual([]);
    expect(mailing({ name: 'a', messages: [{ to, text: 'b' }] })).toEqual([]);
  });

  it('and nothing else', () => {
    // @ts-expect-error a text and a template
    expect(mailing({ name: 'a', to, text: 'a', template: 5 })).toHaveLength(1);
    // @ts-expect-error a voice for an SMS
    expect(mailing({ name: 'a', to, text: 'a', voice: 'w' })).toHaveLength(1);
    // @ts-expect-error a mailing without a name
    expect(mailing({ to, text: 'a' })).toHaveLength(1);
    // @ts-expect-error an id of one's own
    expect(mailing({ name: 'a', to, text: 'a', id: 5 })).toHaveLength(1);
    // @ts-expect-error recipients beside messages
    expect(mailing({ name: 'a', to, messages: [{ to, text: 'a' }] })).toHaveLength(1);
  });
});
