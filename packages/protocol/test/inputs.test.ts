import { runInNewContext } from 'node:vm';
import { whilePolluted } from '@smsc/testing/pollution';
import { describe, expect, it } from 'vitest';
import {
  balance,
  check,
  cost,
  encode,
  fromReply,
  type InputError,
  koi8r,
  send,
  sendList,
  type SendInput,
  status,
  toRequest,
  utf8,
  windows1251,
} from '../src/index.ts';
import type { Operation } from '../src/core/operation.ts';
import { unusualValues } from './unusual-values.ts';

const to = '380501234567';
const text = 'a';
const issuesOf = (operation: Operation<never, unknown>, input: unknown, charset = utf8): string[] =>
  check(operation as Operation<unknown, unknown>, input, { charset }).map(({ path, message }) =>
    `${path} ${message}`.trim(),
  );

describe('an invalid input', () => {
  it('makes toRequest throw one error that lists every issue', () => {
    const wrong = {
      to: [],
      text: '',
      id: 'a b',
      sender: 'abcdefghijkl',
      validFor: { hours: 25 },
    } as unknown as SendInput;
    let thrown: InputError | undefined;
    try {
      toRequest(send, wrong, { login: '', password: 'p' });
    } catch (error) {
      thrown = error as InputError;
    }
    expect(thrown).toMatchObject({ kind: 'invalid-input', mayHaveHappened: false, operation: 'send' });
    expect(thrown!.issues.map((issue) => issue.path)).toEqual([
      'credentials.login',
      'text',
      'id',
      'sender',
      'validFor.hours',
      'to',
    ]);
    expect(thrown!.message).toBe(
      'send: credentials.login expected text of 1 to 2000 utf-8 characters in one line, got a string of length 0; ' +
        'text expected text of 1 to 1000 characters, got a string of length 0; ' +
        'id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got a string of length 3; ' +
        'sender expected 1 to 11 ASCII characters, or up to 15 digits, got a string of length 12; ' +
        'validFor.hours expected a whole number from 1 to 24, got 25; ' +
        'to expected a non-empty array',
    );
  });

  it('makes toRequest throw an error without phone numbers, texts or passwords', () => {
    const secrets = ['hunter2', '380671234567890123', 'Ваш код 4821'];
    const inputs: unknown[] = [
      { to: secrets[1], text: `${secrets[2]}\0` },
      { to: [`x${secrets[1]}`], text: secrets[2]!.repeat(100) },
      { to: secrets[2], text: 5, sender: secrets[2], id: secrets[2], [secrets[2]!]: 1 },
    ];
    for (const input of inputs) {
      try {
        toRequest(send, input as SendInput, { login: 'l\n', password: secrets[0]! });
        expect.unreachable();
      } catch (error) {
        for (const secret of secrets)
          expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain(secret);
      }
    }
  });

  const cases: readonly (readonly [
    name: string,
    operation: Operation<never, unknown>,
    input: unknown,
    expected: string,
  ])[] = [
    ['no input', send, undefined, 'expected an object, got undefined'],
    ['null', send, null, 'expected an object, got null'],
    ['an array', send, [], 'expected an object, got an array'],
    ['no recipients', send, { to: [], text }, 'to expected a non-empty array'],
    ['a missing `to`', send, { text }, 'to is required for kind sms'],
    ['no text', send, { to }, 'text is required for kind sms'],
    [
      'a number as recipient',
      send,
      { to: 380501234567, text },
      'to expected a phone number as text (7 to 15 digits) or { group: number }, got a number',
    ],
    [
      'a short number',
      send,
      { to: ['380501234567', '123'], text },
      'to[1] expected a phone number as text (7 to 15 digits) or { group: number }, got a string of length 3',
    ],
    [
      'two numbers in one text',
      send,
      { to: '380501234567,380501234568', text },
      'to has a comma; pass several recipients as an array',
    ],
    [
      'an IP address as recipient',
      send,
      { to: '192.168.1.100', text },
      'to expected a phone number as text (7 to 15 digits)',
    ],
    [
      'a date as recipient',
      send,
      { to: '2024-11-24', text },
      'to expected a phone number as text (7 to 15 digits)',
    ],
    [
      'an amount as recipient',
      send,
      { to: '12.500.000', text },
      'to expected a phone number as text (7 to 15 digits)',
    ],
    [
      'two numbers separated by a space',
      send,
      { to: '1234567 7654321', text },
      'to expected a phone number as text (7 to 15 digits)',
    ],
    [
      'an unmatched bracket',
      send,
      { to: '+380 (50 1234567', text },
      'to expected a phone number as text (7 to 15 digits)',
    ],
    ['an id with leading zeros', send, { to, text, id: '007' }, 'id expected a whole number from 1'],
    ['an id that PHP reads as a number', send, { to, text, id: '1e5' }, 'id expected a whole number from 1'],
    ['a negative id', send, { to, text, id: '-3' }, 'id expected a whole number from 1'],
    [
      'a title that is the separator of comments',
      send,
      { kind: 'wap-push', to, url: 'https://a.org', title: ' ~~~' },
      'title has a line ~~~, which starts a comment',
    ],
    [
      'an e-mail address as sender in a list',
      sendList,
      { messages: [{ to, text, sender: 'a@b.org' }] },
      'messages[0].sender is an e-mail address; use a name or a number',
    ],
    [
      'a line break at the end of a raw text',
      sendList,
      { messages: [{ to, text: 'a\n' }], lineBreaks: 'raw' },
      'messages[0] ends with a line break',
    ],
    [
      'a ; in the second line of a raw text',
      sendList,
      { messages: [{ to, text: 'a\nb;c' }], lineBreaks: 'raw' },
      'messages[0].text has a line with : ; or |',
    ],
    [
      'a prefix after white space',
      send,
      { to, text: ' \n__CALL__ a' },
      'text starts with a command such as __CALL__; use `kind`',
    ],
    [
      'a group as text',
      send,
      { to: 'G12', text },
      'to has a letter; expected a phone number as text (7 to 15 digits) or { group: number }',
    ],
    [
      'a group with the number 0',
      send,
      { to: { group: 0 }, text },
      'to expected a phone number as text (7 to 15 digits) or { group: number }, got an object',
    ],
    [
      'a group with an unknown member',
      send,
      { to: { group: 1, x: 1 }, text },
      'to expected a phone number as text (7 to 15 digits) or { group: number }, got an object',
    ],
    [
      'an e-mail address as recipient of an SMS',
      send,
      { to: 'a@b.org', text },
      'to expected a phone number as text (7 to 15 digits) or { group: number }, got a string of length 7',
    ],
    [
      'a phone number as recipient of an e-mail',
      send,
      { kind: 'email', to, text, subject: 's', sender: 'a@b.org' },
      'to expected an e-mail address or { group: number }, got a string of length 12',
    ],
    [
      'a text of 1,001 characters',
      send,
      { to, text: 'a'.repeat(1001) },
      'text expected text of 1 to 1000 characters, got a string of length 1001',
    ],
    [
      'text and comment that are too long together',
      send,
      { to, text: 'a'.repeat(990), comment: 'bbbbbb' },
      'comment takes 1001 characters with text; at most 1000 fit',
    ],
    ['a lone surrogate', send, { to, text: 'a\ud83d' }, 'text contains characters that utf-8 lacks, at 1'],
    ['a NUL', send, { to, text: 'a\0b' }, 'text has a NUL character at 1'],
    [
      'a comment without a text in an MMS',
      send,
      { kind: 'mms', to, subject: 's', comment: 'c' },
      'comment requires text',
    ],
    [
      'a line that is the separator of comments',
      send,
      { to, text: 'a\n~~~\nb' },
      'text has a line ~~~, which starts a comment',
    ],
    [
      'the separator of comments after a carriage return',
      send,
      { to, text: 'a\r~~~' },
      'text has a line ~~~, which starts a comment',
    ],
    [
      'a prefix that would change the kind',
      send,
      { to, text: '__CALL__ a' },
      'text starts with a command such as __CALL__; use `kind`',
    ],
    [
      'an id of 41 characters',
      send,
      { to, text, id: 'a'.repeat(41) },
      'id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got a string of length 41',
    ],
    [
      'an id with a space',
      send,
      { to, text, id: 'a b' },
      'id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got a string of length 3',
    ],
    [
      'the id 0',
      send,
      { to, text, id: 0 },
      'id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got a number',
    ],
    [
      'an id of more than 31 bits',
      send,
      { to, text, id: 2147483648 },
      'id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got a number',
    ],
    [
      'an id text with too many digits',
      send,
      { to, text, id: '99999999999' },
      'id expected a whole number from 1 to 2147483647, or 1 to 40 characters A-Z a-z 0-9 . - _ that are not a number, got a string of length 11',
    ],
    [
      'a sender of 12 letters',
      send,
      { to, text, sender: 'abcdefghijkl' },
      'sender expected 1 to 11 ASCII characters, or up to 15 digits, got a string of length 12',
    ],
    [
      'a sender of 16 digits',
      send,
      { to, text, sender: '1234567890123456' },
      'sender expected 1 to 11 ASCII characters, or up to 15 digits, got a string of length 16',
    ],
    [
      'an e-mail address as sender of an SMS',
      send,
      { to, text, sender: 'a@b.org' },
      'sender expected a name or a phone number, got a string of length 7',
    ],
    [
      'a name as sender of an e-mail',
      send,
      { kind: 'email', to: 'a@b.org', text, subject: 's', sender: 'me' },
      'sender expected an e-mail address, got a string of length 2',
    ],
    [
      'hours with `from` after `to`',
      send,
      { to, text, sendAt: { from: 22, to: 6 } },
      'sendAt expected `from` before `to`',
    ],
    [
      '31 February',
      send,
      { to, text, sendAt: { local: '2026-02-31T10:00' } },
      'sendAt.local expected an existing time as YYYY-MM-DDThh:mm, got a string of length 16',
    ],
    [
      '29 February in a common year',
      send,
      { to, text, sendAt: { local: '2027-02-29T10:00' } },
      'sendAt.local expected an existing time as YYYY-MM-DDThh:mm, got a string of length 16',
    ],
    [
      'the hour 24',
      send,
      { to, text, sendAt: { local: '2026-02-01T24:00' } },
      'sendAt.local expected an existing time as YYYY-MM-DDThh:mm, got a string of length 16',
    ],
    ...[
      ['an instant without an offset', '2026-11-24T10:00'],
      ['an instant without a time', '2026-11-24'],
      ['an instant on a day that does not exist', '2026-02-29T10:00Z'],
      ['an instant at an hour that does not exist', '2026-02-28T24:00Z'],
      ['an instant at a minute that does not exist', '2026-02-28T23:60Z'],
      ['an instant at a second that does not exist', '2026-02-28T23:59:60Z'],
      ['an instant with a fraction of a minute', '2026-02-28T23:59.5Z'],
      ['an instant with an offset of 15 hours', '2026-11-24T10:00+15:00'],
      ['an instant with an offset of 60 minutes', '2026-11-24T10:00+01:60'],
      ['an instant with an offset of one number', '2026-11-24T10:00+02'],
      ['an instant with a space', '2026-11-24 10:00Z'],
      ['an instant before 2002 as text', '2001-09-09T01:46:39Z'],
      ['an instant after 2099 as text', '2099-12-31T00:00Z'],
      ['a word as time', 'tomorrow'],
      ['Unix seconds as text', '1795507200'],
    ].map(
      ([name, sendAt]) =>
        [
          name!,
          send,
          { to, text, sendAt },
          `sendAt expected a Date or an ISO 8601 text with an offset, from 2002 to 2099, got a string of length ${sendAt!.length}`,
        ] as const,
    ),
    [
      'Unix seconds as a number',
      send,
      { to, text, sendAt: 1795507200 },
      'sendAt expected a Date or an ISO 8601 text with an offset, { at, utcOffset }, { local }, { from, to } or { inMinutes }, got a number',
    ],
    [
      'a phone number where a small number is expected',
      send,
      { to, text, maxParts: 380501234567 },
      'maxParts expected a whole number from 1 to 255, got a number of 12 digits',
    ],
    [
      'a negative number with a fraction',
      send,
      { to, text, maxParts: -1234567.5 },
      'maxParts expected a whole number from 1 to 255, got -1234567.5',
    ],
    [
      'an instant before 2001-09-09T01:46:40Z',
      send,
      { to, text, sendAt: new Date(999_999_999_000) },
      'sendAt expected a Date or an ISO 8601 text with an offset, from 2002 to 2099, got an object',
    ],
    [
      'an invalid Date',
      send,
      { to, text, sendAt: new Date(NaN) },
      'sendAt expected a Date or an ISO 8601 text with an offset, from 2002 to 2099, got an object',
    ],
    [
      'an instant in local time without an offset',
      send,
      { to, text, sendAt: { at: new Date(1e12) } },
      'sendAt.utcOffset expected a whole number from -12 to 14 hours, got undefined',
    ],
    [
      'a delay of 0 minutes',
      send,
      { to, text, sendAt: { inMinutes: 0 } },
      'sendAt.inMinutes expected a whole number from 1 to 5256000, got 0',
    ],
    [
      'two forms of time at once',
      send,
      { to, text, sendAt: { local: '2026-01-01T00:00', inMinutes: 1 } },
      'sendAt.inMinutes is unknown; valid names: local, utcOffset',
    ],
    [
      'pacing over 0.05 hours',
      send,
      { to, text, pacing: { hours: 0.05 } },
      'pacing.hours expected 0.1 to 720 hours, got a number',
    ],
    [
      'pacing without hours',
      send,
      { to, text, pacing: { everyMinutes: 5 } },
      'pacing.hours expected 0.1 to 720 hours, got undefined',
    ],
    [
      'pacing with an interval of 1,441 minutes',
      send,
      { to, text, pacing: { hours: 1, everyMinutes: 1441 } },
      'pacing.everyMinutes expected a whole number from 1 to 1440 minutes, got 1441',
    ],
    [
      'a captcha without an IP address',
      send,
      { to, text, visitor: { captcha: 'x' } },
      'visitor.ip expected an IPv4 or IPv6 address, got undefined',
    ],
    [
      'a host name as IP address',
      send,
      { to, text, visitor: { ip: 'localhost' } },
      'visitor.ip expected an IPv4 or IPv6 address, got a string of length 9',
    ],
    [
      'validFor as a number',
      send,
      { to, text, validFor: 5 },
      'validFor expected either { hours } or { minutes }, got a number',
    ],
    [
      'validFor as text',
      send,
      { to, text, validFor: '01:00' },
      'validFor expected either { hours } or { minutes }, got a string of length 5',
    ],
    [
      'validFor in hours and minutes',
      send,
      { to, text, validFor: { hours: 1, minutes: 30 } },
      'validFor expected either { hours } or { minutes }, got an object',
    ],
    [
      'validFor of 0 hours',
      send,
      { to, text, validFor: { hours: 0 } },
      'validFor.hours expected a whole number from 1 to 24, got 0',
    ],
    [
      'validFor of 0 minutes',
      send,
      { to, text, validFor: { minutes: 0 } },
      'validFor.minutes expected a whole number from 1 to 1440, got 0',
    ],
    [
      'validFor of 1,441 minutes',
      send,
      { to, text, validFor: { minutes: 1441 } },
      'validFor.minutes expected a whole number from 1 to 1440, got 1441',
    ],
    [
      'validFor without a member',
      send,
      { to, text, validFor: {} },
      'validFor.hours expected a whole number from 1 to 24, got undefined',
    ],
    [
      'maxParts of 0',
      send,
      { to, text, maxParts: 0 },
      'maxParts expected a whole number from 1 to 255, got 0',
    ],
    [
      'a reconfirmation after 9 days',
      send,
      { to, text, reconfirmAfterDays: 9 },
      'reconfirmAfterDays expected a whole number from 10 to 999 days, got 9',
    ],
    [
      'a translit of 3',
      send,
      { to, text, translit: 3 },
      'translit expected a whole number from 1 to 2, got 3',
    ],
    [
      'a flag that is a number',
      send,
      { to, text, perRecipient: 1 },
      'perRecipient expected true or false, got a number',
    ],
    [
      'an unknown kind',
      send,
      { kind: 'fax', to, text },
      'kind expected one of sms, flash, binary, wap-push, hlr, ping, mms, email, voice, viber, whatsapp, telegram-code, telegram-bot, social, got a string of length 3',
    ],
    ['a text for an HLR request', send, { kind: 'hlr', to, text }, 'text is not accepted by kind hlr'],
    ['a text for a ping', send, { kind: 'ping', to, text }, 'text is not accepted by kind ping'],
    ['a voice for an SMS', send, { to, text, voice: 'w' }, 'voice is not accepted by kind sms'],
    ['an MMS without text and subject', send, { kind: 'mms', to }, 'kind mms requires text or subject'],
    [
      'an e-mail without a subject',
      send,
      { kind: 'email', to: 'a@b.org', text, sender: 'a@b.org' },
      'subject is required for kind email',
    ],
    ['a subject of two lines', send, { kind: 'mms', to, subject: 'a\nb' }, 'subject has a line break'],
    [
      'a call without text and files',
      send,
      { kind: 'voice', to },
      'kind voice requires text or files or fileUrl',
    ],
    [
      'an unknown voice',
      send,
      { kind: 'voice', to, text, voice: 'w5' },
      'voice expected one of m, m2, m3, m4, w, w2, w3, w4, got a string of length 2',
    ],
    [
      'a language that is not a code',
      send,
      { kind: 'voice', to, text, voice: { name: 'w', language: 'english' } },
      'voice.language expected two lower-case letters, got a string of length 7',
    ],
    [
      'a call that rings too long',
      send,
      { kind: 'voice', to, text, dialing: { wait: 36, interval: 10, attempts: 1 } },
      'dialing.wait expected a whole number from 10 to 35 seconds, got 36',
    ],
    [
      'a number as Telegram bot',
      send,
      { kind: 'telegram-bot', to: '@name1', text, bot: '380440000000' },
      'bot expected @name_bot, got a string of length 12',
    ],
    [
      'a name as WhatsApp bot',
      send,
      { kind: 'whatsapp', to, text, bot: '@shop_bot' },
      'bot expected 5 to 15 digits, got a string of length 9',
    ],
    [
      'an odd number of hexadecimal digits',
      send,
      { kind: 'binary', to, data: 'abc' },
      'data expected a Uint8Array or pairs of hexadecimal digits, got a string of length 3',
    ],
    [
      'a binary message of 141 octets',
      send,
      { kind: 'binary', to, data: new Uint8Array(140) },
      'data takes 141 octets with its header; at most 140 fit',
    ],
    [
      'a header with an odd number of hexadecimal digits',
      send,
      { kind: 'binary', to, data: 'ff', udh: '0A0' },
      'udh expected a Uint8Array or pairs of hexadecimal digits, got a string of length 3',
    ],
    [
      'bytes that contain the separator',
      send,
      { kind: 'binary', to, data: encode('a\n~~~\nb', utf8), encoding: 'bytes' },
      'data has 0A7E7E7E0A, which ends the data; use encoding: hex',
    ],
    [
      'a pid without a dcs',
      send,
      { kind: 'binary', to, data: 'ff', scheme: { pid: 1 } },
      'scheme.dcs expected a whole number from 0 to 255, got undefined',
    ],
    [
      'a URL with another scheme',
      send,
      { kind: 'wap-push', to, url: 'javascript:alert(1)', title: 'a' },
      'url expected an http or https URL, got a string of length 19',
    ],
    [
      'a URL with a user name',
      send,
      { kind: 'mms', to, text, fileUrl: 'https://user@example.org/' },
      'fileUrl expected an http or https URL, got a string of length 25',
    ],
    [
      'a title of two lines',
      send,
      { kind: 'wap-push', to, url: 'http://a.org', title: 'a\nb' },
      'title has a line break',
    ],
    [
      'a WAP push too long for one message',
      send,
      { kind: 'wap-push', to, url: 'http://a.org', title: 'a'.repeat(990) },
      'title takes 1003 characters with url; at most 1000 fit',
    ],
    [
      'a file name with quotes',
      send,
      { kind: 'mms', to, text, files: [{ name: 'a".jpg', content: Uint8Array.of(1) }] },
      'files[0].name expected a file name without path or quotes, got a string of length 6',
    ],
    [
      'a file name with a line break',
      send,
      { kind: 'mms', to, text, files: [{ name: 'a\r\nb', content: Uint8Array.of(1) }] },
      'files[0].name expected a file name without path or quotes, got a string of length 4',
    ],
    [
      'text as the content of a file',
      send,
      { kind: 'mms', to, text, files: [{ name: 'a.txt', content: 'text' }] },
      'files[0].content expected a Uint8Array, a Blob or a File, got a string of length 4',
    ],
    ['a misspelt member', send, { to, text, sendr: 'x' }, 'sendr is unknown; did you mean `sender`?'],
    [
      '__proto__ as a member',
      send,
      JSON.parse('{"to":"380501234567","text":"a","__proto__":{"sender":"x"}}'),
      '__proto__ is unknown; valid names: to, text, comment, subject, files …',
    ],
    [
      '__proto__ as a member of a nested object',
      send,
      JSON.parse('{"to":"380501234567","text":"a","pacing":{"hours":1,"__proto__":{"everyMinutes":1}}}'),
      'pacing.__proto__ is unknown; valid names: hours, everyMinutes',
    ],
    ...[
      ['phone', 'to'],
      ['phones', 'to'],
      ['mes', 'text'],
      ['message', 'text'],
      ['from', 'sender'],
      ['time', 'sendAt'],
      ['tinyurl', 'shortenLinks'],
      ['Sender', 'sender'],
      ['valid', 'validFor'],
      ['sendat', 'sendAt'],
    ].map(
      ([name, meant]) =>
        [
          `the unknown member ${name}`,
          send,
          { to, text, [name!]: 'x' },
          `${name} is unknown; did you mean \`${meant}\`?`,
        ] as const,
    ),
    [
      'a report for the operation cost',
      cost,
      { to, text, report: 'cost' },
      'report is not accepted here; the cost is always returned',
    ],
    ['no messages', sendList, { messages: [] }, 'messages expected a non-empty array'],
    [
      'null as a message of a list',
      sendList,
      { messages: [null] },
      'messages[0] expected { text, to, comment, sender, utcOffset }, got null',
    ],
    [
      'a message with an empty list of recipients',
      sendList,
      { messages: [{ to: [], text }] },
      'messages[0].to expected a non-empty array',
    ],
    ['a message without a recipient', sendList, { messages: [{ text }] }, 'messages[0].to is required'],
    [
      'a text outside the messages',
      sendList,
      { messages: [{ to, text }], text },
      'text is unknown; valid names: messages, lineBreaks, kind, id, sender …',
    ],
    [
      'a kind that cannot be sent as a list',
      sendList,
      { kind: 'hlr', messages: [{ to, text }] },
      'kind cannot be sent as a list',
    ],
    [
      'a backslash before an n in a list',
      sendList,
      { messages: [{ to, text: 'C:\\new' }] },
      'messages[0].text has \\n as two characters, which a list reads as a line break',
    ],
    [
      'a carriage return in a list',
      sendList,
      { messages: [{ to, text: 'a\r\nb' }] },
      'messages[0].text has a carriage return; use a line feed',
    ],
    [
      'a pipe in a list without a sender',
      sendList,
      { messages: [{ to, text: 'a|b' }] },
      'messages[0].text has a |, which a list reads as the end of the sender; set `sender`',
    ],
    [
      'a sender with a comma in a list',
      sendList,
      { messages: [{ to, text, sender: 'a,b' }] },
      'messages[0].sender has a character of |,:; which a list reads as the end of the sender',
    ],
    [
      'a time zone of a message without a sender',
      sendList,
      { sendAt: { local: '2026-01-01T00:00' }, messages: [{ to, text, utcOffset: 2 }] },
      'messages[0].utcOffset requires sender',
    ],
    [
      'a time zone of a message without a date',
      sendList,
      { sendAt: { inMinutes: 5 }, messages: [{ to, text, sender: 'a', utcOffset: 2 }] },
      'messages[0].utcOffset requires sendAt: { at, utcOffset } or { local }',
    ],
    [
      'a raw line that looks like the next message',
      sendList,
      { lineBreaks: 'raw', messages: [{ to, text: 'a\n380671112233:b' }] },
      'messages[0].text has a line with : ; or |, which could start the next message; use lineBreaks: escape',
    ],
    [
      'two numbers in a status request',
      status,
      { id: 1, phone: '380501234567,380501234568' },
      'phone expected a phone number or an e-mail address, got a string of length 25',
    ],
    [
      'a currency that is not a flag',
      balance,
      { currency: 'UAH' },
      'currency expected true or false, got a string of length 3',
    ],
  ];
  it.each(cases)('is reported with its path and the expected value: %s', (_, operation, input, expected) => {
    const found = issuesOf(operation, input);
    expect(found).toHaveLength(1);
    expect(found[0]!.slice(0, expected.length)).toBe(expected);
  });
});

