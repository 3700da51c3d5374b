import { describe, expect, it } from 'vitest';
import { balance, check, cost, type InputError, koi8r, send, sendList, type SendInput, status, toRequest, utf8, windows1251 } from '../src/index.ts';
import type { Operation } from '../src/operation.ts';

const to = '380501234567';
const text = 'a';
const complaints = (operation: Operation<never, unknown>, input: unknown, charset = utf8): string[] =>
  check(operation as Operation<unknown, unknown>, input, { charset }).map(({ path, message }) => `${path} ${message}`.trim());

describe('an input is refused with every complaint in it', () => {
  it('at once, in one error that says nothing was sent', () => {
    const wrong = { to: [], text: '', id: 'a b', sender: 'abcdefghijkl', validFor: { hours: 25 } } as unknown as SendInput;
    let thrown: InputError | undefined;
    try {
      toRequest(send, wrong, { login: '', password: 'p' });
    } catch (error) {
      thrown = error as InputError;
    }
    expect(thrown).toMatchObject({ kind: 'invalid-input', mayHaveHappened: false, operation: 'send' });
    expect(thrown!.issues.map((issue) => issue.path)).toEqual(['credentials.login', 'text', 'id', 'sender', 'validFor.hours', 'to']);
    expect(thrown!.message).toBe(
      'send: credentials.login is empty; text is empty; ' +
        'id expected a whole number from 1 to 2147483647, or 1 to 40 of A-Z a-z 0-9 . - _ (has 3 characters); ' +
        'sender has 12 characters; at most 11, or 15 digits; validFor.hours is 25; expected a whole number of hours from 0 to 24; ' +
        'to needs at least one recipient',
    );
  });

  it('never with a secret in it', () => {
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
        for (const secret of secrets) expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain(secret);
      }
    }
  });

  const cases: readonly (readonly [name: string, operation: Operation<never, unknown>, input: unknown, complaint: string])[] = [
    ['nothing at all', send, undefined, 'expected an object, got a undefined'],
    ['null', send, null, 'expected an object, got null'],
    ['an array', send, [], 'expected an object, got an array'],
    ['no recipients', send, { to: [], text }, 'to needs at least one recipient'],
    ['no member for recipients', send, { text }, 'to is needed for kind «sms»'],
    ['no text', send, { to }, 'text is needed for kind «sms»'],
    ['a number as recipient', send, { to: 380501234567, text }, 'to is a number; expected an international number of 7 to 15 digits or { group: n }'],
    ['a short number', send, { to: ['380501234567', '123'], text }, 'to[1] is no recipient (3 characters, 3 digits); expected an international number of 7 to 15 digits or { group: n }'],
    ['two numbers in one', send, { to: '380501234567,380501234568', text }, 'to is no recipient (25 characters, 24 digits); expected an international number of 7 to 15 digits or { group: n }'],
    ['a group as text', send, { to: 'G12', text }, 'to reads like a group; write { group: n } if one is meant'],
    ['a group that is none', send, { to: { group: 0 }, text }, 'to.group expected a whole number above 0'],
    ['a group with something beside it', send, { to: { group: 1, x: 1 }, text }, 'to.x is not known here; expected group'],
    ['an address for an SMS', send, { to: 'a@b.org', text }, 'to is of the sort «email»; expected an international number of 7 to 15 digits or { group: n }'],
    ['a number for an e-mail', send, { kind: 'email', to, text, subject: 's', sender: 'a@b.org' }, 'to is of the sort «phone»; expected an e-mail address or { group: n }'],
    ['a text of 1,001 characters', send, { to, text: 'a'.repeat(1001) }, 'text has 1001 characters; at most 1000 fit'],
    ['a comment too long for the text', send, { to, text: 'a'.repeat(990), comment: 'bbbbbb' }, 'comment makes 1001 characters with the text; at most 1000 fit together'],
    ['a lone surrogate', send, { to, text: 'a\ud83d' }, 'text has lone surrogates: U+D83D at 1'],
    ['a NUL', send, { to, text: 'a\0b' }, 'text has a NUL at index 1'],
    ['a line of tildes', send, { to, text: 'a\n~~~\nb' }, 'text has a line of three tildes, which begins a comment; use `comment` for one'],
    ['a line of tildes behind a carriage return', send, { to, text: 'a\r~~~' }, 'text has a line of three tildes, which begins a comment; use `comment` for one'],
    ['a prefix of another kind', send, { to, text: '__CALL__ a' }, 'text begins with a word between double underscores, which changes the kind of the message; use `kind`'],
    ['an id of 41 characters', send, { to, text, id: 'a'.repeat(41) }, 'id expected a whole number from 1 to 2147483647, or 1 to 40 of A-Z a-z 0-9 . - _ (has 41 characters)'],
    ['an id with a space', send, { to, text, id: 'a b' }, 'id expected a whole number from 1 to 2147483647, or 1 to 40 of A-Z a-z 0-9 . - _ (has 3 characters)'],
    ['an id of nought', send, { to, text, id: 0 }, 'id is a number outside 1 to 2147483647'],
    ['an id of 32 bits', send, { to, text, id: 2147483648 }, 'id is a number outside 1 to 2147483647'],
    ['an id of too many digits', send, { to, text, id: '99999999999' }, 'id is a number outside 1 to 2147483647'],
    ['a sender of 12 letters', send, { to, text, sender: 'abcdefghijkl' }, 'sender has 12 characters; at most 11, or 15 digits'],
    ['a sender of 16 digits', send, { to, text, sender: '1234567890123456' }, 'sender has 16 digits; at most 15'],
    ['an address as sender of an SMS', send, { to, text, sender: 'a@b.org' }, 'sender is an e-mail address, which only an e-mail can come from'],
    ['a name as sender of an e-mail', send, { kind: 'email', to: 'a@b.org', text, subject: 's', sender: 'me' }, 'sender expected an e-mail address'],
    ['hours that no day has', send, { to, text, sendAt: { from: 25, to: 3 } }, 'sendAt.from is 25; expected a whole number of hours from 0 to 23'],
    ['a window that ends before it begins', send, { to, text, sendAt: { from: 22, to: 6 } }, 'sendAt ends before it begins; a window lies within one day'],
    ['the 31st of February', send, { to, text, sendAt: { local: '2026-02-31T10:00' } }, 'sendAt.local is a date or an hour that does not exist'],
    ['a leap day that is none', send, { to, text, sendAt: { local: '2027-02-29T10:00' } }, 'sendAt.local is a date or an hour that does not exist'],
    ['an hour that is none', send, { to, text, sendAt: { local: '2026-02-01T24:00' } }, 'sendAt.local is a date or an hour that does not exist'],
    ['milliseconds for seconds', send, { to, text, sendAt: { unix: 1795507200000 } }, 'sendAt.unix is 1795507200000; expected a whole number of seconds (not milliseconds) since 1970 from 946771200 to 4102358399'],
    ['a date that is none', send, { to, text, sendAt: new Date(NaN) }, 'sendAt is not a date between 2000 and 2099'],
    ['an instant without its zone', send, { to, text, sendAt: { at: new Date(1e12) } }, 'sendAt.utcOffset is a undefined; expected a whole number of hours from -12 to 14'],
    ['a time as text', send, { to, text, sendAt: 'tomorrow' }, 'sendAt expected a Date, { unix }, { at, utcOffset }, { local }, { from, to } or { inMinutes }'],
    ['a delay of nothing', send, { to, text, sendAt: { inMinutes: 0 } }, 'sendAt.inMinutes is 0; expected a whole number of minutes from 1 to 5256000'],
    ['two forms of time at once', send, { to, text, sendAt: { local: '2026-01-01T00:00', inMinutes: 1 } }, 'sendAt.inMinutes is not known here; expected local, utcOffset'],
    ['a period of 0.05 hours', send, { to, text, spread: { over: 0.05 } }, 'spread.over is 0.05; expected 0.1 to 720 hours'],
    ['a frequency without a period', send, { to, text, spread: { every: 5 } }, 'spread.over is a undefined; expected 0.1 to 720 hours'],
    ['a frequency of a day and a minute', send, { to, text, spread: { over: 1, every: 1441 } }, 'spread.every is 1441; expected a whole number of minutes from 1 to 1440'],
    ['a captcha without an address', send, { to, text, visitor: { captcha: 'x' } }, 'visitor.ip expected an IPv4 or IPv6 address'],
    ['an address that is none', send, { to, text, visitor: { ip: '300.1.1.1' } }, 'visitor.ip expected an IPv4 or IPv6 address'],
    ['a validity of nothing', send, { to, text, validFor: {} }, 'validFor expected 1 minute to 24 hours'],
    ['a validity of a day and a minute', send, { to, text, validFor: { hours: 24, minutes: 1 } }, 'validFor expected 1 minute to 24 hours'],
    ['no parts', send, { to, text, maxParts: 0 }, 'maxParts is 0; expected a whole number from 1 to 255'],
    ['a reconfirmation after 9 days', send, { to, text, reconfirmAfterDays: 9 }, 'reconfirmAfterDays is 9; expected a whole number of days from 10 to 999'],
    ['a translit of 3', send, { to, text, translit: 3 }, 'translit expected one of 1, 2'],
    ['a flag that is a number', send, { to, text, perRecipient: 1 }, 'perRecipient is a number; expected true or false'],
    ['a kind that there is not', send, { kind: 'fax', to, text }, 'kind expected one of sms, flash, binary, wap-push, hlr, ping, mms, email, voice, viber, whatsapp, telegram-code, telegram-bot, social'],
    ['a text for an HLR request', send, { kind: 'hlr', to, text }, 'text is not taken by kind «hlr»'],
    ['a text for a ping', send, { kind: 'ping', to, text }, 'text is not taken by kind «ping»'],
    ['a voice for an SMS', send, { to, text, voice: 'w' }, 'voice is not taken by kind «sms»'],
    ['an MMS of nothing', send, { kind: 'mms', to }, 'kind «mms» needs subject or text'],
    ['an e-mail without a subject', send, { kind: 'email', to: 'a@b.org', text, sender: 'a@b.org' }, 'subject is needed for kind «email»'],
    ['a subject of two lines', send, { kind: 'mms', to, subject: 'a\nb' }, 'subject has a line break; expected one line'],
    ['a call of nothing', send, { kind: 'voice', to }, 'kind «voice» needs text or files or fileUrl'],
    ['a voice that there is not', send, { kind: 'voice', to, text, voice: 'w5' }, 'voice expected one of m, m2, m3, m4, w, w2, w3, w4'],
    ['a language that is none', send, { kind: 'voice', to, text, voice: { name: 'w', language: 'english' } }, 'voice.language expected two small letters, such as en'],
    ['a call that rings too long', send, { kind: 'voice', to, text, dialing: { wait: 36, interval: 10, attempts: 1 } }, 'dialing.wait is 36; expected a whole number of seconds from 10 to 35'],
    ['a bot for Telegram that is a number', send, { kind: 'telegram-bot', to: '@name1', text, bot: '380440000000' }, 'bot expected @name_bot'],
    ['a bot for WhatsApp that is a name', send, { kind: 'whatsapp', to, text, bot: '@shop_bot' }, 'bot expected the digits of a WhatsApp bot’s number'],
    ['hexadecimal digits without a partner', send, { kind: 'binary', to, data: 'abc' }, 'data expected hexadecimal digits in pairs'],
    ['141 octets', send, { kind: 'binary', to, data: new Uint8Array(140) }, 'data makes 141 octets with its header; at most 140 fit one message'],
    ['a header that does not add up', send, { kind: 'binary', to, data: 'ff', udh: '0A0307' }, 'udh is no whole number of information elements (identifier, length, data)'],
    ['bytes that begin pid and dcs', send, { kind: 'binary', to, data: utf8.encode('a\n~~~\nb'), as: 'bytes' }, 'data holds the bytes that begin pid and dcs; send it as hex'],
    ['a pid without a dcs', send, { kind: 'binary', to, data: 'ff', scheme: { pid: 1 } }, 'scheme.dcs is a undefined; expected a whole number from 0 to 255'],
    ['an address that is no address', send, { kind: 'wap-push', to, url: 'javascript:alert(1)', title: 'a' }, 'url expected a full address that begins with http:// or https://'],
    ['an address with a user in it', send, { kind: 'mms', to, text, fileUrl: 'https://user@example.org/' }, 'fileUrl expected a full address that begins with http:// or https://'],
    ['a title of two lines', send, { kind: 'wap-push', to, url: 'http://a.org', title: 'a\nb' }, 'title has a line break; expected one line'],
    ['a WAP push too long for its form', send, { kind: 'wap-push', to, url: 'http://a.org', title: 'a'.repeat(130), form: 'binary' }, 'title makes 160 octets with the address; at most 140 fit one message'],
    ['a file name with quotes', send, { kind: 'mms', to, text, files: [{ name: 'a".jpg', content: Uint8Array.of(1) }] }, 'files[0].name expected a file name without path, quotes or control characters'],
    ['a file name with a line break', send, { kind: 'mms', to, text, files: [{ name: 'a\r\nb', content: Uint8Array.of(1) }] }, 'files[0].name expected a file name without path, quotes or control characters'],
    ['a file of text', send, { kind: 'mms', to, text, files: [{ name: 'a.txt', content: 'text' }] }, 'files[0].content expected a Uint8Array, a Blob or a File'],
    ['a member that is misspelt', send, { to, text, sendr: 'x' }, 'sendr is not known here; expected to, text,'],
    ['__proto__ as a member', send, JSON.parse('{"to":"380501234567","text":"a","__proto__":{"sender":"x"}}'), '__proto__ is not known here; expected to, text,'],
    ['__proto__ as a member of a member', send, JSON.parse('{"to":"380501234567","text":"a","spread":{"over":1,"__proto__":{"every":1}}}'), 'spread.__proto__ is not known here; expected over, every'],
    ['a report on a cost', cost, { to, text, report: 'cost' }, 'report is not known here; the cost is the answer'],
    ['no messages', sendList, { messages: [] }, 'messages needs at least one message'],
    ['a message of nothing', sendList, { messages: [null] }, 'messages[0] is null; expected { to, text }'],
    ['a message to nobody', sendList, { messages: [{ to: [], text }] }, 'messages[0].to needs at least one recipient'],
    ['a message without a recipient', sendList, { messages: [{ text }] }, 'messages[0].to needs at least one recipient'],
    ['a text outside the messages', sendList, { messages: [{ to, text }], text }, 'text is not known here'],
    ['a kind that is no list', sendList, { kind: 'hlr', messages: [{ to, text }] }, 'kind «hlr» cannot be sent as a list'],
    ['a backslash and an n in a list', sendList, { messages: [{ to, text: 'C:\\new' }] }, 'messages[0].text has a backslash before an n, which a list reads as a line break'],
    ['a carriage return in a list', sendList, { messages: [{ to, text: 'a\r\nb' }] }, 'messages[0].text has a carriage return, which a list could read as the end of a message; end lines with a line feed'],
    ['a pipe in a list without a sender', sendList, { messages: [{ to, text: 'a|b' }] }, 'messages[0].text has a |, which a list could read as the end of a sender; give this message a sender'],
    ['a sender with a comma in a list', sendList, { messages: [{ to, text, sender: 'a,b' }] }, 'messages[0].sender has one of | , : ; which end a sender in a list'],
    ['a zone without a sender', sendList, { sendAt: { local: '2026-01-01T00:00' }, messages: [{ to, text, utcOffset: 2 }] }, 'messages[0].utcOffset needs a sender beside it'],
    ['a zone without a date', sendList, { sendAt: { inMinutes: 5 }, messages: [{ to, text, sender: 'a', utcOffset: 2 }] }, 'messages[0].utcOffset needs a sendAt of the form { at, utcOffset } or { local }'],
    ['a raw line that could be a message', sendList, { lineBreaks: 'raw', messages: [{ to, text: 'a\n380671112233:b' }] }, 'messages[0].text has a further line with : ; or |, which could be read as the next message; use lineBreaks: «escape»'],
    ['two numbers for a status', status, { id: 1, phone: '380501234567,380501234568' }, 'phone expected one international number or one e-mail address'],
    ['a currency that is no flag', balance, { currency: 'UAH' }, 'currency is a string; expected true or false'],
  ];
  it.each(cases)('%s', (_, operation, input, complaint) => {
    const found = complaints(operation, input);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(complaint);
  });
});

