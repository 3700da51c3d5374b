import { describe, expect, it } from 'vitest';
import { check, createJob, type CreateJobInput } from '../src/index.ts';
import { endpoints } from './endpoints.ts';
import { fieldsOf, newParts, operations } from './operations.ts';
import { unusualValues } from './unusual-values.ts';

const to = '380501234567';
const issuesOf = (operation: string, input: unknown): string[] =>
  check(operations[operation]!, input).map(({ path, message }) => `${path} ${message}`.trim());

describe('the input of an operation', () => {
  const cases: readonly (readonly [name: string, operation: string, input: unknown, ...issues: string[]])[] =
    [
      ['a status request without members', 'status', {}, 'id is required', 'phone is required'],
      ['an HLR status request without members', 'hlrStatus', {}, 'id is required', 'phone is required'],
      [
        'a status request for an empty list',
        'statuses',
        { messages: [] },
        'messages expected a non-empty array',
      ],
      [
        'a message without a number',
        'statuses',
        { messages: [{ id: 1 }] },
        'messages[0].phone expected a phone number or an e-mail address, got undefined',
      ],
      [
        'a message without an id',
        'statuses',
        { messages: [{ id: 1, phone: to }, { phone: to }] },
        'messages[1].id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got undefined',
      ],
      [
        'two numbers for one id',
        'statuses',
        { messages: [{ id: 1, phone: `${to},${to}` }] },
        'messages[0].phone expected a phone number or an e-mail address, got a string of length 25',
      ],
      [
        'a list of ids in a text',
        'deleteMessage',
        { id: '1,2', phone: to },
        'id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got a string of length 3',
      ],
      ['a template without members', 'addTemplate', {}, 'name is required', 'text is required'],
      [
        'a template of 1,001 characters',
        'addTemplate',
        { name: 'a', text: 'a'.repeat(1001) },
        'text expected text of 1 to 1000 characters, got a string of length 1001',
      ],
      [
        'a change of a template without members',
        'changeTemplate',
        { id: 1 },
        'expected at least one of name, text, kind, sender, signature',
      ],
      [
        'a template identified by its name',
        'removeTemplate',
        { id: 'code' },
        'id expected an id from the gateway, digits only, got a string of length 4',
      ],
      [
        'an unknown operator',
        'addOperatorTemplate',
        { sender: 'a', text: 'a', traffic: ['kyivstar'] },
        'traffic[0] expected one of mts_srv',
      ],
      [
        'a contact without members',
        'addContact',
        {},
        'name is required',
        'expected at least one of phone, email',
      ],
      [
        'a contact with a group as its number',
        'addContact',
        { name: 'a', phone: 'G7' },
        'phone has a letter; expected a phone number as text (7 to 15 digits)',
      ],
      [
        'a contact with the birthday 30 February',
        'addContact',
        { name: 'a', phone: to, birthday: '1990-02-30' },
        'birthday expected an existing day as YYYY-MM-DD, got a string of length 10',
      ],
      [
        'a contact with an empty list of groups',
        'addContact',
        { name: 'a', phone: to, groups: [] },
        'groups expected a non-empty array',
      ],
      [
        'a change of a contact without members',
        'changeContact',
        { phone: to },
        'expected at least one of newPhone, newEmail, name',
      ],
      [
        'a contact identified by number and e-mail address',
        'removeContact',
        { phone: to, email: 'a@example.org' },
        'expected exactly one of phone, email',
      ],
      [
        'an empty list of contacts to remove',
        'removeContact',
        { phone: [] },
        'phone expected a non-empty array',
      ],
      [
        'a group identified by its name',
        'moveToGroup',
        { group: 'Friends', phone: to },
        'group expected an id from the gateway, digits only, got a string of length 7',
      ],
      [
        'a job without members',
        'createJob',
        {},
        'name is required',
        'to is required for kind sms',
        'text is required for kind sms',
      ],
      [
        'a job with an id',
        'createJob',
        { name: 'a', to, text: 'a', id: 5 },
        'id is unknown; valid names: messages, lineBreaks',
      ],
      [
        'a job with perRecipient',
        'createJob',
        { name: 'a', to, text: 'a', perRecipient: true },
        'perRecipient is unknown; valid names: messages',
      ],
      [
        'a job with report: balance',
        'createJob',
        { name: 'a', to, text: 'a', report: 'balance' },
        'report expected one of cost, got a string of length 7',
      ],
      [
        'a job with a text and a template',
        'createJob',
        { name: 'a', to, text: 'a', template: 5 },
        'text conflicts with template',
      ],
      [
        'a template with a kind that has no text',
        'createJob',
        { name: 'a', kind: 'ping', to, template: 5 },
        'text is not accepted by kind ping',
      ],
      [
        'a job with recipients and messages',
        'createJob',
        { name: 'a', to, text: 'a', messages: [{ to, text: 'b' }] },
        'to conflicts with messages',
        'text conflicts with messages',
      ],
      [
        'a job with lineBreaks and without messages',
        'createJob',
        { name: 'a', to, text: 'a', lineBreaks: 'raw' },
        'lineBreaks requires the member messages',
      ],
      [
        'a job with a list that is ambiguous',
        'createJob',
        { name: 'a', messages: [{ to, text: 'a|b' }] },
        'messages[0].text has a |, which a list reads as the end of the sender; set `sender`',
      ],
      [
        'a job with an unknown interval',
        'createJob',
        { name: 'a', to, text: 'a', repeat: { every: 'fortnight' } },
        'repeat.every expected one of hour, day, working-day, weekend-day, week, month, year, got a string of length 9',
      ],
      [
        'a job on 31 November',
        'createJob',
        { name: 'a', to, text: 'a', sendAt: { local: '2026-11-31T10:00' } },
        'sendAt.local expected an existing time as YYYY-MM-DDThh:mm, got a string of length 16',
      ],
      [
        'jobs of a period that ends before it begins',
        'jobs',
        { from: '2026-12-01', to: '2026-11-30' },
        'to is before `from`',
      ],
      [
        'days in the gateway’s form',
        'jobs',
        { from: '01.11.2026' },
        'from expected an existing day as YYYY-MM-DD, got a string of length 10',
      ],
      ['a sub-account without members', 'addSubAccount', {}, 'login is required', 'password is required'],
      [
        'a time zone that a sub-account cannot have',
        'changeSubAccount',
        { login: 'a', utcOffset: 13 },
        'utcOffset expected a whole number from -12 to 12 hours, got 13',
      ],
      [
        'hours that end before they begin',
        'changeSubAccount',
        { login: 'a', hours: { from: 21, to: 9 } },
        'hours expected the first hour to be before the last one',
      ],
      [
        'an unknown switch',
        'changeSubAccount',
        { login: 'a', switches: { admin: true } },
        'switches.admin is unknown; valid names: smppIncoming',
      ],
      [
        'eight flags instead of seven',
        'changeSubAccount',
        { login: 'a', emailToSms: { flags: new Array(8).fill(true) } },
        'emailToSms.flags expected at most 7 flags, got 8',
      ],
      [
        'a prefix that is a word',
        'changeSubAccount',
        { login: 'a', prefixes: ['7', 'all'] },
        "prefixes[1] expected 1 to 15 digits, with a leading '-' to forbid the prefix, got a string of length 3",
      ],
      [
        'a callback URL with another scheme',
        'changeSubAccount',
        { login: 'a', callbackUrl: 'ftp://a.org' },
        'callbackUrl expected an http or https URL, got a string of length 11',
      ],
      [
        'a sum that is a float',
        'paySubAccount',
        { login: 'a', sum: 0.1 },
        "sum expected a decimal number with at most 4 decimal places as text, such as '100.50', got a number",
      ],
      [
        'a sum of 0',
        'paySubAccount',
        { login: 'a', sum: '0.00' },
        "sum expected a decimal number with at most 4 decimal places as text, such as '100.50', got a string of length 4",
      ],
      [
        'an invoice with a negative sum',
        'createInvoice',
        { login: 'a', sum: '-5' },
        "sum expected a decimal number above zero with at most 4 decimal places as text, such as '100.50', got a string of length 2",
      ],
      [
        'an invoice without a sub-account',
        'createInvoice',
        { sum: '5' },
        'expected exactly one of login, userId',
      ],
      [
        'a certificate identified by id and number',
        'completionCertificate',
        { login: 'a', id: 5, number: 'A-5' },
        'expected exactly one of id, number',
      ],
      ['statistics without a period', 'statistics', {}, 'from is required', 'to is required'],
      [
        'statistics of a period that ends before it begins',
        'subAccountStatistics',
        { from: '2026-12-01', to: '2026-11-30' },
        'to is before `from`',
      ],
      [
        'a name instead of a number in a request for a code',
        'sendSenderCode',
        { sender: 'NAME' },
        'sender has a letter; expected a phone number as text (7 to 15 digits)',
      ],
      [
        'a sender name identified by name and id',
        'removeSenderName',
        { sender: 'NAME', id: 5 },
        'expected exactly one of sender, id',
      ],
      [
        'a history of more than six months',
        'history',
        { from: '2026-05-01', to: '2026-11-02' },
        'to is more than 6 months after `from`',
      ],
      [
        'a history with too many rows per page',
        'history',
        { count: 1001 },
        'count expected a whole number from 1 to 1000, got 1001',
      ],
      [
        'incoming messages of more than 168 hours',
        'incoming',
        { hours: 169 },
        'hours expected a whole number from 1 to 168 hours, got 169',
      ],
      [
        'incoming messages with too many rows per page',
        'incoming',
        { count: 10001 },
        'count expected a whole number from 1 to 10000, got 10001',
      ],
      [
        'incoming messages to a name',
        'incoming',
        { to: 'NAME' },
        'to expected a phone number as text (3 to 15 digits), got a string of length 4',
      ],
      [
        'two numbers in a request for one operator',
        'operatorOf',
        { phone: `${to},${to}` },
        'phone has a comma; pass several recipients as an array',
      ],
      ['an empty list of numbers', 'operatorsOf', { phones: [] }, 'phones expected a non-empty array'],
      [
        'a short link identified by URL and id',
        'shortLink',
        { link: 'https://a.org', id: 5 },
        'expected exactly one of link, id',
      ],
      [
        'a short link without a scheme',
        'shortLink',
        { link: 'a.org' },
        'link expected an http or https URL, got a string of length 5',
      ],
      ['ported numbers without a date', 'portedNumbers', {}, 'date is required'],
      ['a file without id and name', 'downloadFile', {}, 'expected exactly one of id, name'],
      ['a change of a rent without a value', 'changeRent', { phone: to }, 'renew is required'],
      ['a call without a number', 'waitForCall', {}, 'phone is required'],
      ['an event without a group', 'reportEvent', { name: 'a' }, 'group is required'],
      [
        'a code for two numbers',
        'callWithCode',
        { to: [to, to] },
        'to expected a phone number as text (7 to 15 digits), got an array',
      ],
    ];

  for (const [name, operation, input, ...expected] of cases) {
    it(`is rejected with every issue: ${name}`, () => {
      const found = issuesOf(operation, input);
      expect(found).toHaveLength(expected.length);
      expected.forEach((issue, at) => expect(found[at]).toContain(issue));
    });
  }

  it('may have a range of six calendar months at most', () => {
    for (const [from, to, fits] of [
      ['2026-05-01', '2026-11-01', true],
      ['2025-08-31', '2026-02-28', true],
      ['2025-08-31', '2026-03-01', false],
      ['2025-12-31', '2026-06-30', true],
      ['2026-07-15', '2027-01-15', true],
      ['2026-07-15', '2027-01-16', false],
    ] as const) {
      expect(issuesOf('history', { from, to })).toEqual(
        fits ? [] : ['to is more than 6 months after `from`'],
      );
    }
  });

  it('is checked whatever its type, and check never throws', () => {
    const requests = Object.values(endpoints).flatMap((each) => each.requests);
    for (const { operation, input } of requests) {
      for (const value of unusualValues) {
        expect(Array.isArray(issuesOf(operation, value))).toBe(true);
        for (const name of Object.keys(input))
          expect(Array.isArray(issuesOf(operation, { ...input, [name]: value }))).toBe(true);
      }
    }
  });
});

