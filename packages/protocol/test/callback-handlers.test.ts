import { createServer, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { listen } from '@smsc/testing/servers';
import { describe, expect, it } from 'vitest';
import {
  type Callback,
  callbackHandler,
  type CallbackHandlerOptions,
  type CallbackStore,
  memoryStore,
  nodeCallbackHandler,
} from '../src/callbacks.ts';
import { type Charset, InputError, utf8, windows1251 } from '../src/index.ts';
import { type Pairs, signed, write } from './signed-callbacks.ts';

const secret = 'key';

/** Request to the handler under test. */
interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

interface Got {
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, string | undefined>;
}

type Ask = (sent: Sent) => Promise<Got>;

/** Starts a `node:http` server with the handler, and returns a function that sends requests to it. */
async function overNode(options: CallbackHandlerOptions): Promise<Ask> {
  const handler = nodeCallbackHandler(options);
  const { port } = await listen(createServer((request, response) => void handler(request, response)));
  return ({ method = 'POST', path = '/hook', body, headers }) =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { port, method, path, headers: headers ?? {}, host: '127.0.0.1' },
        (response) => {
          let text = '';
          response.on('data', (piece: Buffer) => (text += String(piece)));
          response.on('end', () =>
            resolve({ status: response.statusCode!, text, headers: response.headers as Got['headers'] }),
          );
          response.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

/** Returns a function that calls the Fetch handler with the platform's `Request`. */
function overFetch(options: CallbackHandlerOptions): Promise<Ask> {
  const handler = callbackHandler({ ...options, Response });
  return Promise.resolve(async ({ method = 'POST', path = '/hook', body, headers }) => {
    const content = method === 'GET' || method === 'HEAD' || body === undefined ? {} : { body };
    const response = await handler(
      new Request(`https://app.example${path}`, { method, headers: headers ?? {}, ...content }),
    );
    return {
      status: response.status,
      text: await response.text(),
      headers: Object.fromEntries(response.headers),
    };
  });
}

const formOf = (
  event: 'status' | 'hlr' | 'incoming' | 'call',
  pairs: Pairs,
  charset: Charset = windows1251,
): string =>
  Buffer.from(
    write(signed(event, pairs, secret, 'md5', charset), 'form', charset).body as Uint8Array,
  ).toString('latin1');

const state = (status: number, more: Pairs = [], id = '7'): Sent => ({
  body: formOf('status', [['id', id], ['phone', '380501234567'], ['status', String(status)], ...more]),
});
const incoming = (mes: string, more: Pairs = []): Sent => ({
  body: formOf('incoming', [['phone', '380501234567'], ['mes', mes], ['to', '4541'], ...more]),
});
const call = (ts: string): Sent => ({
  body: formOf('call', [
    ['phone', '380501234567'],
    ['waitcall', '1'],
    ['ts', ts],
  ]),
});

/** Returns a short form of a callback for comparisons. */
const short = (callback: Callback): string =>
  'status' in callback
    ? `${callback.id}:${callback.status}`
    : callback.event === 'incoming'
      ? callback.text
      : `called ${callback.calledAt.getTime() / 1000}`;

describe.each([
  ['node:http', overNode],
  ['the Fetch standard', overFetch],
] as const)('the handler for %s', (_, over) => {
  /** Creates a handler that records the callbacks that it passes on. */
  async function recordingHandler(
    options: Partial<Pick<CallbackHandlerOptions, 'store' | 'onError' | 'maxBytes'>> = {},
  ): Promise<{ ask: Ask; passed: string[] }> {
    const passed: string[] = [];
    return {
      ask: await over({ secret, on: (callback) => passed.push(short(callback)), ...options }),
      passed,
    };
  }

  it('accepts a callback by POST and by GET, and responds with OK', async () => {
    const { ask, passed } = await recordingHandler();
    expect(await ask(state(1))).toMatchObject({
      status: 200,
      text: 'OK',
      headers: { 'content-type': expect.stringContaining('text/plain') },
    });
    expect(await ask({ method: 'GET', path: `/hook?md5&${String(state(20, [], '8').body)}` })).toMatchObject({
      status: 200,
      text: 'OK',
    });
    expect(
      await ask({ ...incoming('Ні'), headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    ).toMatchObject({ status: 200 });
    expect(await ask(call('5'))).toMatchObject({ status: 200 });
    expect(passed).toEqual(['7:1', '8:20', 'Ні', 'called 5']);
  });

  it.each([
    ['no signature', { body: 'id=7&phone=380501234567&status=1' }, 403, 'signature'],
    ['a wrong signature', { body: `${String(state(1).body)}0` }, 403, 'signature'],
    ['a body that is not a callback', { body: 'hello' }, 400, 'unreadable'],
    ['an empty POST', {}, 400, 'unreadable'],
    ['a GET without a query', { method: 'GET' }, 400, 'unreadable'],
    ['another method', { method: 'PUT', body: 'a=1' }, 405, 'method'],
    ['HEAD', { method: 'HEAD' }, 405, ''],
    ['a compressed body', { ...state(1), headers: { 'content-encoding': 'gzip' } }, 415, 'encoding'],
    [
      'an unsupported charset',
      { ...state(1), headers: { 'content-type': 'text/plain; charset=utf-16' } },
      400,
      'unreadable',
    ],
  ] as const)('responds to %s with a 4xx, and passes nothing on', async (_name, sent, status, text) => {
    const errors: unknown[] = [];
    const { ask, passed } = await recordingHandler({ onError: (error) => errors.push(error) });
    const got = await ask(sent);
    expect(got.status).toBe(status);
    if (status !== 405 || sent.method === 'PUT') expect(got.text).toBe(text);
    expect(got.headers['allow']).toBe(status === 405 ? 'GET, POST' : undefined);
    expect(passed).toEqual([]);
    expect(errors).toMatchObject([{ kind: 'callback', status }]);
  });

  it('responds 500 if on() throws, and calls it again for the next delivery', async () => {
    const errors: unknown[] = [];
    const passed: string[] = [];
    const failing = new Error('database is down');
    const ask = await over({
      secret,
      on: async (callback) => {
        await Promise.resolve();
        passed.push(short(callback));
        if (passed.length < 3) throw failing;
      },
      onError: (error) => {
        errors.push(error);
        throw new Error('log is down');
      },
    });
    expect(await ask(state(1))).toMatchObject({ status: 500, text: 'failed' });
    expect(await ask(state(1))).toMatchObject({ status: 500 });
    expect(await ask(state(1))).toMatchObject({ status: 200 });
    expect(await ask(state(1))).toMatchObject({ status: 200 });
    expect(passed).toEqual(['7:1', '7:1', '7:1']);
    expect(errors).toEqual([failing, failing]);
  });

  it('responds 500 even if on() throws a CallbackError', async () => {
    const { CallbackError } = await import('../src/callbacks.ts');
    const ask = await over({
      secret,
      on: () => {
        throw new CallbackError('signature', 'not mine');
      },
    });
    expect(await ask(state(1))).toMatchObject({ status: 500, text: 'failed' });
  });

  it('responds 500 if the store fails', async () => {
    const broken: CallbackStore = {
      get: () => Promise.reject(new Error('no connection')),
      set: () => undefined,
    };
    const { ask, passed } = await recordingHandler({ store: broken });
    expect(await ask(state(1))).toMatchObject({ status: 500 });
    expect(passed).toEqual([]);
  });

  it('stops reading a 10 MB body at the limit', async () => {
    const errors: { problem?: string }[] = [];
    const { ask, passed } = await recordingHandler({
      onError: (error) => errors.push(error as { problem?: string }),
    });
    const big = { body: new Uint8Array(10_000_000) };
    // On a real connection the response can be lost, because the client is still sending.
    const got = await ask(big).catch(() => undefined);
    if (got) expect(got).toMatchObject({ status: 413, text: 'too-large' });
    expect(errors).toMatchObject([{ problem: 'too-large' }]);
    expect(await ask(state(1))).toMatchObject({ status: 200 });
    expect(passed).toEqual(['7:1']);
  });

  it('accepts a body of exactly maxBytes bytes', async () => {
    const { body } = state(1);
    const { ask } = await recordingHandler({ maxBytes: String(body).length });
    expect(await ask({ body: body! })).toMatchObject({ status: 200 });
    expect(await ask({ body: `${String(body)}&` })).toMatchObject({ status: 413 });
  });

  it('drops states after a final state, except read and clicked after delivered', async () => {
    const { ask, passed } = await recordingHandler();
    for (const status of [-1, 0, -1, 1, 0, 20, 1, 2, 1, 6, 4, 2, 4, -3])
      expect(await ask(state(status))).toMatchObject({ status: 200, text: 'OK' });
    expect(passed).toEqual(['7:-1', '7:0', '7:1', '7:2', '7:4']);
  });

  it('detects a duplicate status by id, phone and state', async () => {
    const { ask, passed } = await recordingHandler();
    await ask(state(-2));
    await ask(state(-1));
    await ask(state(-2, [['ts', '5']]));
    await ask(state(-1, [], '8'));
    await ask({
      body: formOf('status', [
        ['id', '7'],
        ['phone', '380507654321'],
        ['status', '-1'],
      ]),
    });
    expect(passed).toEqual(['7:-2', '7:-1', '8:-1', '7:-1']);
  });

  it('passes on a complete HLR result although its state has not changed', async () => {
    const { ask, passed } = await recordingHandler();
    const hlr: Pairs = [['type', '4']];
    await ask(state(1, hlr));
    await ask(state(1, hlr));
    await ask(state(1, [...hlr, ['err', '0'], ['imsi', '255']]));
    await ask(state(1, [...hlr, ['err', '0'], ['imsi', '255']]));
    await ask(state(1, hlr));
    expect(passed).toEqual(['7:1', '7:1']);
  });

  it('detects duplicate incoming messages by id or time, never by text alone', async () => {
    const { ask, passed } = await recordingHandler();
    for (const sent of [
      incoming('a'),
      incoming('a'),
      incoming('b', [['id', '1']]),
      incoming('b', [['id', '1']]),
      incoming('b', [['id', '2']]),
      incoming('c', [['ts', '1']]),
      incoming('c', [['ts', '1']]),
      incoming('c', [['ts', '2']]),
      incoming('d', [['ts', '1']]),
      call('1'),
      call('1'),
      call('2'),
    ]) {
      expect(await ask(sent)).toMatchObject({ status: 200 });
    }
    expect(passed).toEqual(['a', 'a', 'b', 'b', 'c', 'c', 'd', 'called 1', 'called 2']);
  });

  it('passes every callback on without a store', async () => {
    const { ask, passed } = await recordingHandler({ store: 'none' });
    for (const status of [1, 1, 0]) await ask(state(status));
    expect(passed).toEqual(['7:1', '7:1', '7:0']);
  });

  it('passes on one of several simultaneous duplicates, and the next duplicate if on() throws', async () => {
    const passed: string[] = [];
    const store = memoryStore();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const ask = await over({
      secret,
      store,
      on: async (callback) => {
        passed.push(short(callback));
        await released;
        if (passed.length === 1) throw new Error('once');
      },
    });
    const all = Promise.all([ask(state(1)), ask(state(1)), ask(state(1))]);
    release();
    expect((await all).map(({ status }) => status).sort()).toEqual([200, 200, 500]);
    expect(passed).toEqual(['7:1', '7:1']);
  });

  it('stores neither phone numbers nor texts', async () => {
    const kept: string[] = [];
    const memory = memoryStore();
    const store: CallbackStore = {
      get: (key) => Promise.resolve(memory.get(key)),
      set: (key, value) => (kept.push(key, value), Promise.resolve(memory.set(key, value))),
    };
    const { ask } = await recordingHandler({ store });
    for (const sent of [
      state(0),
      state(1),
      incoming('Secret', [['id', '3']]),
      incoming('Secret', [['ts', '3']]),
      call('5'),
    ])
      await ask(sent);
    expect(kept).toHaveLength(10);
    for (const [at, each] of kept.entries())
      expect(each).toMatch(at % 2 === 0 ? /^[\dA-F]{40}$/ : /^\d [\w -]{1,20}$/);
    expect(kept.slice(1, 4).filter((_key, at) => at % 2 === 0)).toEqual(['1 0', '2 0 1']);
  });

  it('ignores invalid values in the store', async () => {
    for (const nonsense of ['', 'x', '99', '{"a":1}', null]) {
      const { ask, passed } = await recordingHandler({
        store: { get: () => nonsense, set: () => undefined },
      });
      await ask(state(0));
      expect(passed).toEqual(['7:0']);
    }
  });
});

describe('the handler for node:http', () => {
  it('does not hang or fail when the connection ends in the middle of the body', async () => {
    const errors: unknown[] = [];
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const handler = nodeCallbackHandler({
      secret,
      on: () => undefined,
      onError: (error) => errors.push(error),
    });
    const { port } = await listen(
      createServer((request, response) => void handler(request, response).then(ended)),
    );
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nid=7');
      setTimeout(() => socket.destroy(), 20);
    });
    await end;
    expect(errors).toMatchObject([{ problem: 'unreadable', message: 'callback: the body ended early' }]);
  });

  it('stops reading a body without a length as soon as it is too large', async () => {
    const errors: unknown[] = [];
    let read = 0;
    const handler = nodeCallbackHandler({
      secret,
      maxBytes: 1000,
      on: () => undefined,
      onError: (error) => errors.push(error),
    });
    const response = {
      statusCode: 0,
      headers: {} as Record<string, string>,
      text: '',
      setHeader(name: string, value: string) {
        this.headers[name] = value;
      },
      end(text: string) {
        this.text = text;
      },
    };
    await handler(
      {
        method: 'POST',
        url: '/',
        headers: {},
        readableEnded: false,
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.resolve({ done: read++ > 1000, value: new Uint8Array(100) }),
        }),
      },
      response,
    );
    expect(read).toBe(11);
    expect(response).toMatchObject({ statusCode: 413, headers: { connection: 'close' }, text: 'too-large' });
    expect(errors).toMatchObject([{ problem: 'too-large' }]);
  });

  it('does not start to read a body whose Content-Length is too large', async () => {
    const handler = nodeCallbackHandler({ secret, on: () => undefined });
    const response = { statusCode: 0, setHeader: () => undefined, end: () => undefined };
    const next = (): never => expect.fail('the body was read');
    await handler(
      {
        method: 'POST',
        url: '/',
        headers: { 'content-length': '10000000' },
        readableEnded: false,
        [Symbol.asyncIterator]: () => ({ next }),
      },
      response,
    );
    expect(response.statusCode).toBe(413);
  });

  it('responds 500 and reports the reason if a body parser ran before it', async () => {
    const readAll = async (request: IncomingMessage): Promise<void> => {
      await request.toArray();
    };
    const decodeAll = (request: IncomingMessage): Promise<unknown> =>
      Promise.resolve(request.setEncoding('utf8'));
    for (const parse of [readAll, decodeAll]) {
      const errors: unknown[] = [];
      const handler = nodeCallbackHandler({
        secret,
        on: () => undefined,
        onError: (error) => errors.push(error),
      });
      const { port } = await listen(
        createServer((request, response) => void parse(request).then(() => handler(request, response))),
      );
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: 'id=7&phone=1&status=1',
      });
      expect(response.status).toBe(500);
      expect(errors).toMatchObject([{ message: expect.stringContaining('put it before any body parser') }]);
    }
  });

  it('does not throw if the response was already sent', async () => {
    const handler = nodeCallbackHandler({ secret, on: () => undefined });
    const response = {
      statusCode: 0,
      setHeader: () => {
        throw new Error('headers were sent');
      },
      end: () => undefined,
    };
    await handler(
      {
        method: 'GET',
        url: '/',
        headers: { 'content-type': ['a', 'b'] },
        readableEnded: true,
        [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true }) }),
      },
      response,
    );
    expect(response.statusCode).toBe(400);
  });
});