it('hours that are invalid in two ways produce two issues', () => {
  expect(issuesOf(send, { to, text, sendAt: { from: 25, to: 3 } })).toEqual([
    'sendAt.from expected a whole number from 0 to 23 hours, got 25',
    'sendAt expected `from` before `to`',
  ]);
});

it('a value of any type is checked, and check never throws', () => {
  const single = {
    to,
    text,
    comment: 'c',
    sender: 's',
    id: 1,
    kind: 'sms',
    sendAt: { inMinutes: 1 },
    pacing: { hours: 1 },
    validFor: { hours: 1 },
    visitor: { ip: '::1' },
    voice: 'w',
    dialing: {},
    files: [],
    data: '',
    udh: '',
    scheme: {},
    encoding: 'hex',
    url: '',
    title: '',
    bot: '',
    subject: 's',
  };
  for (const [operation, whole] of [
    [send, single],
    [cost, single],
    [sendList, { messages: [{ to, text }], lineBreaks: 'raw', kind: 'sms', sendAt: { inMinutes: 1 } }],
    [status, { id: 1, phone: to }],
    [balance, { currency: true }],
  ] as const) {
    for (const value of unusualValues) {
      expect(Array.isArray(check(operation as unknown as Operation<unknown, unknown>, value))).toBe(true);
      for (const name of Object.keys(whole))
        expect(
          Array.isArray(issuesOf(operation as Operation<never, unknown>, { ...whole, [name]: value })),
        ).toBe(true);
      for (const name of ['to', 'text', 'comment', 'sender', 'utcOffset'])
        issuesOf(sendList, { messages: [{ to, text, [name]: value }], lineBreaks: 'raw' });
      for (const member of ['at', 'local', 'from', 'inMinutes'])
        expect(
          issuesOf(send, { to, text, sendAt: { [member]: value, to: value, utcOffset: value } }),
        ).not.toEqual([]);
    }
  }
});

