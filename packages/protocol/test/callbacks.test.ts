import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { crc32 as platformCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { internationalNumber } from '@smsc/testing/arbitraries';
import { describe, expect, it } from 'vitest';
import {
  type Callback,
  type CallbackRequest,
  readCallback,
  type ReadCallbackOptions,
} from '../src/callbacks.ts';
import { crc32 } from '../src/callbacks/crc32.ts';
import { equalInConstantTime } from '../src/callbacks/constant-time.ts';
import { type Charset, encode, InputError, koi8r, utf8, windows1251 } from '../src/index.ts';
import { algorithms, formats, type Pairs, sign, signed, write } from './signed-callbacks.ts';
import { vectors } from './vectors/callbacks.json' with { type: 'json' };

const secret = 'контроль:7';
const charsets: readonly Charset[] = [windows1251, koi8r, utf8];
const unsigned = { unsigned: 'i-check-by-status' } as const;

/** Reads a request. Returns the callback without its undefined members, or the members of the error. */
function read(request: CallbackRequest, options: ReadCallbackOptions): unknown {
  try {
    return JSON.parse(JSON.stringify(readCallback(request, options)));
  } catch (thrown) {
    const { kind, problem, status, message } = thrown as {
      kind: string;
      problem: string;
      status: number;
      message: string;
    };
    return { kind, problem, status, message };
  }
}

const form = (body: string, url = '/hook'): CallbackRequest => ({
  method: 'POST',
  url,
  contentType: 'application/x-www-form-urlencoded',
  body: encode(body, utf8),
});
const refused = (problem: string, status: number, message: string): unknown => ({
  kind: 'callback',
  problem,
  status,
  message: `callback: ${message}`,
});
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const body = 'id=7&phone=380501234567&status=1';

describe('a documented callback', () => {
  for (const { name, source, request, options, result } of vectors) {
    it(`is read: ${name} (${source})`, () => {
      const { body: hex, ...rest } = request as { body?: string; method: string };
      const bytes =
        hex === undefined ? {} : { body: Uint8Array.from(hex, (character) => character.charCodeAt(0)) };
      expect(read({ ...rest, ...bytes }, options as ReadCallbackOptions)).toEqual(result);
    });
  }
});

describe('an instant', () => {
  it('is a Date in every kind of callback', () => {
    const at = new Date('2026-02-01T01:04:05Z');
    const ts = `ts=${at.getTime() / 1000}`;
    expect(readCallback(form(`${body}&${ts}`), unsigned)).toMatchObject({ changedAt: at });
    expect(readCallback(form(`phone=1&mes=hi&to=4541&${ts}`), unsigned)).toMatchObject({ receivedAt: at });
    expect(readCallback(form(`phone=1&waitcall=1&${ts}`), unsigned)).toMatchObject({ calledAt: at });
  });

  it('outside the range of Date stays in extra', () => {
    expect(readCallback(form(`${body}&ts=1234567890123`), unsigned)).toMatchObject({
      changedAt: undefined,
      extra: { ts: '1234567890123' },
    });
  });
});

// --- every format, charset and algorithm ---

/** Fields of a callback, and the expected result of reading it. */
interface Sample {
  readonly event: Callback['event'];
  readonly pairs: Pairs;
  readonly result: unknown;
}

/** Characters that all three charsets have, including the characters that the formats escape. */
const text = fc.string({
  unit: fc.constantFrom(...'aZ09 +&=%:;<>"\'/\\?#{}[],.~_-!()*\n\tЯжыЭёЁ©'),
  maxLength: 40,
});
const phone = internationalNumber;
const seconds = fc.integer({ min: 1, max: 2_000_000_000 });
const id = fc.oneof(fc.nat().map(String), fc.stringMatching(/^[\w.-]{1,40}$/));

const statusSample = fc
  .tuple(id, phone, fc.constantFrom(-1, 0, 1, 20, 25), seconds, text)
  .map(([key, to, status, ts, sender]): Sample => ({
    event: 'status',
    pairs: [
      ['id', key],
      ['phone', to],
      ['status', String(status)],
      ['time', '01.02.2026 03:04:05'],
      ['ts', String(ts)],
      ['err', '0'],
      ['cnt', '2'],
      ['type', '0'],
      ['flag', '32'],
      ['cost', '1.230'],
      ['sender', `s${sender}`],
      ['mccmnc', '25503'],
      ['syserr', '5'],
      ['newer', 'x'],
    ],
    result: {
      event: 'status',
      id: key,
      phone: to,
      status,
      state: {
        [-1]: 'waiting to be sent',
        0: 'passed to the operator',
        1: 'delivered',
        20: 'undeliverable',
        25: 'number unavailable',
      }[status],
      final: status > 0,
      error: 0,
      changedAt: new Date(ts * 1000).toJSON(),
      changedAtLocal: '01.02.2026 03:04:05',
      parts: 2,
      kind: 'sms',
      type: 0,
      flags: 32,
      cost: '1.230',
      sender: `s${sender}`,
      mccMnc: '25503',
      systemError: '5',
      extra: { newer: 'x' },
    },
  }));
const hlrSample = fc.tuple(id, phone, seconds).map(([key, to, ts]): Sample => ({
  event: 'hlr',
  pairs: [
    ['id', key],
    ['phone', to],
    ['status', '1'],
    ['ts', String(ts)],
    ['err', '6'],
    ['type', '4'],
    ['sender_id', 'HLR'],
    ['imsi', '250011234567890'],
    ['msc', '79160000000'],
    ['mcc', '250'],
    ['mnc', '01'],
    ['cn', 'Украина'],
    ['net', 'Киевстар'],
    ['rcn', ''],
    ['rnet', ''],
  ],
  result: {
    event: 'hlr',
    id: key,
    phone: to,
    status: 1,
    state: 'delivered',
    final: true,
    error: 6,
    changedAt: new Date(ts * 1000).toJSON(),
    kind: 'hlr',
    type: 4,
    sender: 'HLR',
    reachable: false,
    imsi: '250011234567890',
    serviceCentre: '79160000000',
    mcc: '250',
    mnc: '01',
    country: 'Украина',
    operator: 'Киевстар',
    extra: {},
  },
}));
const incomingSample = fc
  .tuple(phone, text, fc.stringMatching(/^\d{3,12}$/), seconds)
  .map(([from, mes, to, ts]): Sample => ({
    event: 'incoming',
    pairs: [
      ['phone', from],
      ['mes', mes],
      ['to', to],
      ['id', '12'],
      ['ts', String(ts)],
      ['time', '01.02.2026 03:04:05'],
      ['sms_id', '4'],
    ],
    result: {
      event: 'incoming',
      from,
      to,
      text: mes,
      id: '12',
      answerTo: '4',
      receivedAt: new Date(ts * 1000).toJSON(),
      receivedAtLocal: '01.02.2026 03:04:05',
      extra: {},
    },
  }));
const callSample = fc.tuple(phone, seconds).map(([from, ts]): Sample => ({
  event: 'call',
  pairs: [
    ['phone', from],
    ['waitcall', '1'],
    ['ts', String(ts)],
  ],
  result: { event: 'call', phone: from, calledAt: new Date(ts * 1000).toJSON(), extra: { waitcall: '1' } },
}));
const samples = [statusSample, hlrSample, incomingSample, callSample];

describe.each(formats)('a callback as %s', (format) => {
  describe.each(charsets)('in $name', (charset) => {
    it.each(algorithms)('is read with a signature by %s, whatever its event', (algorithm) => {
      fc.assert(
        fc.property(fc.oneof(...samples), ({ event, pairs, result }) => {
          const request = write(signed(event, pairs, secret, algorithm, charset), format, charset);
          // In a query, the parameters of the handler's URL are fields too.
          const expected =
            format === 'query'
              ? {
                  ...(result as object),
                  extra: { ...(result as { extra: object }).extra, charset: charset.name },
                }
              : result;
          expect(read(request, { secret, algorithms: [algorithm] })).toEqual(expected);
          expect(read(request, { secret: `${secret}.`, algorithms: [algorithm] })).toMatchObject({
            problem: 'signature',
            status: 403,
          });
        }),
        { numRuns: 40 },
      );
    });
  });
});

it('reads the same text from every charset and format', () => {
  const pairs: Pairs = [
    ['phone', '380501234567'],
    ['mes', 'Ещё \u00a9'],
    ['to', '4541'],
  ];
  const results = charsets.flatMap((charset) =>
    formats.map((format) =>
      read(
        write(
          signed('incoming', pairs, secret, 'md5', charset),
          format,
          charset,
          `/?charset=${charset.name}`,
        ),
        { secret },
      ),
    ),
  );
  for (const result of results) expect(result).toMatchObject({ event: 'incoming', text: 'Ещё \u00a9' });
});

// --- signatures ---

describe('a signature', () => {
  const right = md5(`7:380501234567:1:key`);
  const sha1 = createHash('sha1').update('7:380501234567:1:key').digest('hex');

  it.each([
    ['lower case', `md5=${right}`],
    ['upper case', `md5=${right.toUpperCase()}`],
    ['several algorithms', `md5=${right}&sha1=${sha1}`],
    ['md5 beside an ignored crc32', `md5=${right}&crc32=${platformCrc32('7:380501234567:1:key')}`],
  ])('is accepted in %s', (_, signature) => {
    expect(read(form(`${body}&${signature}`), { secret: 'key' })).toMatchObject({
      event: 'status',
      id: '7',
      extra: {},
    });
  });

  it.each([
    ['is missing', '', 'expected a signature in the field md5 or sha1'],
    ['is empty', '&md5=', 'md5: expected 32 hexadecimal digits'],
    [
      'is that of another callback',
      `&md5=${md5('8:380501234567:1:key')}`,
      'md5 does not match this callback',
    ],
    ['is that of another secret', `&md5=${md5('7:380501234567:1:Key')}`, 'md5 does not match this callback'],
    ['is that without a secret', `&md5=${md5('7:380501234567:1:')}`, 'md5 does not match this callback'],
    ['is not hexadecimal', `&md5=${'g'.repeat(32)}`, 'md5: expected 32 hexadecimal digits'],
    ['is too short', `&md5=${right.slice(1)}`, 'md5: expected 32 hexadecimal digits'],
    ['is too long', `&md5=${right}0`, 'md5: expected 32 hexadecimal digits'],
    ['is far too long', `&md5=${right.repeat(1000)}`, 'md5: expected 32 hexadecimal digits'],
    ['is followed by a line break', `&md5=${right}%0A`, 'md5: expected 32 hexadecimal digits'],
    ['is a sha1 digest named md5', `&md5=${sha1}`, 'md5: expected 32 hexadecimal digits'],
    [
      'is right by md5 and wrong by sha1',
      `&md5=${right}&sha1=${'0'.repeat(40)}`,
      'sha1 does not match this callback',
    ],
    [
      'is only a checksum',
      `&crc32=${platformCrc32('7:380501234567:1:key')}`,
      'expected a signature in the field md5 or sha1',
    ],
  ])('is rejected if it %s', (_, signature, message) => {
    expect(read(form(body + signature), { secret: 'key' })).toEqual(refused('signature', 403, message));
  });

  it('is rejected if it occurs twice, even if both are right', () => {
    expect(read(form(`${body}&md5=${right}&md5=${right}`), { secret: 'key' })).toEqual(
      refused('unreadable', 400, 'md5: occurs twice'),
    );
    expect(read(form(`${body}&md5=${right}&md5=`), { secret: 'key' })).toEqual(
      refused('unreadable', 400, 'md5: occurs twice'),
    );
    expect(read({ method: 'GET', url: `/?md5=${right}&${body}&md5=${right}` }, { secret: 'key' })).toEqual(
      refused('unreadable', 400, 'md5: occurs twice'),
    );
  });

  it('is not confused with the parameter of the handler’s URL that enables it', () => {
    for (const parameter of ['md5', 'md5=', 'md5=1'])
      expect(
        read(
          { method: 'GET', url: `https://app.example/hook?${parameter}&${body}&md5=${right}` },
          { secret: 'key' },
        ),
      ).toMatchObject({ id: '7' });
    expect(read({ method: 'GET', url: `/?md5&${body}` }, { secret: 'key' })).toEqual(
      refused('signature', 403, 'md5: expected 32 hexadecimal digits'),
    );
    // A signature in the URL of a POST request does not count.
    expect(read(form(body, `/hook?md5=${right}`), { secret: 'key' })).toEqual(
      refused('signature', 403, 'expected a signature in the field md5 or sha1'),
    );
  });

  it('by crc32 is read as a decimal and as eight hexadecimal digits', () => {
    const value = platformCrc32('7:380501234567:1:key');
    const options: ReadCallbackOptions = { secret: 'key', algorithms: ['crc32'] };
    const hex = value.toString(16).padStart(8, '0');
    for (const good of [String(value), hex, hex.toUpperCase()])
      expect(read(form(`${body}&crc32=${good}`), options)).toMatchObject({ id: '7' });
    for (const bad of [
      '',
      'x',
      '-1',
      `${value + 1}`,
      String(value + 2 ** 32),
      `0x${hex}`,
      `${hex}0`,
      '9'.repeat(10),
    ]) {
      expect(read(form(`${body}&crc32=${bad}`), options)).toMatchObject({ problem: 'signature' });
    }
  });

  it('by crc32 is accepted if its eight digits are both decimal and hexadecimal', () => {
    // Searches for an id whose checksum has eight digits, in either notation.
    for (const notation of [(n: number) => String(n), (n: number) => n.toString(16).padStart(8, '0')]) {
      const found = Array.from({ length: 20_000 }, (_, at) => at).find((at) =>
        /^\d{8}$/.test(notation(platformCrc32(`${at}:380501234567:1:key`))),
      )!;
      const digits = notation(platformCrc32(`${found}:380501234567:1:key`));
      expect(
        read(form(`id=${found}&phone=380501234567&status=1&crc32=${digits}`), {
          secret: 'key',
          algorithms: ['crc32'],
        }),
      ).toMatchObject({ id: String(found) });
    }
  });

  it('covers a text in the charset of the callback, or in UTF-8 if that charset cannot encode the text', () => {
    const request = (mes: string, digest: string, url: string): CallbackRequest => ({
      url,
      body: `{"phone": "380501234567", "mes": ${JSON.stringify(mes)}, "to": "4541", "md5": "${digest}"}`,
    });
    const digestOf = (mes: string, charset: Charset): string =>
      sign(['380501234567', mes, '4541'], 'key', 'md5', charset);
    expect(read(request('Ні', digestOf('Ні', windows1251), '/'), { secret: 'key' })).toMatchObject({
      text: 'Ні',
    });
    expect(read(request('Ні', digestOf('Ні', utf8), '/'), { secret: 'key' })).toMatchObject({
      problem: 'signature',
    });
    expect(read(request('Ні', digestOf('Ні', utf8), '/?charset=utf-8'), { secret: 'key' })).toMatchObject({
      text: 'Ні',
    });
    expect(read(request('Ні 👋', digestOf('Ні 👋', utf8), '/'), { secret: 'key' })).toMatchObject({
      text: 'Ні 👋',
    });
    expect(read(request('\ud83d', digestOf('?', utf8), '/'), { secret: 'key' })).toEqual(
      refused('unreadable', 400, 'the text contains a lone surrogate'),
    );
  });

  it('is valid for one callback only, even if its values are shifted', () => {
    const part = fc.oneof(phone, fc.constantFrom('1', '-1', '20', '100', '4541', ':', '', 'a'), text);
    const fields = fc.record({ id: part, phone: part, status: part, mes: part, to: part, ts: part });
    const kinds: readonly (readonly string[])[] = [
      ['id', 'phone', 'status'],
      ['phone', 'mes', 'to'],
      ['phone', 'waitcall', 'ts'],
    ];
    /** Returns every callback that is accepted with the signature of `row`. */
    const readings = (row: string): readonly unknown[] => {
      const digest = md5(`${row}:key`);
      const pieces = row.split(':');
      const found: unknown[] = [];
      for (const names of kinds) {
        const wanted = names.filter((name) => name !== 'waitcall');
        for (let first = 1; first < pieces.length; first++) {
          for (let second = first + 1; second <= pieces.length; second++) {
            const values =
              wanted.length === 2
                ? [pieces.slice(0, first).join(':'), pieces.slice(first).join(':')]
                : [
                    pieces.slice(0, first).join(':'),
                    pieces.slice(first, second).join(':'),
                    pieces.slice(second).join(':'),
                  ];
            const members = Object.fromEntries([
              ...wanted.map((name, at) => [name, values[at]]),
              ...(names.includes('waitcall') ? [['waitcall', '1']] : []),
              ['md5', digest],
            ]);
            const result = read(
              { url: '/?charset=utf-8', body: JSON.stringify(members) },
              { secret: 'key' },
            ) as { kind?: string };
            if (
              result.kind !== 'callback' &&
              !found.some((other) => JSON.stringify(other) === JSON.stringify(result))
            )
              found.push(result);
          }
        }
      }
      return found;
    };
    let readable = 0;
    fc.assert(
      fc.property(fields, fc.constantFrom(...kinds), (values, names) => {
        const row = names
          .filter((name) => name !== 'waitcall')
          .map((name) => values[name as keyof typeof values])
          .join(':');
        if (row.split(':').length > 8) return;
        const found = readings(row);
        readable += found.length;
        expect(found.length).toBeLessThan(2);
      }),
      { numRuns: 400 },
    );
    expect(readable).toBeGreaterThan(20);
    // Without the rules for `to` and `status`, each of these values could be read as a message and as a state.
    expect(readings('380501234567:380507654321:4541')).toMatchObject([{ event: 'incoming' }]);
    expect(readings('380501234567:380507654321:20')).toMatchObject([{ event: 'status' }]);
  });

  it('is compared in constant time: every octet is read, wherever the difference is', () => {
    const readIndexes = (one: readonly number[], other: readonly number[]): readonly string[] => {
      const places: string[] = [];
      const watched = (octets: readonly number[]): ArrayLike<number> =>
        new Proxy(octets, {
          get: (target, place, receiver): unknown => (
            places.push(String(place)),
            Reflect.get(target, place, receiver)
          ),
        });
      equalInConstantTime(watched(one), watched(other));
      return places;
    };
    const same = readIndexes([1, 2, 3, 4], [1, 2, 3, 4]);
    expect(same.filter((place) => place !== 'length')).toEqual(['0', '0', '1', '1', '2', '2', '3', '3']);
    for (const other of [
      [0, 2, 3, 4],
      [1, 2, 3, 0],
      [1, 0, 0, 4],
      [9, 9, 9, 9],
    ])
      expect(readIndexes([1, 2, 3, 4], other)).toEqual(same);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 4 }),
        fc.uint8Array({ maxLength: 4 }),
        (one, other) => equalInConstantTime(one, other) === (Buffer.compare(one, other) === 0),
      ),
    );
  });

  it('by crc32 equals the checksum of the platform', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (bytes) => Buffer.from(crc32(bytes)).readUInt32BE() === platformCrc32(bytes),
      ),
    );
    expect(Buffer.from(crc32(Buffer.from('123456789'))).toString('hex')).toBe('cbf43926');
  });
});

