import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  check,
  csvFormat,
  encode,
  fromReply,
  jsonFormat,
  status,
  textFormat,
  toRequest,
  utf8,
} from '../src/index.ts';
import { credentialParams } from '../src/exchange/credentials.ts';
import { encodeInput } from '../src/core/input.ts';
import type { Operation } from '../src/core/operation.ts';
import { optionParams } from '../src/exchange/request.ts';
import {
  type AdviceTable,
  commonAdvice,
  contactAdvice,
  dataAdvice,
  sendAdvice,
  statusAdvice,
} from '../src/tables/advice.ts';
import type { ParamValue } from '../src/exchange/wire.ts';
import { xmlFormat } from '../src/xml.ts';
import { endpoints, errorsByPath } from './endpoints.ts';
import { fieldsOf, newParts, operations } from './operations.ts';
import errorReplies from './vectors/error-replies.json' with { type: 'json' };
import replies from './vectors/replies.json' with { type: 'json' };
import requests from './vectors/requests.json' with { type: 'json' };

const formats = { 0: textFormat, 1: csvFormat, 2: xmlFormat, 3: jsonFormat } as const;
type Fmt = keyof typeof formats;

const credentials = { apiKey: 'key' };

/** Parses a reply to JSON values: absent members become null, bytes become text, errors their kind and code. */
function read(operation: Operation<unknown, unknown>, fmt: Fmt, body: string): unknown {
  try {
    const result = fromReply(operation, { status: 200, body: encode(body, utf8) }, { format: formats[fmt] });
    return JSON.parse(
      JSON.stringify(result, (_, value: unknown) =>
        value instanceof Uint8Array ? utf8.decode(value) : value === undefined ? null : value,
      ),
    );
  } catch (thrown) {
    const { kind, code } = thrown as { kind: string; code?: number };
    return { kind, code: code ?? null };
  }
}

const encoded = (
  operation: Operation<unknown, unknown>,
  input: Readonly<Record<string, unknown>>,
): Record<string, ParamValue> => {
  const parts = newParts();
  encodeInput(operation, input, parts);
  return parts.params;
};

const paramsOf = (operation: Operation<unknown, unknown>): string[] => [
  ...Object.values(fieldsOf(operation)).flatMap((field) => field.params),
  ...Object.keys(operation.constants ?? {}),
];

for (const [file, vectors] of Object.entries(endpoints)) {
  if (vectors.requests.length === 0) continue;
  describe(`${file}.ts`, () => {
    for (const { name, source, operation, input, params } of vectors.requests) {
      it(`${operation} is encoded as documented: ${name} (${source})`, () => {
        const op = operations[operation]!;
        expect(check(op, input)).toEqual([]);
        expect(encoded(op, input)).toEqual(params);
        const { body } = toRequest(op, input, credentials);
        const written = Object.entries(params).map(([key, value]) => [key, String(value)]);
        expect(Object.fromEntries(new URLSearchParams(body.kind === 'text' ? body.text : ''))).toEqual({
          apikey: 'key',
          ...Object.fromEntries(written),
          fmt: '3',
          charset: 'utf-8',
        });
        for (const param of Object.keys(params)) expect(paramsOf(op)).toContain(param);
      });
    }

    for (const { name, source, operation, replies: bodies, result } of vectors.replies) {
      for (const [fmt, body] of Object.entries(bodies)) {
        it(`the reply to ${operation} is parsed: ${name}, fmt=${fmt} (${source})`, () => {
          expect(read(operations[operation]!, Number(fmt) as Fmt, body)).toEqual(result);
        });
      }
    }
  });
}