it('a hole in an array is an issue', () => {
  const holes: string[] = [to];
  holes[2] = to;
  expect(issuesOf(send, { to: holes, text })).toEqual([
    'to[1] expected a phone number as text (7 to 15 digits) or { group: number }, got undefined',
  ]);
  expect(issuesOf(sendList, { messages: new Array(1) })).toEqual([
    'messages[0] expected { text, to, comment, sender, utcOffset }, got undefined',
  ]);
});

it('a million invalid recipients produce a hundred issues', () => {
  expect(issuesOf(send, { to: new Array(1_000_000).fill('x'), text })).toHaveLength(100);
});

describe('the option charset', () => {
  it.each([
    ['windows-1251', windows1251, 'Привіт 👋', 'text contains characters that windows-1251 lacks, at 7'],
    ['koi8-r', koi8r, 'Київ', 'text contains characters that koi8-r lacks, at 2'],
  ] as const)(
    'reports the positions of characters that it lacks, without showing them: %s',
    (_, charset, words, expected) => {
      expect(issuesOf(send, { to, text: words }, charset)).toEqual([expected]);
      expect(issuesOf(send, { to, text: words })).toEqual([]);
    },
  );

  it('must be utf-8 with files and in JSON', () => {
    const files = [{ name: 'a.jpg', content: Uint8Array.of(1) }];
    expect(() =>
      toRequest(send, { kind: 'mms', to, text, files }, { apiKey: 'k' }, { charset: windows1251 }),
    ).toThrow('send: files require body: form and charset: utf8');
    expect(() =>
      toRequest(send, { to, text }, { apiKey: 'k' }, { charset: windows1251, body: 'json' }),
    ).toThrow('send: cannot be sent as JSON; use body: form');
    expect(() => toRequest(balance, {}, { apiKey: 'k' }, { body: 'json' })).toThrow(
      'balance: cannot be sent as JSON; use body: form',
    );
  });
});

