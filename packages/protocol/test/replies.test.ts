import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  balance,
  cost,
  csvFormat,
  encode,
  fromReply,
  jsonFormat,
  send,
  status,
  textFormat,
  utf8,
} from '../src/index.ts';
import type { Operation } from '../src/core/operation.ts';
import { xmlFormat, xmlUpTo } from '../src/xml.ts';
import replies from './vectors/replies.json' with { type: 'json' };

const operations = { send, cost, status, balance } as unknown as Record<string, Operation<never, unknown>>;
const formats = { 0: textFormat, 1: csvFormat, 2: xmlFormat, 3: jsonFormat } as const;
type Fmt = keyof typeof formats;

const reply = (body: string, httpStatus = 200): { status: number; body: Uint8Array } => ({
  status: httpStatus,
  body: encode(body, utf8),
});

/** Reads a reply to a value of JSON: missing members become null, and errors become objects. */
function read(operation: Operation<never, unknown>, fmt: Fmt, body: string, httpStatus = 200): unknown {
  try {
    const result = fromReply(operation, reply(body, httpStatus), { format: formats[fmt] });
    return JSON.parse(JSON.stringify(result, (_, value: unknown) => (value === undefined ? null : value)));
  } catch (thrown) {
    const error = thrown as {
      kind: string;
      code?: number;
      id?: string;
      meaning?: string;
      mayHaveHappened: boolean;
    };
    return {
      kind: error.kind,
      code: error.code ?? null,
      id: error.id ?? null,
      mayHaveHappened: error.mayHaveHappened,
    };
  }
}

describe('an example of the sources', () => {
  for (const { name, source, operation, replies: bodies, result, error } of replies.vectors as {
    name: string;
    source: string;
    operation: string;
    replies: Partial<Record<Fmt, string>>;
    result?: unknown;
    error?: { code: number; id: string | null };
  }[]) {
    for (const [fmt, body] of Object.entries(bodies)) {
      it(`is parsed: ${name}, fmt=${fmt} (${source})`, () => {
        const expected = error ? { kind: 'gateway', ...error, mayHaveHappened: false } : result;
        expect(read(operations[operation]!, Number(fmt) as Fmt, body)).toEqual(expected);
      });
    }
  }

  it('exists for each cost and each error in all four formats', () => {
    const complete = replies.vectors
      .filter((vector) => Object.keys(vector.replies).length === 4)
      .map((vector) => vector.name);
    for (const name of [
      'cost=0',
      'cost=1',
      'cost=2',
      'cost=3',
      'op=1 with two recipients',
      'err=1 with one invalid number',
    ])
      expect(complete).toContain(name);
    for (let code = 1; code <= 9; code++) expect(complete).toContain(`error ${code} to send`);
  });
});

it('an empty value at the end of a sentence counts as missing', () => {
  for (const end of [' = ', ' =', ' = \n'])
    expect(read(operations['status']!, 0, `Status = -3, check_time${end}`)).toMatchObject({
      status: -3,
      changedAtLocal: null,
      extra: {},
    });
});

/** Content of a generated reply. The writers below encode it in each format, as the gateway's page describes it. */
interface Logical {
  readonly id: string;
  readonly cnt: number;
  readonly cost: string | undefined;
  readonly balance: string | undefined;
  readonly phones: readonly Row[];
}
type Row = Record<'phone' | 'mccmnc' | 'cost' | 'status' | 'error', string>;

const lines = (rows: readonly Row[]): string =>
  rows.map((r) => `\n${r.phone},${r.mccmnc},${r.cost},${r.status},${r.error}`).join('');
const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const writers: Record<Fmt, (value: Logical) => string> = {
  0: ({ id, cnt, cost, balance, phones }) =>
    `OK - ${cnt} SMS, ID - ${id}${cost === undefined ? '' : `, COST - ${cost}`}${balance === undefined ? '' : `, BALANCE - ${balance}`}${lines(phones)}`,
  1: ({ id, cnt, cost, balance, phones }) =>
    [id, cnt, cost, balance].filter((value) => value !== undefined).join(',') + lines(phones),
  2: ({ id, cnt, cost, balance, phones }) => {
    const members = Object.entries({ id, cnt, cost, balance }).filter(([, value]) => value !== undefined);
    const list = phones.map(
      (r) =>
        `<phone mccmnc="${r.mccmnc}" cost="${r.cost}" status="${r.status}" error="${r.error}">${escape(r.phone)}</phone>\n`,
    );
    return `<result>\n${members.map(([name, value]) => `<${name}>${value}</${name}>\n`).join('')}${phones.length ? `<phones>\n${list.join('')}</phones>\n` : ''}</result>`;
  },
  3: ({ id, cnt, cost, balance, phones }) =>
    JSON.stringify(
      {
        id: /^\d{1,9}$/.test(id) && !id.startsWith('0') ? Number(id) : id,
        cnt,
        cost,
        balance,
        ...(phones.length ? { phones } : {}),
      },
      null,
      1,
    ),
};