describe('the handler for the Fetch standard', () => {
  it('cancels a body without a length as soon as it is too large', async () => {
    let pulled = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulled++;
          controller.enqueue(new Uint8Array(100));
        },
        cancel: () => {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    const response = await callbackHandler({ secret, maxBytes: 1000, on: () => undefined, Response })(
      new Request('https://a.example/', { method: 'POST', body, duplex: 'half' }),
    );
    expect(response.status).toBe(413);
    expect([pulled, cancelled]).toEqual([11, true]);
  });

  it('rejects a body that ends early, and reports a body that was already read', async () => {
    const errors: unknown[] = [];
    const handler = callbackHandler({
      secret,
      on: () => undefined,
      Response,
      onError: (error) => errors.push(error),
    });
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('reset')),
    });
    expect(
      (await handler(new Request('https://a.example/', { method: 'POST', body, duplex: 'half' }))).status,
    ).toBe(400);
    const used = new Request('https://a.example/', { method: 'POST', body: 'id=7' });
    await used.text();
    expect((await handler(used)).status).toBe(500);
    const locked = new Request('https://a.example/', { method: 'POST', body: 'id=7' });
    locked.body!.getReader();
    expect((await handler(locked)).status).toBe(500);
    const raw = { message: expect.stringContaining('raw bytes') as unknown };
    expect(errors).toMatchObject([{ problem: 'unreadable' }, raw, raw]);
  });

  it('responds with the class passed as Response', async () => {
    class OwnResponse {
      readonly text: string;
      readonly init: { readonly status: number };
      constructor(text: string, init: { readonly status: number }) {
        this.text = text;
        this.init = init;
      }
    }
    const response: OwnResponse = await callbackHandler({
      unsigned: 'i-check-by-status',
      on: () => undefined,
      Response: OwnResponse,
    })(new Request('https://a.example/?id=7&phone=1&status=1'));
    expect(response).toMatchObject({ text: 'OK', init: { status: 200 } });
  });
});