it('an id may contain every character that the gateway allows', () => {
  for (const id of ['A_', 'a.b-c_d', '_', '1_000', 'x'.repeat(40), '2147483647', 1])
    expect(issuesOf(send, { to, text, id })).toEqual([]);
});

describe('the checked value is the sent value', () => {
  it('rejects instances of classes, because inherited members would be lost', () => {
    class Message {
      readonly to = to;
      readonly text = 'a';
      get maxParts(): number {
        return 1;
      }
    }
    expect(check(send, new Message())).toEqual([{ path: '', message: 'expected a plain object' }]);
    expect(
      check(send, {
        to,
        text,
        visitor: new (class {
          readonly ip = '10.0.0.1';
        })(),
      }),
    ).toEqual([{ path: 'visitor', message: 'expected a plain object' }]);
    const ofAnotherRealm = runInNewContext(`({ to: '${to}', text: 'a' })`) as SendInput;
    expect(check(send, ofAnotherRealm)).toEqual([]);
    expect(check(send, Object.assign(Object.create(null) as SendInput, { to, text }))).toEqual([]);
  });

  it('reads every member once', () => {
    let read = 0;
    const input = {
      to,
      get text(): string {
        return read++ === 0 ? 'a' : '~~~';
      },
    };
    const { body } = toRequest(send, input, { apiKey: 'k' });
    expect([read, body.kind === 'text' && body.text.includes('mes=a&')]).toEqual([1, true]);
  });

  it('ignores members that a program adds to Object.prototype', () => {
    const added: Record<string, unknown> = {
      group: 7,
      comment: 'x',
      maxParts: 1,
      login: 'mallory',
      error_code: 5,
      cnt: 1,
      tz: 3,
      every: 5,
      captcha: 'x',
      inMinutes: 5,
      utcOffset: 1,
    };
    const inputs: readonly SendInput[] = [
      { to: [to, to], text },
      { to, text, pacing: { hours: 2 }, visitor: { ip: '10.0.0.1' }, sendAt: '2026-11-24T08:00:00Z' },
      { to, text, sendAt: { local: '2026-11-24T09:00' } },
    ];
    const clean = inputs.map((input) => toRequest(send, input, { apiKey: 'k' }).body);
    const cleanList = toRequest(sendList, { messages: [{ to, text: 'a' }] }, { apiKey: 'k' }).body;
    const reply = { status: 200, body: encode('{"id":"7","cnt":1}', utf8) };
    whilePolluted(added, () => {
      expect(inputs.map((input) => toRequest(send, input, { apiKey: 'k' }).body)).toEqual(clean);
      expect(toRequest(sendList, { messages: [{ to, text: 'a' }] }, { apiKey: 'k' }).body).toEqual(cleanList);
      expect(fromReply(send, reply).id).toBe('7');
    });
  });

  it('is checked for the type of body that it is sent in', () => {
    const files = [{ name: 'a.jpg', content: Uint8Array.of(1) }];
    expect(check(send, { kind: 'mms', to, text, files }, { body: 'json' })).toEqual([
      { path: 'files', message: 'require body: form and charset: utf8' },
    ]);
    expect(check(balance, {}, { body: 'json' })).toEqual([
      { path: '', message: 'cannot be sent as JSON; use body: form' },
    ]);
  });

  it('is checked in linear time if a text is too long', () => {
    for (const long of [' \n', '~~~\n', ' ', '\n ~~~', '_']) {
      const [issue] = check(send, { to, text: long.repeat(1_000_000) });
      expect(issue!.message).toContain('expected text of 1 to 1000 characters');
    }
    for (const long of ['1 ', '(', '()', '1(', '-'])
      expect(check(send, { to: long.repeat(1_000_000), text })).toHaveLength(1);
    expect(
      check(send, { kind: 'binary', to, data: 'FF', udh: 'FF'.repeat(1_000_000) })[0]!.message,
    ).toContain('at most 140 fit');
  });
});