describe('every operation', () => {
  const shownRequests = new Set(
    [...requests.vectors, ...Object.values(endpoints).flatMap((each) => each.requests)].map(
      (vector) => vector.operation,
    ),
  );
  const shownReplies = new Set(
    [...replies.vectors, ...Object.values(endpoints).flatMap((each) => each.replies)].map(
      (vector) => vector.operation,
    ),
  );

  for (const [name, operation] of Object.entries(operations)) {
    it(`${name} is exported under its own name and has a request vector and a reply vector`, () => {
      expect(operation.name).toBe(name);
      expect(shownRequests).toContain(name);
      // Replies to lists have the same format as replies to single messages, and the same code parses them.
      expect(shownReplies).toContain(
        ({ sendList: 'send', costList: 'cost' } as Record<string, string>)[name] ?? name,
      );
    });

    it(`${name} requests JSON if it does not know the layout of other formats, whatever format is passed`, () => {
      const input = (
        [...requests.vectors, ...Object.values(endpoints).flatMap((each) => each.requests)] as {
          operation: string;
          input: unknown;
        }[]
      ).find((vector) => vector.operation === name)!.input;
      for (const format of Object.values(formats)) {
        const { body } = toRequest(operation, input, credentials, { format });
        const fmt = new URLSearchParams(body.kind === 'text' ? body.text : '').get('fmt');
        expect(fmt).toBe(operation.layout ? String(format.fmt) : '3');
      }
    });

    it(`${name} uses no parameter twice, and no parameter that every request has`, () => {
      // Several fields may share one parameter: they are alternatives for the same value.
      const own = Object.keys(operation.constants ?? {});
      for (const param of [...credentialParams, ...optionParams])
        expect(paramsOf(operation)).not.toContain(param);
      for (const field of Object.values(fieldsOf(operation)))
        for (const param of field.params) if (param !== 'cost') expect(own).not.toContain(param);
    });

    it(`${name} reports an arbitrary reply as unreadable or as a gateway error, and throws nothing else`, () => {
      const garbage = fc.oneof(
        fc.string(),
        fc.json(),
        fc.constantFrom(
          '',
          '<html>502</html>',
          '{"error_code": "x"}',
          '{"__proto__": {}}',
          '[null]',
          '[[]]',
          'null',
          '{',
        ),
      );
      fc.assert(
        fc.property(garbage, (body) => {
          try {
            fromReply(operation, { status: 200, body: encode(body, utf8) });
          } catch (error) {
            expect(['unreadable-reply', 'gateway']).toContain((error as { kind: string }).kind);
          }
        }),
        { numRuns: 100 },
      );
    });
  }

  it('returns instants as Date, and undefined if the gateway sends none', () => {
    const changedAt = (timestamp: number | string): unknown => {
      const body = JSON.stringify({ status: 1, last_timestamp: timestamp });
      return fromReply(status, { status: 200, body: encode(body, utf8) }).changedAt;
    };
    expect(changedAt(1476794052)).toEqual(new Date('2016-10-18T12:34:12Z'));
    expect(changedAt('1476794052')).toEqual(new Date('2016-10-18T12:34:12Z'));
    expect(changedAt(0)).toBeUndefined();
    expect(changedAt('')).toBeUndefined();
    expect(() => changedAt(1234567890123)).toThrow('last_timestamp: expected whole seconds since 1970');
  });

  it('returns an object if it spends money, so that an outcome can be created from the object', () => {
    const spending = [...replies.vectors, ...Object.values(endpoints).flatMap((each) => each.replies)].filter(
      ({ operation }) => operations[operation]!.effect === 'spends',
    );
    expect(spending.length).toBeGreaterThan(20);
    for (const vector of spending) if ('result' in vector) expect(Array.isArray(vector.result)).toBe(false);
  });
});

const sources = join(import.meta.dirname, '../src/operations');

/** Advice table of each operation file that has one, by the name of the file. */
const ownAdvice = new Map<string, AdviceTable>();
for (const file of readdirSync(sources)) {
  const module = (await import(join(sources, file))) as Readonly<Record<string, unknown>>;
  for (const [name, table] of Object.entries(module))
    if (name.endsWith('Advice')) ownAdvice.set(file.replace('.ts', ''), table as AdviceTable);
}

