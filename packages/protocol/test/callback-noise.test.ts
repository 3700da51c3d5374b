import { seededIntegers } from '@smsc/testing/random';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  callbackHandler,
  type CallbackRequest,
  nodeCallbackHandler,
  readCallback,
  type ReadCallbackOptions,
} from '../src/callbacks.ts';
import { type Charset, encode, koi8r, utf8, windows1251 } from '../src/index.ts';
import { algorithms, formats, type Pairs, signed, write } from './signed-callbacks.ts';

const count = 100_000;
const secret = 'key';
const charsets: readonly Charset[] = [windows1251, koi8r, utf8];

const events: readonly (readonly [event: 'status' | 'hlr' | 'incoming' | 'call', pairs: Pairs])[] = [
  [
    'status',
    [
      ['id', '7'],
      ['phone', '380501234567'],
      ['status', '1'],
      ['time', '01.02.2026 03:04:05'],
      ['ts', '5'],
      ['err', '0'],
      ['type', '0'],
      ['cost', '1.40'],
      ['sender', 'Ёж'],
    ],
  ],
  [
    'hlr',
    [
      ['id', '7'],
      ['phone', '380501234567'],
      ['status', '1'],
      ['err', '0'],
      ['type', '4'],
      ['imsi', '250011234567890'],
      ['cn', 'Украина'],
    ],
  ],
  [
    'incoming',
    [
      ['phone', '380501234567'],
      ['mes', 'Ещё <раз> & "два"'],
      ['to', '4541'],
      ['ts', '5'],
    ],
  ],
  [
    'call',
    [
      ['phone', '380501234567'],
      ['waitcall', '1'],
      ['ts', '5'],
    ],
  ],
];

/** Valid callbacks of every kind. `bytes` is the part that gets corrupted: the query, or the body. */
const validCallbacks = events.flatMap(([event, pairs]) =>
  formats.flatMap((format) =>
    charsets.flatMap((charset) =>
      algorithms.map((algorithm) => {
        const { method, url, body } = write(
          signed(event, pairs, secret, algorithm, charset),
          format,
          charset,
        );
        return {
          method: method!,
          url: url!,
          bytes: format === 'query' ? encode(url!.split('?')[1]!, utf8) : (body as Uint8Array),
        };
      }),
    ),
  ),
);

// The tests create 300,000 errors. Collecting their stack traces would take longer than the rest of the tests.
const { stackTraceLimit } = Error;
beforeEach(() => void (Error.stackTraceLimit = 0));
afterEach(() => void (Error.stackTraceLimit = stackTraceLimit));

const pieces = [
  '&',
  '=',
  '%',
  '%00',
  '%ff',
  '%D0',
  '+',
  '"',
  '\\',
  '\\u0000',
  '\\ud83d',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '<',
  '>',
  '</',
  '&lt;',
  '&#0;',
  '<!',
  '<?xml encoding="utf-16"?>',
  'null',
  'true',
  '1e999',
  '-',
  '__proto__',
  'constructor',
  'md5',
  'sha1',
  'crc32',
  'status',
  'mes',
  'waitcall',
  'type',
  '\ufeff',
  '\r\n',
  '\0',
].map((piece) => encode(piece, utf8));