describe('credentials', () => {
  it.each([
    [undefined, 'balance: credentials expected either { apiKey } or { login, password }'],
    [{}, 'balance: credentials expected either { apiKey } or { login, password }'],
    [
      { login: 'a' },
      'balance: credentials.password expected text of 1 to 2000 utf-8 characters in one line, got undefined',
    ],
    [
      { login: 'a', password: 'b', apiKey: 'c' },
      'balance: credentials expected either { apiKey } or { login, password }',
    ],
    [
      { apiKey: 5 },
      'balance: credentials.apiKey expected text of 1 to 2000 utf-8 characters in one line, got a number',
    ],
    [
      { login: 'a', password: 'b\0' },
      'balance: credentials.password expected text of 1 to 2000 utf-8 characters in one line, got a string of length 2',
    ],
  ])('must have one of the two forms: %j', (credentials, expected) => {
    expect(() => toRequest(balance, {}, credentials as never)).toThrow(expected);
  });
});

it('credentials that the charset cannot encode are rejected without showing them', () => {
  expect(() => toRequest(balance, {}, { login: 'a', password: 'ß€hunter2' }, { charset: koi8r })).toThrow(
    /^balance: credentials\.password expected text of 1 to 2000 koi8-r characters in one line, got a string of length 9$/,
  );
});