const amount = fc
  .tuple(fc.nat(99999), fc.integer({ min: 0, max: 999 }), fc.constantFrom(1, 2, 3))
  .map(([whole, part, digits]) => `${whole}.${String(part).padStart(3, '0').slice(0, digits)}`);
const id = fc.oneof(
  fc.integer({ min: 1, max: 2147483647 }).map(String),
  fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/),
);
const row = fc.record({
  phone: fc.stringMatching(/^\+?\d{7,15}$/),
  mccmnc: fc.constantFrom('', '25501', '00701'),
  cost: fc.oneof(fc.constant(''), amount),
  status: fc.constantFrom('', '-1', '0', '1', '20', '25'),
  error: fc.constantFrom('', '0', '6', '249'),
});
const logical = fc
  .record({
    id,
    cnt: fc.nat(100_000),
    cost: fc.option(amount, { nil: undefined }),
    balance: fc.option(amount, { nil: undefined }),
    phones: fc.array(row, { maxLength: 5 }),
  })
  // A balance is only sent with a cost: `cost=3` includes `cost=2`.
  .map((value): Logical => (value.cost === undefined ? { ...value, balance: undefined } : value));

describe('the four formats', () => {
  it('give the same result for the same reply', () => {
    fc.assert(
      fc.property(logical, (value) => {
        const read0 = read(send, 3, writers[3](value));
        expect(read0).toMatchObject({
          id: value.id,
          parts: value.cnt,
          cost: value.cost ?? null,
          balance: value.balance ?? null,
        });
        expect((read0 as { recipients: unknown[] }).recipients).toHaveLength(value.phones.length);
        for (const fmt of [0, 1, 2] as const) expect(read(send, fmt, writers[fmt](value))).toEqual(read0);
      }),
      { numRuns: 2000 },
    );
  });

  it('reject a truncated reply in JSON and XML', () => {
    const [whole] = replies.vectors.filter((vector) => vector.name === 'op=1 with cost=3');
    const bodies = whole!.replies as Record<Fmt, string>;
    for (const fmt of [2, 3] as const) {
      for (let at = 0; at < bodies[fmt].length; at++)
        expect(read(send, fmt, bodies[fmt].slice(0, at))).toMatchObject({ kind: 'unreadable-reply' });
    }
  });

  it('never throw an unexpected error for random input', () => {
    const garbage = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.uint8Array().map((bytes) => String.fromCharCode(...bytes)),
    );
    fc.assert(
      fc.property(garbage, fc.constantFrom<Fmt>(0, 1, 2, 3), (body, fmt) => {
        const value = read(send, fmt, body) as { kind?: string; id?: string };
        if (value.kind === undefined) expect(value.id).toBeTypeOf('string');
        else expect(['unreadable-reply', 'gateway']).toContain(value.kind);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a response that does not come from the gateway', () => {
  const unreadable = { kind: 'unreadable-reply', code: null, id: null, mayHaveHappened: true };

  it.each([
    ['an empty body', ''],
    ['white space', ' \n'],
    ['an error page', '<html><head><title>502 Bad Gateway</title></head><body><hr>nginx</body></html>'],
    ['half a reply', '{\n"id": 1234,\n"cn'],
    ['another reply', '{"balance": "1.00"}'],
    ['a number', '5'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a bare OK', 'OK'],
    ['a member named __proto__', '{"id": 1, "cnt": 1, "__proto__": {"cost": "0"}}'],
    ['an escaped member named __proto__', '{"id": 1, "cnt": 1, "x": [{"\\u005f_proto__": 1}]}'],
    ['a count that is not a whole number', '{"id": 1, "cnt": 1.5}'],
    ['phones that are not a list', '{"id": 1, "cnt": 1, "phones": {"phone": "1"}}'],
  ])('is unreadable: %s', (_, body) => {
    for (const fmt of [0, 1, 2, 3] as const) {
      // Skips a reply of one CSV column, since it may be the beginning of a truncated reply.
      if (fmt === 1 && /^[\w.]*$/.test(body) && body !== '' && body !== 'OK') continue;
      expect(read(send, fmt, body)).toEqual(unreadable);
    }
  });

  it('is unreadable if the HTTP status is not 200', () => {
    for (const code of [204, 301, 400, 403, 500, 502, 503])
      expect(read(send, 3, '{"id": 1,"cnt": 1}', code)).toEqual(unreadable);
  });

  it('is reported without quoting it', () => {
    expect(() => fromReply(send, reply('{"secret-380501234567"'))).toThrow(
      'send: unreadable reply (HTTP 200): not in the requested format; the request may have succeeded',
    );
  });

  it('does not overflow the stack with a million brackets', () => {
    expect(read(send, 3, '['.repeat(1_000_000))).toEqual(unreadable);
    const deep = reply(`{"id": 1, "cnt": 1, "x": ${'['.repeat(5000)}${']'.repeat(5000)}}`);
    expect(fromReply(send, deep).id).toBe('1');
  });
});

describe('XML', () => {
  const readXml = (body: string): unknown => read(send, 2, body);
  const result = (inner: string): string => `<result><id>1</id><cnt>1</cnt>${inner}</result>`;

  it('may have a declaration and a byte order mark', () => {
    expect(readXml(`\ufeff<?xml version="1.0" encoding="utf-8"?>\n${result('')}`)).toEqual(
      readXml(result('')),
    );
  });

  it('decodes only the five entities of XML, and only once', () => {
    expect(readXml(result('<x>&lt;&amp;lt;&gt;&quot;&apos;&#65;&nbsp;</x>'))).toMatchObject({
      extra: { x: '<&lt;>"\'&#65;&nbsp;' },
    });
  });

  it.each([
    ['a document type', `<!DOCTYPE result [<!ENTITY a "b">]>${result('')}`],
    ['an entity of its own', `<!ENTITY a "b">${result('')}`],
    ['CDATA', result('<x><![CDATA[<id>2</id>]]></x>')],
    ['two roots', result('') + result('')],
    ['an element that is not closed', '<result><id>1</id><cnt>1</cnt>'],
    ['elements closed in the wrong order', '<result><id>1</cnt><cnt>1</id></result>'],
    ['an element named __proto__', result('<__proto__>1</__proto__>')],
  ])('is rejected with %s', (_, body) => {
    expect(readXml(body)).toMatchObject({ kind: 'unreadable-reply' });
  });

  it('is read up to a maximum length, which may be 0', () => {
    const body = result('');
    expect(fromReply(send, reply(body), { format: xmlUpTo(body.length) })).toMatchObject({ id: '1' });
    expect(() => fromReply(send, reply(body), { format: xmlUpTo(body.length - 1) })).toThrow(
      'characters of XML',
    );
    expect(() => fromReply(send, reply(body), { format: xmlUpTo(0) })).toThrow(
      'expected at most 0 characters',
    );
  });
});

describe('a reply to a message', () => {
  const json = (body: unknown): unknown => read(send, 3, JSON.stringify(body));

  it.each([
    ['an error code that the gateway does not have', { error: 'upstream timeout', error_code: 504 }],
    ['the error code 0', { error: '', error_code: 0 }],
    ['an error together with a count of sent messages', { id: 1, cnt: 1, error_code: 3 }],
    ['an id that is too large for a float', { id: 2 ** 53, cnt: 1 }],
  ])('is unreadable and not a rejection with %s', (_, body) => {
    expect(json(body)).toMatchObject({ kind: 'unreadable-reply' });
  });

  it('is accepted even if the amounts are not valid', () => {
    expect(json({ id: '7', cnt: 1, cost: '.50', balance: '1,50' })).toMatchObject({
      id: '7',
      parts: 1,
      cost: null,
      balance: null,
      extra: { cost: '.50', balance: '1,50' },
    });
    expect(json({ id: '7', cnt: 1, cost: '0.50' })).toMatchObject({ cost: '0.50', extra: {} });
  });

  it('is a rejection if it has an id and an error code', () => {
    expect(json({ id: '7', error: 'x', error_code: 3 })).toMatchObject({ kind: 'gateway', code: 3 });
  });
});