// --- options ---

describe('the options secret and unsigned', () => {
  const call = readCallback as (request: unknown, options?: unknown) => unknown;

  it.each([
    ['undefined options', undefined],
    ['no options', {}],
    ['an undefined secret', { secret: undefined }],
    ['an empty secret', { secret: '' }],
    ['a secret that is not a string', { secret: 5 }],
    ['unsigned: true', { unsigned: true }],
    ['both secret and unsigned', { secret: 'key', unsigned: 'i-check-by-status' }],
    ['a misspelt option', { secret: 'key', algorithm: ['md5'] }],
    ['an empty list of algorithms', { secret: 'key', algorithms: [] }],
    ['an unknown algorithm', { secret: 'key', algorithms: ['md4'] }],
    ['algorithms without a secret', { ...unsigned, algorithms: ['md5'] }],
    ['an unsupported charset', { secret: 'key', charset: 'utf-16' }],
    ['a negative limit', { secret: 'key', maxBytes: -1 }],
    ['an infinite limit', { secret: 'key', maxBytes: Infinity }],
  ])('are required and checked: %s is rejected', (_, options) => {
    expect(() => call(form(body), options)).toThrow(InputError);
  });

  it('are required by the types', () => {
    // @ts-expect-error -- neither a secret nor unsigned
    expect(() => readCallback(form(body), {})).toThrow(
      "expected either secret, or unsigned: 'i-check-by-status'",
    );
    // @ts-expect-error -- options are missing
    expect(() => readCallback(form(body))).toThrow(InputError);
    // @ts-expect-error -- both a secret and unsigned
    expect(() => readCallback(form(body), { secret: 'key', unsigned: 'i-check-by-status' })).toThrow(
      InputError,
    );
    // @ts-expect-error -- another value of unsigned
    expect(() => readCallback(form(body), { unsigned: 'yes' })).toThrow(InputError);
  });

  it('are not shown in errors', () => {
    for (const options of [
      { secret: 'very-secret', unsigned: 'very-secret' },
      { secret: ['very-secret'] },
      { unsigned: 'very-secret' },
    ]) {
      try {
        call(form(body), options);
        expect.unreachable();
      } catch (error) {
        expect(inspect(error, { depth: Infinity })).not.toContain('very-secret');
      }
    }
  });

  it('are never read from a prototype', () => {
    const prototype = Object.prototype as { unsigned?: string; secret?: string; algorithms?: string[] };
    try {
      prototype.unsigned = 'i-check-by-status';
      prototype.algorithms = ['crc32'];
      expect(
        read(form(`${body}&crc32=${platformCrc32('7:380501234567:1:key')}`), { secret: 'key' }),
      ).toMatchObject({ problem: 'signature' });
      delete prototype.unsigned;
      prototype.secret = 'key';
      expect(() => call(form(body), {})).toThrow(InputError);
    } finally {
      delete prototype.unsigned;
      delete prototype.algorithms;
      delete prototype.secret;
    }
  });

  it('allow unsigned callbacks on request', () => {
    expect(read(form(body), unsigned)).toMatchObject({ event: 'status', id: '7' });
    expect(read(form(`${body}&md5=wrong`), unsigned)).toMatchObject({
      event: 'status',
      extra: { md5: 'wrong' },
    });
  });
});