describe('fileUrl', () => {
  const issuesOfUrl = (fileUrl: string): readonly string[] =>
    issuesOf(send, { kind: 'mms', to, text, fileUrl });

  it.each([
    'http://example.org/a.jpg',
    'https://example.org',
    'HTTPS://example.org:8443/a?b=c#d',
    'https://xn--e1afmkfd.example/%D1%84',
  ])('is accepted: %s', (fileUrl) => {
    expect(issuesOfUrl(fileUrl)).toEqual([]);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://example.org/a',
    'gopher://example.org/',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'jar:https://example.org/a!/b',
    'blob:https://example.org/1',
    'php://input',
    '//example.org/a',
    '/a',
    'a.jpg',
    'http:/example.org',
    'http:example.org',
    'https://',
    'https:///a',
    'https://user@example.org/',
    'https://user:hunter2@example.org/',
    'https:\\\\example.org',
    'https://example.org\\@evil.example',
    'https://example.org/a b',
    'https://example.org/\u0001',
    'https://exa\u007fmple.org/',
    ' https://example.org/',
    'https://example.org/a\r\nb',
  ])('is rejected: %j', (fileUrl) => {
    const [first] = issuesOfUrl(fileUrl);
    expect(first).toMatch(/^fileUrl /);
  });
});