describe('a handler', () => {
  const on = (): void => undefined;

  it.each([
    ['neither secret nor unsigned', { on }],
    ['an undefined secret', { on, secret: undefined }],
    ['no on function', { secret }],
    ['an invalid store', { on, secret, store: {} }],
    ['false as a store', { on, secret, store: false }],
    ['a misspelt option', { on, secret, dedupe: false }],
  ])('is not created with %s', (_, options) => {
    expect(() => nodeCallbackHandler(options as unknown as CallbackHandlerOptions)).toThrow(InputError);
    expect(() => callbackHandler({ Response, ...options } as never)).toThrow(InputError);
  });

  it('copies its options, and reads none from Object.prototype', async () => {
    const prototype = Object.prototype as { maxBytes?: number; store?: string };
    const passed: string[] = [];
    const options = { secret, on: (callback: Callback) => passed.push(short(callback)) };
    try {
      prototype.maxBytes = 1;
      prototype.store = 'none';
      const ask = await overFetch(options);
      options.secret = 'another';
      for (let time = 0; time < 2; time++) expect(await ask(state(1))).toMatchObject({ status: 200 });
    } finally {
      delete prototype.maxBytes;
      delete prototype.store;
    }
    expect(passed).toEqual(['7:1']);
  });

  it('does not compile without a secret or unsigned, or without Response', () => {
    // @ts-expect-error -- neither a secret nor unsigned
    expect(() => nodeCallbackHandler({ on })).toThrow(InputError);
    // @ts-expect-error -- no Response class
    expect(() => callbackHandler({ on, secret })).toThrow(InputError);
  });
});