// --- fields ---

describe('a report', () => {
  const readReport = (fields: string): Callback =>
    readCallback(form(`id=7&phone=380501234567&${fields}`), unsigned);

  it('belongs to an HLR request by its type, or without a type by its sender or IMSI', () => {
    expect(readReport('status=1&type=4').event).toBe('hlr');
    expect(readReport('status=1&sender_id=HLR').event).toBe('hlr');
    expect(readReport('status=1&imsi=255').event).toBe('hlr');
    expect(readReport('status=1&type=0&imsi=255')).toMatchObject({ event: 'status', extra: { imsi: '255' } });
  });

  it.each([
    ['status=1&type=4', undefined, false],
    ['status=1&type=4&err=', undefined, false],
    ['status=1&type=4&err=0', true, true],
    ['status=2&type=4&err=0', true, true],
    ['status=1&type=4&err=6', false, true],
    ['status=20&type=4', false, true],
    ['status=0&type=4', undefined, false],
    ['status=-3&type=4', undefined, false],
  ])('of an HLR request is final only if complete: %s', (fields, reachable, final) => {
    expect(readReport(fields)).toMatchObject({ event: 'hlr', reachable, final });
  });

  it('of a ping is final if it has an error code, even 0', () => {
    expect(readReport('status=1&type=5')).toMatchObject({ event: 'status', kind: 'ping', final: false });
    expect(readReport('status=1&type=5&err=0')).toMatchObject({ final: true });
  });

  it('of an SMS is final without an error code, as in recorded callbacks', () => {
    expect(readReport('status=1&type=0')).toMatchObject({ final: true, error: undefined });
  });

  it('passes unknown numbers on', () => {
    expect(readReport('status=6&type=13&err=999')).toMatchObject({
      status: 6,
      state: 'unknown',
      final: false,
      type: 13,
      kind: undefined,
      error: 999,
    });
  });

  it.each([
    ['type=x', 'type: expected a message type number'],
    ['type=99999', 'type: expected a message type number'],
    ['type=__proto__', 'type: expected a message type number'],
    ['err=no', 'err: expected an error number'],
  ])('is rejected if its type or error is not a number: %s', (field, message) => {
    expect(read(form(`${body}&${field}`), unsigned)).toEqual(refused('unreadable', 400, message));
  });

  it('keeps malformed values in extra, unchanged', () => {
    expect(readReport('status=1&cost=1,5&ts=soon&cnt=two&flag=0x1&%D0%B9=%D0%B9')).toMatchObject({
      cost: undefined,
      changedAt: undefined,
      parts: undefined,
      flags: undefined,
      extra: { cost: '1,5', ts: 'soon', cnt: 'two', flag: '0x1' },
    });
    expect(
      read(
        { body: '{"id": 7, "phone": "1", "status": 1, "cost": {"a": [1.50, null, true]}, "sender": false}' },
        unsigned,
      ),
    ).toMatchObject({ extra: { cost: { a: ['1.50', null, true] }, sender: false } });
  });

  it('keeps every digit of JSON numbers', () => {
    expect(
      read(
        {
          body: '{"id": 12345678901234567890123, "phone": 380501234567, "status": -1, "cost": 0.30, "x": 1e400, "y": "1:2,3"}',
        },
        unsigned,
      ),
    ).toMatchObject({
      id: '12345678901234567890123',
      phone: '380501234567',
      status: -1,
      cost: '0.30',
      extra: { x: '1e400', y: '1:2,3' },
    });
  });
});