describe('a charset', () => {
  it.each([
    ['windows-1251', windows1251, 'Привіт 👋', 'text has characters that windows-1251 lacks: U+1F44B at 7'],
    ['koi8-r', koi8r, 'Київ', 'text has characters that koi8-r lacks: U+0457 at 2'],
  ] as const)('that lacks a character names it and where it stands: %s', (_, charset, words, complaint) => {
    expect(complaints(send, { to, text: words }, charset)).toEqual([complaint]);
    expect(complaints(send, { to, text: words })).toEqual([]);
  });

  it('cannot be other than utf-8 beside files and in JSON', () => {
    const files = [{ name: 'a.jpg', content: Uint8Array.of(1) }];
    expect(() => toRequest(send, { kind: 'mms', to, text, files }, { apiKey: 'k' }, { charset: windows1251 })).toThrow('send: files travel in a multipart body, which is utf-8');
    expect(() => toRequest(send, { to, text }, { apiKey: 'k' }, { charset: windows1251, body: 'json' })).toThrow('send: a JSON body is always utf-8');
    expect(() => toRequest(balance, {}, { apiKey: 'k' }, { body: 'json' })).toThrow('balance: has no JSON form');
  });
});

describe('credentials', () => {
  it.each([
    [undefined, 'credentials is a undefined; expected { login, password } or { apiKey }'],
    [{}, 'credentials expected { login, password } or { apiKey }, got neither'],
    [{ login: 'a' }, 'credentials expected { login, password } or { apiKey }, got login'],
    [{ login: 'a', password: 'b', apiKey: 'c' }, 'credentials expected { login, password } or { apiKey }, got login, password, apiKey'],
    [{ apiKey: 5 }, 'credentials.apiKey is a number; expected text'],
    [{ login: 'a', password: 'b\0' }, 'credentials.password has a NUL at index 1'],
  ])('are one of two: %j', (credentials, complaint) => {
    expect(() => toRequest(balance, {}, credentials as never)).toThrow(complaint);
  });
});