describe('the memory store', () => {
  it('evicts the least recently written entry at its limit', () => {
    const store = memoryStore({ limit: 2 });
    void store.set('a', '1');
    void store.set('b', '2');
    void store.set('a', '3');
    void store.set('c', '4');
    expect(['a', 'b', 'c'].map((key) => store.get(key))).toEqual(['3', undefined, '4']);
  });

  it('never exceeds its limit, and keeps nothing with a limit of 0', () => {
    const store = memoryStore({ limit: 1000 });
    for (let at = 0; at < 100_000; at++) void store.set(String(at), '1');
    expect(
      Array.from({ length: 100_000 }, (_, at) => store.get(String(at))).filter(
        (value) => value !== undefined,
      ),
    ).toHaveLength(1000);
    const none = memoryStore({ limit: 0 });
    void none.set('a', '1');
    expect(none.get('a')).toBeUndefined();
  });

  it('rejects an invalid limit', () => {
    for (const limit of [-1, 1.5, NaN, Infinity, '5'])
      expect(() => memoryStore({ limit: limit as number })).toThrow(InputError);
  });

  it('keeps less than 600 characters per message, however often its state changes', async () => {
    const values: string[] = [];
    const memory = memoryStore();
    const ask = await overFetch({
      secret,
      on: () => undefined,
      store: { get: memory.get, set: (key, value) => (values.push(value), memory.set(key, value)) },
    });
    for (let round = 0; round < 3; round++)
      for (let status = -99; status <= 99; status++) await ask(state(status));
    expect(Math.max(...values.map((value) => value.length))).toBeLessThan(600);
  });
});

it('reads texts in UTF-8 if the URL of the handler asks for it', async () => {
  const passed: string[] = [];
  for (const over of [overNode, overFetch]) {
    const ask = await over({ secret, on: (callback) => passed.push(short(callback)) });
    await ask({
      path: '/hook?charset=utf-8',
      body: formOf(
        'incoming',
        [
          ['phone', '1'],
          ['mes', 'Їжак 🦔'],
          ['to', '4541'],
        ],
        utf8,
      ),
    });
  }
  expect(passed).toEqual(['Їжак 🦔', 'Їжак 🦔']);
});