// A million characters each: a quadratic check would take hours.
it.each([
  ['an id of a million digits', { id: `${'1'.repeat(1_000_000)}!` }, 'id expected a whole number'],
  [
    'an IP address of a million colons',
    { visitor: { ip: `${':'.repeat(1_000_000)}!` } },
    'visitor.ip expected an IPv4 or IPv6 address',
  ],
])('a text that is too long is rejected in linear time: %s', (_, wrong, expected) => {
  expect(issuesOf(send, { to, text, ...wrong })).toEqual([expect.stringContaining(expected)]);
});

describe('the name of a file', () => {
  const issuesOfName = (name: string): readonly string[] =>
    issuesOf(send, { kind: 'mms', to, text, files: [{ name, content: Uint8Array.of(1) }] });

  it.each(['a.jpg', 'Звіт за березень.pdf', '.htaccess', 'a..b', '👋.png', "it's (1).txt"])(
    'is accepted: %s',
    (name) => {
      expect(issuesOfName(name)).toEqual([]);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '../a',
    'a/b',
    'a\\b',
    'a"b',
    'a\r\nb',
    'a\nb',
    'a\0b',
    'a\u0085b',
    'a\u2028b',
    'a\u202egpj.exe',
    'a\ud83d',
    'a'.repeat(256),
  ])('is rejected: %j', (name) => {
    const [first] = issuesOfName(name);
    expect(first).toMatch(/^files\[0\]\.name expected a file name without path or quotes/);
  });
});