it('reads an incoming message with an empty text, and one with special characters', () => {
  expect(read(form('phone=380501234567&mes=&to=4541'), unsigned)).toEqual({
    event: 'incoming',
    from: '380501234567',
    to: '4541',
    text: '',
    extra: {},
  });
  for (const format of formats) {
    const mes = ' a+b\r\n%41&amp;<b>\u00a0\n ';
    const request = write(
      signed(
        'incoming',
        [
          ['phone', 'My Shop'],
          ['mes', mes],
          ['to', '+380501234567'],
        ],
        secret,
        'sha1',
        utf8,
      ),
      format,
      utf8,
    );
    expect(read(request, { secret })).toMatchObject({ from: 'My Shop', text: mes });
  }
});

// --- invalid requests ---

describe('a request that is not a callback', () => {
  it.each([
    ['an empty body', ''],
    ['white space', ' \r\n'],
    ['another form', 'a=1&b=2'],
    ['plain text', 'hello'],
    ['a JSON array', '[{"id": "7", "phone": "1", "status": "1"}]'],
    ['truncated JSON', '{"id": "7", "phone": "1", "status": "1"'],
    ['a truncated array in a JSON object', '{"a": ['],
    ['truncated XML', '<result><id>7</id><phone>1</phone><status>1</status>'],
    [
      'a document type',
      '<!DOCTYPE a [<!ENTITY b "c">]><result><id>&b;</id><phone>1</phone><status>1</status></result>',
    ],
    ['elements inside fields', '<r><push><id>7</id><phone>1</phone><status>1</status></push></r>'],
    ['several roots', '<id>7</id><phone>1</phone><status>1</status>'],
    ['text between elements', '<r>x<id>7</id><phone>1</phone><status>1</status></r>'],
    ['no id', 'phone=1&status=1'],
    ['an empty id', 'id=&phone=1&status=1'],
    ['an id with a colon', 'id=7:1&phone=1&status=1'],
    ['no phone', 'id=7&status=1'],
    ['a phone with a line break', 'id=7&phone=1%0A&status=1'],
    ['no state', 'id=7&phone=1'],
    ['a state that is not a number', 'id=7&phone=1&status=delivered'],
    ['a state of three digits', 'id=7&phone=1&status=100'],
    ['a message without a sender', 'mes=a&to=4541'],
    ['a message without a recipient', 'mes=a&phone=1'],
    ['a message to a two-digit number', 'mes=a&phone=1&to=20'],
    ['a text that is an array', '{"mes": ["a"], "phone": "1", "to": "4541"}'],
    ['a call without a time', 'phone=1&waitcall=1'],
    ['a call at an invalid time', 'phone=1&waitcall=1&ts=now'],
  ])('is unreadable: %s', (_, content) => {
    expect(read({ method: 'POST', url: '/', body: encode(content, utf8) }, unsigned)).toMatchObject({
      kind: 'callback',
      problem: 'unreadable',
      status: 400,
    });
  });

  it.each([
    ['a form', 'id=7&phone=1&status=1&status=20'],
    ['a form, once percent-encoded', 'id=7&phone=1&status=1&%73tatus=20'],
    ['JSON', '{"id": "7", "phone": "1", "status": "1", "status": "20"}'],
    ['JSON, once escaped', '{"id": "7", "phone": "1", "status": "1", "\\u0073tatus": "20"}'],
    ['a nested JSON object', '{"id": "7", "phone": "1", "status": "1", "x": {"a": 1, "a": 2}}'],
    ['XML', '<r><id>7</id><phone>1</phone><status>1</status><status>20</status></r>'],
  ])('is unreadable if a field occurs twice in %s', (_, content) => {
    expect(read({ body: encode(content, utf8) }, unsigned)).toMatchObject({
      problem: 'unreadable',
      message: expect.stringContaining('occurs twice'),
    });
  });

  it('is unreadable if a name could reach a prototype, in any format and at any depth', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      for (const content of [
        `${body}&${name}=1`,
        `${body}&${name.replace('t', '%74')}=1`,
        `{"id": "7", "phone": "1", "status": "1", "${name}": {"a": 1}}`,
        `{"id": "7", "phone": "1", "status": "1", "a": [{"${name.replace('t', '\\u0074')}": {"b": 1}}]}`,
        `<r><id>7</id><phone>1</phone><status>1</status><${name}>1</${name}></r>`,
      ])
        expect(read({ body: content }, unsigned)).toMatchObject({ problem: 'unreadable' });
    }
    expect(({} as { a?: unknown }).a).toBeUndefined();
    expect(read({ body: `${body}&toString=1&hasOwnProperty=2` }, unsigned)).toMatchObject({
      extra: { toString: '1', hasOwnProperty: '2' },
    });
  });

  it('is rejected by any method except GET and POST', () => {
    for (const method of ['PUT', 'HEAD', 'OPTIONS', ''])
      expect(read({ ...form(body), method }, unsigned)).toEqual(
        refused('method', 405, 'expected GET or POST'),
      );
    for (const method of ['post', undefined])
      expect(read({ ...form(body), method }, unsigned)).toMatchObject({ id: '7' });
  });

  it('is read up to maxBytes, and a limit of 0 rejects every body', () => {
    const size = body.length;
    expect(read(form(body), { ...unsigned, maxBytes: size })).toMatchObject({ id: '7' });
    expect(read(form(body), { ...unsigned, maxBytes: size - 1 })).toEqual(
      refused('too-large', 413, `the body or the query has more than ${size - 1} bytes`),
    );
    expect(read({ method: 'GET', query: body }, { ...unsigned, maxBytes: size - 1 })).toMatchObject({
      problem: 'too-large',
    });
    expect(read(form('a'), { ...unsigned, maxBytes: 0 })).toMatchObject({ problem: 'too-large' });
    expect(read({ body: new Uint8Array(10_000_000) }, unsigned)).toMatchObject({ problem: 'too-large' });
  });

  it('is read in linear time', () => {
    const pieces = [
      '%41',
      '&',
      'a=1&',
      'a',
      '"',
      '<a>',
      '<a></a>',
      '<!--',
      '<a b="c" ',
      '&amp;',
      '&#65;',
      '{"a":"\\\\"},',
      '[',
      '\r\n',
      ' ',
    ];
    const wrappers: readonly ((inner: string) => string)[] = [
      (inner) => `id=7&mes=${inner}`,
      (inner) => `id=7&mes=${inner}!`,
      (inner) => `<r><id>${inner}</id></r>`,
      (inner) => `<r${inner}>`,
      (inner) => `{"id":${JSON.stringify(inner)},"a":[${inner}]}`,
    ];
    const options = { ...unsigned, maxBytes: 20_000_000 };
    const timeToRead = (content: string): number => {
      const bytes = encode(content, utf8);
      const from = performance.now();
      read({ body: bytes }, options);
      return performance.now() - from;
    };
    for (const piece of pieces) {
      for (const wrap of wrappers) {
        // Takes about 0.1 s. A quadratic parser would take minutes.
        expect(timeToRead(wrap(piece.repeat(250_000 / piece.length)))).toBeLessThan(5000);
      }
    }
  });

  it('is rejected as unreadable without a crash, however deep or long it is', () => {
    const options = { ...unsigned, maxBytes: 20_000_000 };
    for (const content of [
      '['.repeat(1_000_000),
      `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`,
      '{"a":'.repeat(500_000),
      '<a>'.repeat(300_000),
      `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`,
      '%41'.repeat(1_000_000),
      '&'.repeat(1_000_000),
      `a=${'%'.repeat(1_000_000)}`,
      '"'.repeat(1_000_000),
      `{"a":"${'\\\\'.repeat(1_000_000)}"}`,
    ]) {
      expect(read({ body: content }, options)).toMatchObject({ problem: 'unreadable' });
    }
  });
});