describe('a day', () => {
  it('is valid if Date accepts it, for every day of two centuries', () => {
    for (let ms = Date.UTC(1900, 0, 1); ms <= Date.UTC(2099, 11, 31); ms += 86_400_000) {
      const day = new Date(ms).toISOString().slice(0, 10);
      const [year, month, date] = day.split('-');
      if (issuesOf('portedNumbers', { date: day }).length > 0) expect.fail(day);
      expect(fieldsOf(operations['portedNumbers']!)['date']!.encode(day, {}, newParts())).toBe(
        `${date}.${month}.${year}`,
      );
    }
  });

  it('is rejected if it does not exist', () => {
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
      expect(issuesOf('portedNumbers', { date })).toHaveLength(1);
    }
  });
});

describe('the input of a job', () => {
  const issuesOfJob = (input: CreateJobInput): string[] => issuesOf(createJob.name, input);

  it('may have a message, a list or a template', () => {
    expect(issuesOfJob({ name: 'a', to, text: 'a', translit: 1 })).toEqual([]);
    expect(
      issuesOfJob({ name: 'a', kind: 'voice', to, text: 'a', voice: 'w', repeat: { every: 'day' } }),
    ).toEqual([]);
    expect(issuesOfJob({ name: 'a', kind: 'viber', to, template: 5 })).toEqual([]);
    expect(issuesOfJob({ name: 'a', to: { group: 7 }, template: '5', sender: 'NAME' })).toEqual([]);
    expect(issuesOfJob({ name: 'a', messages: [{ to, text: 'b' }] })).toEqual([]);
  });

  it('must not combine a message, a list and a template', () => {
    // @ts-expect-error a text and a template
    expect(issuesOfJob({ name: 'a', to, text: 'a', template: 5 })).toHaveLength(1);
    // @ts-expect-error a voice for an SMS
    expect(issuesOfJob({ name: 'a', to, text: 'a', voice: 'w' })).toHaveLength(1);
    // @ts-expect-error a job without a name
    expect(issuesOfJob({ to, text: 'a' })).toHaveLength(1);
    // @ts-expect-error an id of the caller
    expect(issuesOfJob({ name: 'a', to, text: 'a', id: 5 })).toHaveLength(1);
    // @ts-expect-error recipients with messages
    expect(issuesOfJob({ name: 'a', to, messages: [{ to, text: 'a' }] })).toHaveLength(1);
  });
});