/** Tables of `tables/advice.ts`, by the path of the endpoint. */
const sharedByPath: Readonly<Record<string, AdviceTable>> = {
  'sys/send.php': sendAdvice,
  'sys/status.php': statusAdvice,
  'sys/phones.php': contactAdvice,
  'sys/get.php': dataAdvice,
};

/** Returns the advice for an endpoint: a shared table, the table of its operation file, or the common table. */
function adviceFor(path: string): AdviceTable {
  const files = Object.keys(endpoints).filter((file) => endpoints[file]!.path === path);
  const own = files.map((file) => ownAdvice.get(file)).find((table) => table !== undefined);
  return sharedByPath[path] ?? own ?? commonAdvice;
}

describe('the gateway’s endpoints', () => {
  it('have vectors under the path of their operations, and one error list per path', () => {
    for (const { path, requests: requestVectors, replies: replyVectors } of Object.values(endpoints))
      for (const { operation } of [...requestVectors, ...replyVectors])
        expect([operation, operations[operation]?.path]).toEqual([operation, path]);
    const withErrors = Object.values(endpoints).flatMap(({ path, errors }) => (errors ? [path] : []));
    expect(withErrors.sort()).toEqual(
      [...new Set(Object.values(operations).map((operation) => operation.path))].sort(),
    );
  });

  for (const [path, { source, codes }] of errorsByPath) {
    for (const [name, operation] of Object.entries(operations).filter(([, each]) => each.path === path)) {
      it(`${path} rejects ${name} with the documented codes, in every supported format (${source})`, () => {
        expect(Object.keys(operation.errors).map(Number)).toEqual(codes);
        const formatsOf: readonly Fmt[] = operation.layout ? [0, 1, 2, 3] : [0, 3];
        for (const code of [...codes, 77]) {
          for (const fmt of formatsOf) {
            const found = read(operation, fmt, errorReplies.replies[fmt].replace('{code}', String(code)));
            if (code === operation.empty) expect(found).not.toHaveProperty('kind');
            else expect(found).toEqual({ kind: 'gateway', code });
          }
        }
      });
    }

    it(`${path}: each error code has a meaning and advice`, () => {
      const advice = adviceFor(path);
      expect(Object.keys(advice).map(Number)).toEqual(codes);
      for (const code of codes) {
        const { applied, nextStep } = advice[code]!;
        expect(Object.values(operations).find((operation) => operation.path === path)!.errors[code]).toMatch(
          /^[ -~]{10,}$/,
        );
        expect(nextStep.length).toBeGreaterThan(10);
        expect(applied).toBe(
          ['sys/send.php 9', 'sys/jobs.php 9', 'sys/senders.php 10'].includes(`${path} ${code}`)
            ? 'earlier'
            : 'no',
        );
      }
      expect(advice[77]).toBeUndefined();
    });
  }

  it('report an empty list by the error code that the vectors show', () => {
    const lists = Object.values(endpoints).flatMap(({ emptyLists }) => emptyLists?.operations ?? []);
    const empty = Object.values(operations).filter((operation) => operation.empty !== undefined);
    expect(empty.map((operation) => operation.name).sort()).toEqual([...lists].sort());
    for (const operation of empty) {
      const none = operation.name === 'prices' ? { zones: [], extra: {} } : [];
      const code = operation.empty!;
      for (const body of [
        `ERROR = ${code} (not found)`,
        `{"error": "not found", "error_code": ${code}}`,
        `{"error": "", "error_code": "${code}"}`,
        '[]',
      ])
        expect(read(operation, 3, body)).toEqual(none);
    }
  });

  it('return a file as bytes, and reject a truncated error reply', () => {
    for (const operation of Object.values(operations).filter(
      (each) => each.format?.fmt === 3 && each.format !== jsonFormat,
    )) {
      const bytes = Uint8Array.of(0x25, 0x50, 0xff, 0x00, 0x0a);
      expect(fromReply(operation, { status: 200, body: bytes })).toEqual({ bytes });
      expect(read(operation, 3, '{"error": "x", "error_code": 1')).toEqual({
        kind: 'unreadable-reply',
        code: null,
      });
    }
  });
});