describe('the charset', () => {
  const text1251 = encode('phone=380501234567&mes=', utf8);
  const raw = (value: Uint8Array, more: Partial<CallbackRequest> = {}): CallbackRequest => ({
    method: 'POST',
    body: Uint8Array.from([...text1251, ...value, ...encode('&to=4541', utf8)]),
    ...more,
  });

  it('is taken from the option, then the query, then the header; the default is windows-1251', () => {
    const bytes = encode('Їжак', utf8);
    const garbled = windows1251.decode(bytes);
    expect(read(raw(bytes), unsigned)).toMatchObject({ text: garbled });
    expect(
      read(raw(bytes, { contentType: 'application/x-www-form-urlencoded; charset="UTF-8"' }), unsigned),
    ).toMatchObject({ text: 'Їжак' });
    expect(
      read(raw(bytes, { contentType: 'text/plain; charset=windows-1251', url: '/?charset=utf-8' }), unsigned),
    ).toMatchObject({ text: 'Їжак' });
    expect(
      read(raw(bytes, { url: '/?charset=utf-8' }), { ...unsigned, charset: 'windows-1251' }),
    ).toMatchObject({ text: garbled });
    // No byte is lost: encoding the garbled text in the same wrong charset restores the bytes.
    expect(utf8.decode(encode(garbled, windows1251))).toBe('Їжак');
  });

  it('of XML can be declared in the document', () => {
    const document =
      '<?xml version="1.0" encoding="koi8-r"?>\r\n<push><phone>380501234567</phone><mes>Ёж</mes><to>4541</to></push>\r\n';
    expect(read({ body: encode(document, koi8r) }, unsigned)).toMatchObject({ text: 'Ёж' });
  });

  it('is koi8-r in XML and JSON only if the header or the document declares it', () => {
    const bodies = [
      '{"phone": "1", "mes": "Да", "to": "4541"}',
      '<r><phone>1</phone><mes>Да</mes><to>4541</to></r>',
    ];
    for (const content of bodies) {
      for (const [request, options] of [
        [{ url: '/?charset=koi8-r' }, unsigned],
        [{}, { ...unsigned, charset: 'koi8-r' }],
      ] as const) {
        expect(read({ ...request, body: encode(content, windows1251) }, options)).toMatchObject({
          text: 'Да',
        });
        expect(
          read(
            { ...request, contentType: 'a/b; charset=utf-8', body: encode(`\ufeff\r\n${content}`, utf8) },
            options,
          ),
        ).toMatchObject({ text: 'Да' });
        expect(
          read({ ...request, contentType: 'a/b; charset=koi8-r', body: encode(content, koi8r) }, options),
        ).toMatchObject({ text: 'Да' });
      }
    }
  });

  it('is rejected if it is not windows-1251, koi8-r or utf-8', () => {
    for (const more of [
      { url: '/?charset=utf-16' },
      { contentType: 'text/plain; charset=iso-8859-5' },
      { url: '/?charset=__proto__' },
    ]) {
      expect(read(raw(encode('a', utf8), more), unsigned)).toEqual(
        refused('unreadable', 400, 'the charset is not windows-1251, koi8-r or utf-8'),
      );
    }
  });

  it('is rejected if UTF-8 is declared and the bytes are not valid UTF-8', () => {
    const message = 'the bytes are not valid utf-8, although utf-8 is declared';
    for (const charset of [windows1251, koi8r]) {
      const bytes = encode('Привет', charset);
      expect(read(raw(bytes), { ...unsigned, charset: 'utf-8' })).toEqual(
        refused('unreadable', 400, message),
      );
      expect(
        read(form(`phone=1&mes=${charset.percent('Привет')}&to=4541`), { ...unsigned, charset: 'utf-8' }),
      ).toEqual(refused('unreadable', 400, message));
    }
    // U+FFFD, the replacement character, is valid in a text.
    expect(read(raw(encode('\ufffd', utf8)), { ...unsigned, charset: 'utf-8' })).toMatchObject({
      text: '\ufffd',
    });
  });
});