it.each([1, 2, 3, 4])(
  `corrupted callbacks are parsed or rejected, and never crash a handler: ${count / 4} from seed %i`,
  async (seed) => {
    const random = seededIntegers(seed);
    const all: ReadCallbackOptions[] = [
      { secret },
      { secret, algorithms },
      { secret, charset: 'utf-8' },
      { unsigned: 'i-check-by-status' },
    ];
    const counted = { read: 0, refused: 0 };
    const statuses: Record<number, number> = {};
    const countStatus = (status: number): void => void (statuses[status] = (statuses[status] ?? 0) + 1);
    const handlers = all.map((options) => ({
      overFetch: callbackHandler({ ...options, on: () => undefined, store: 'none', Response }),
      overNode: nodeCallbackHandler({ ...options, on: () => undefined }),
    }));

    /** Makes one to four random changes: replaces a byte, inserts a piece, removes, duplicates or moves a range, or truncates. */
    const corrupt = (bytes: Uint8Array): Uint8Array => {
      let corrupted = Array.from(bytes);
      for (let changes = 1 + random(4); changes > 0; changes--) {
        const [at, length] = [random(corrupted.length + 1), random(20)];
        const range = corrupted.slice(at, at + length);
        const change = random(6);
        if (change === 0) corrupted[at] = random(256);
        else if (change === 1) corrupted.splice(at, 0, ...pieces[random(pieces.length)]!);
        else if (change === 2) corrupted.splice(at, length);
        else if (change === 3) corrupted.splice(at, 0, ...range);
        else if (change === 4)
          corrupted.splice(random(corrupted.length + 1), 0, ...corrupted.splice(at, length));
        else if (random(4) === 0) corrupted = corrupted.slice(0, at);
      }
      return Uint8Array.from(corrupted);
    };

    for (let at = 0; at < count / 4; at++) {
      const { method, url, bytes } = validCallbacks[random(validCallbacks.length)]!;
      const corrupted = corrupt(bytes);
      const byQuery = method === 'GET';
      // A query is ASCII on the wire, and hosts pass it as text.
      const address = byQuery
        ? `/hook?${Array.from(corrupted, (byte) => String.fromCharCode(byte & 0x7f))
            .join('')
            .replace(/[^!-~]/g, '.')}`
        : url;
      const request: CallbackRequest = byQuery
        ? { method, url: address }
        : { method, url: address, body: corrupted };
      const which = random(all.length);
      let expected = 200;
      try {
        const callback = readCallback(request, all[which]!);
        if (!['status', 'hlr', 'incoming', 'call'].includes(callback.event)) expect.fail(callback.event);
        counted.read++;
      } catch (error) {
        const { kind, status, message } = error as { kind: unknown; status: number; message: string };
        if (kind !== 'callback' || status < 400 || status > 499 || /380501234567|Ещё|key$/.test(message))
          throw error;
        expected = status;
        counted.refused++;
      }

      const { overFetch, overNode } = handlers[which]!;
      let toRead: Uint8Array | undefined = corrupted;
      const next = (): Promise<{ done: boolean; value: Uint8Array | undefined }> => {
        const value = toRead;
        toRead = undefined;
        return Promise.resolve({ done: value === undefined, value });
      };
      const response = { statusCode: 0, setHeader: () => undefined, end: () => undefined };
      await overNode(
        { method, url: address, headers: {}, readableEnded: false, [Symbol.asyncIterator]: () => ({ next }) },
        response,
      );
      toRead = corrupted;
      const reader = { read: next, cancel: () => Promise.resolve() };
      // Uses a real `Request` only for every hundredth request, because `Request` is slow.
      const incoming =
        at % 100 === 0
          ? new Request(new URL(address, 'https://app.example'), {
              method,
              ...(byQuery ? {} : { body: corrupted as Uint8Array<ArrayBuffer> }),
            })
          : {
              method,
              url: `https://app.example${address}`,
              headers: { get: () => null },
              body: byQuery ? null : { locked: false, getReader: () => reader },
              bodyUsed: false,
            };
      const { status } = await overFetch(incoming);
      if (response.statusCode !== expected)
        expect.fail(
          `expected ${expected}, got ${response.statusCode} from node:http: ${address} ${Buffer.from(corrupted).toString('latin1')}`,
        );
      // `Request` normalizes some URLs. So for a query in a real `Request`, only a server error is a failure.
      if (byQuery && at % 100 === 0 ? status >= 500 : status !== expected)
        expect.fail(
          `expected ${expected}, got ${status} from the Fetch handler: ${address} ${Buffer.from(corrupted).toString('latin1')}`,
        );
      countStatus(status);
    }
    // Requires enough accepted and enough rejected callbacks. Otherwise the test would prove little.
    expect(counted.read).toBeGreaterThan(count / 80);
    expect(counted.refused).toBeGreaterThan(count / 8);
    expect(Object.keys(statuses)).toEqual(['200', '400', '403']);
  },
);