describe('times', () => {
  const timeOf = (sendAt: unknown): Record<string, string> => {
    const { body } = toRequest(send, { to, text, sendAt } as SendInput, { apiKey: 'k' });
    const form = new URLSearchParams(body.kind === 'text' ? body.text : '');
    return { time: form.get('time')!, ...(form.has('tz') ? { tz: form.get('tz')! } : {}) };
  };

  it('of instants with an offset agree with Date for every day of the century', () => {
    for (let day = 0; day < 35_906; day++) {
      const at = new Date(Date.UTC(2001, 8, 10 + day, day % 24, day % 60));
      const utcOffset = (day % 27) - 12;
      const shifted = new Date(at.getTime() + utcOffset * 3_600_000).toISOString();
      const [, yy, mm, dd, hh, mi] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(shifted)!;
      expect(timeOf({ at, utcOffset })).toEqual({
        time: `${dd}${mm}${yy}${hh}${mi}`,
        tz: String(utcOffset - 3),
      });
    }
  });

  it('with seconds are rounded up, so that nothing is sent early', () => {
    expect(timeOf({ at: new Date('2026-12-31T23:59:00.001Z'), utcOffset: 0 })).toEqual({
      time: '0101270000',
      tz: '-3',
    });
    expect(timeOf(new Date('2026-11-24T08:00:00.001Z'))).toEqual({ time: '01795507201' });
  });
});