it('shows no text, phone number or secret in an error', () => {
  const hidden = ['380501234567', 'Secret text', 'very-secret'];
  const bodies = formats.flatMap((format) => [
    write(
      [
        ['phone', '380501234567'],
        ['mes', 'Secret text'],
        ['to', '4541'],
        ['md5', '0'.repeat(32)],
      ],
      format,
      utf8,
    ),
    write(
      [
        ['phone', '380501234567'],
        ['mes', 'Secret text'],
        ['md5', '380501234567'],
      ],
      format,
      utf8,
    ),
    write(
      [
        ['id', '380501234567:'],
        ['phone', 'Secret text'],
        ['status', '380501234567'],
      ],
      format,
      utf8,
    ),
    write(
      [
        ['id', '1'],
        ['phone', '380501234567'],
        ['status', '1'],
        ['type', 'Secret text'],
        ['md5', md5('1:380501234567:1:very-secret')],
      ],
      format,
      utf8,
    ),
  ]);
  const others = [
    '{"Secret text": 380501234567',
    '<Secret text>380501234567',
    'Secret text=380501234567&Secret text=380501234567',
    '{"380501234567": 1, "380501234567": 1}',
  ].map((content): CallbackRequest => ({ body: content }));
  for (const request of [...bodies, ...others]) {
    try {
      readCallback(request, { secret: 'very-secret' });
      expect.unreachable();
    } catch (error) {
      for (const value of hidden)
        expect(inspect(error, { depth: Infinity, showHidden: true }).split('\n    at ')[0]).not.toContain(
          value,
        );
    }
  }
});