describe('times', () => {
  const timeOf = (sendAt: unknown): Record<string, string> => {
    const { body } = toRequest(send, { to, text, sendAt } as SendInput, { apiKey: 'k' });
    const form = new URLSearchParams(body.kind === 'text' ? body.text : '');
    return { time: form.get('time')!, ...(form.has('tz') ? { tz: form.get('tz')! } : {}) };
  };

  it('of an instant in a zone agree with the platform’s calendar for every day of the century', () => {
    for (let day = 0; day < 36_523; day++) {
      const at = new Date(Date.UTC(2000, 0, 2 + day, day % 24, day % 60));
      const utcOffset = (day % 27) - 12;
      const shifted = new Date(at.getTime() + utcOffset * 3_600_000).toISOString();
      const [, yy, mm, dd, hh, mi] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(shifted)!;
      expect(timeOf({ at, utcOffset })).toEqual({ time: `${dd}${mm}${yy}${hh}${mi}`, tz: String(utcOffset - 3) });
    }
  });

  it('with seconds are rounded up, so that nothing is sent early', () => {
    expect(timeOf({ at: new Date('2026-12-31T23:59:00.001Z'), utcOffset: 0 })).toEqual({ time: '0101270000', tz: '-3' });
    expect(timeOf(new Date('2026-11-24T08:00:00.001Z'))).toEqual({ time: '01795507201' });
  });
});
