import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  type Attachment,
  cost,
  costList,
  encode,
  InputError,
  koi8r,
  send,
  sendList,
  toRequest,
  type WireReply,
  type WireRequest,
  windows1251,
} from '@smsc/protocol';
import { type ReceivedRequest, serve } from '@smsc/testing/servers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type AttemptOptions,
  createSmsc,
  type FetchLike,
  fetchTransport,
  type FetchTransportOptions,
} from '../src/index.ts';
import * as everything from '../src/index.ts';
import { fetches } from './fetches.ts';

const input = { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' };
const credentials = { login: 'alex', password: 'hunter2' };
const request: WireRequest = toRequest(send, input, credentials);

const text = ({ body }: WireReply): string => Buffer.from(body).toString();
const accepted = '{\n"id": "m1",\n"cnt": 1\n}';

/** Matches the secrets of the request, which errors must not contain. */
const secrets = /hunter2|4821|380501234567|%D0/;

describe.each(fetches)('with %s', (_, fetch) => {
  const sendRequest = (
    host: string,
    options: Partial<FetchTransportOptions> = {},
    call?: AttemptOptions,
  ): Promise<WireReply> => fetchTransport({ fetch, host, ...options }).send(request, call);

  it('sends one POST with the credentials only in its body', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    expect(text(await sendRequest(host))).toBe(accepted);
    expect(seen).toHaveLength(1);
    const [{ method, url, headers, body }] = seen as [ReceivedRequest];
    expect({ method, url, type: headers['content-type'] }).toEqual({
      method: 'POST',
      url: '/sys/send.php',
      type: 'application/x-www-form-urlencoded',
    });
    expect(body).toBe(request.body.kind === 'text' ? request.body.text : '');
    expect(JSON.stringify(headers)).not.toMatch(/hunter2|alex/);
  });

  it.each([301, 302, 303, 307, 308])(
    'rejects a redirect with status %i and does not follow it',
    async (status) => {
      const other = await serve((response) => response.end(accepted));
      const { host, seen } = await serve((response) =>
        response.writeHead(status, { location: `${other.host}/sys/send.php` }).end(accepted),
      );
      expect((await sendRequest(host)).status).toBe(status);
      const sent = await createSmsc({ ...credentials, fetch, host }).send(input);
      expect(sent).toMatchObject({ outcome: 'unknown', error: { kind: 'unreadable-reply', status } });
      expect([seen.length, other.seen.length]).toEqual([2, 0]);
    },
  );

  it.each([301, 302, 303, 307, 308])(
    'rejects a redirect with status %i from a host that answered before',
    async (status) => {
      const other = await serve((response) => response.end(accepted));
      const { host, seen } = await serve((response) =>
        seen.length === 1
          ? response.end(accepted)
          : response.writeHead(status, { location: `${other.host}/sys/send.php` }).end('x'.repeat(1_000_000)),
      );
      const transport = fetchTransport({ fetch, host });
      expect((await transport.send(request)).status).toBe(200);
      await expect(transport.send(request)).rejects.toMatchObject({
        kind: 'transport',
        phase: 'sent',
        reason: 'network',
        message: 'send: failed (no code); the request may have been sent',
      });
      expect([seen.length, other.seen.length]).toEqual([2, 0]);
    },
  );

  it('reports that nothing was sent if the connection is refused', async () => {
    const { host, close } = await serve(() => undefined);
    await close();
    await expect(sendRequest(host)).rejects.toMatchObject({
      kind: 'transport',
      phase: 'connect',
      reason: 'network',
      mayHaveHappened: false,
    });
  });

  it('reports that nothing was sent if the name does not resolve', async () => {
    await expect(sendRequest('gateway.invalid')).rejects.toMatchObject({
      phase: 'connect',
      mayHaveHappened: false,
    });
  });

  it.each<readonly [name: string, answer: (response: ServerResponse) => void]>([
    ['after the request', (response) => void response.socket?.destroy()],
    [
      'after the headers',
      (response) =>
        void response.writeHead(200, { 'content-length': '22' }).write('{', () => response.socket?.destroy()),
    ],
    [
      'in the middle of chunks',
      (response) => void response.write('{"id":', () => response.socket?.destroy()),
    ],
  ])('reports an unknown result if the connection dies %s', async (_, answer) => {
    const { host, seen } = await serve((response) => answer(response));
    await expect(sendRequest(host)).rejects.toMatchObject({
      kind: 'transport',
      reason: 'network',
      mayHaveHappened: true,
    });
    expect(seen).toHaveLength(1);
  });

  it.each<readonly [name: string, phase: string, answer: (response: ServerResponse) => void]>([
    ['headers', 'sent', () => undefined],
    ['a body', 'reply', (response) => void response.writeHead(200, { 'content-length': '22' }).write('{')],
    ['the end of chunks', 'reply', (response) => void response.write(accepted)],
  ])('times out if %s never come', async (_, phase, answer) => {
    const { host } = await serve((response) => answer(response));
    await expect(sendRequest(host, { timeoutMs: 100 })).rejects.toMatchObject({
      reason: 'timeout',
      phase,
      mayHaveHappened: true,
    });
    await expect(sendRequest(host, { timeoutMs: 100 })).rejects.toThrow(
      'send: no complete reply within 100 ms; the request may have been sent',
    );
  });

  it('reports that nothing was sent if the signal is already aborted', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    await expect(sendRequest(host, {}, { signal: AbortSignal.abort('why') })).rejects.toMatchObject({
      reason: 'aborted',
      phase: 'connect',
      mayHaveHappened: false,
    });
    expect(seen).toEqual([]);
  });

  it.each<readonly [name: string, answer: (response: ServerResponse) => void]>([
    ['while it waits for headers', () => undefined],
    [
      'while it waits for the body',
      (response) => void response.writeHead(200, { 'content-length': '22' }).write('{'),
    ],
  ])('reports an unknown result if the signal is aborted %s', async (_, answer) => {
    const controller = new AbortController();
    const { host } = await serve((response) => {
      answer(response);
      setTimeout(() => controller.abort(), 20);
    });
    await expect(sendRequest(host, {}, { signal: controller.signal })).rejects.toMatchObject({
      reason: 'aborted',
      mayHaveHappened: true,
    });
  });

  it('leaves no listeners on a signal that hundreds of calls share', async () => {
    const { host } = await serve((response) => response.end(accepted));
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => (
      listeners++,
      addEventListener.apply(signal, args)
    );
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => (
      listeners--,
      removeEventListener.apply(signal, args)
    );
    for (let sent = 0; sent < 200; sent++) await sendRequest(host, {}, { signal });
    expect(listeners).toBe(0);
  });

  it.each<readonly [name: string, answer: (response: ServerResponse) => void]>([
    [
      'of 100 MB with its length',
      (response) =>
        void response.writeHead(200, { 'content-length': 100 * 1024 * 1024 }).end(Buffer.alloc(1024 * 1024)),
    ],
    [
      'of 100 MB in chunks',
      (response) => {
        const chunk = Buffer.alloc(1024 * 1024);
        let left = 100;
        const more = (): void =>
          void (left-- > 0 && !response.destroyed ? response.write(chunk, more) : response.end());
        more();
      },
    ],
    [
      'that decompresses to 100 MB',
      (response) =>
        void response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(100 * 1024 * 1024))),
    ],
  ])('stops reading a response %s and reports an unknown result', async (_, answer) => {
    let closed: Promise<unknown> = Promise.resolve();
    const { host } = await serve((response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      answer(response);
    });
    await expect(sendRequest(host, { maxReplyBytes: 1_048_576 })).rejects.toMatchObject({
      reason: 'too-large',
      phase: 'reply',
      mayHaveHappened: true,
    });
    // The connection is closed instead of reused.
    await closed;
  });

  it('reads a response up to the limit, but not one byte more', async () => {
    const { host } = await serve(
      (response) => (response.write(accepted.slice(0, 5)), response.end(accepted.slice(5))),
    );
    expect(text(await sendRequest(host, { maxReplyBytes: accepted.length }))).toBe(accepted);
    await expect(sendRequest(host, { maxReplyBytes: accepted.length - 1 })).rejects.toThrow(
      `send: the reply is larger than ${accepted.length - 1} bytes; the request may have been sent`,
    );
  });

  it('reads a compressed response and one without a body', async () => {
    const { host } = await serve((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(accepted)),
    );
    expect(text(await sendRequest(host))).toBe(accepted);
    const empty = await serve((response) => response.writeHead(204).end());
    expect(await sendRequest(empty.host)).toEqual({ status: 204, body: new Uint8Array() });
  });

  it('sends files as parts of a form, in order, with names and types', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const files = [
      { name: 'звук.mp3', content: Uint8Array.of(0, 1, 2, 255) },
      { name: 'a.txt', content: new Blob(['hello'], { type: 'text/plain' }) },
      { name: 'b.bin', content: new Blob(['x']) },
    ];
    const smsc = createSmsc({ ...credentials, fetch, host });
    expect((await smsc.send({ kind: 'mms', to: input.to, text: input.text, id: 'm1', files })).outcome).toBe(
      'accepted',
    );
    const [{ headers, body }] = seen as [ReceivedRequest];
    const form = await new Response(Buffer.from(body, 'latin1'), {
      headers: { 'content-type': headers['content-type']! },
    }).formData();
    expect([...form.keys()]).toEqual([
      'login',
      'psw',
      'mms',
      'phones',
      'mes',
      'id',
      'cost',
      'fmt',
      'charset',
      'file0',
      'file1',
      'file2',
    ]);
    expect(form.get('mes')).toBe(input.text);
    const parts = await Promise.all(
      ['file0', 'file1', 'file2'].map(async (name) => {
        const file = form.get(name) as File;
        return [file.name, file.type, [...new Uint8Array(await file.arrayBuffer())].length];
      }),
    );
    expect(parts).toEqual([
      ['звук.mp3', 'application/octet-stream', 4],
      ['a.txt', 'text/plain', 5],
      ['b.bin', 'application/octet-stream', 1],
    ]);
  });

  it.each([windows1251, koi8r])('encodes and decodes texts in $name', async (charset) => {
    const reply = Buffer.from(encode('{"error": "неверный номер", "error_code": 7}', charset));
    const { host, seen } = await serve((response) => response.end(reply));
    const sent = await createSmsc({ ...credentials, fetch, host, charset }).send(input);
    expect(sent).toMatchObject({ outcome: 'rejected', code: 7 });
    expect(seen[0]!.body).toContain(`&mes=${charset.percent(input.text)}&`);
    expect(seen[0]!.body).toContain(`&charset=${charset.name}`);
  });

  it('shows no password, text or number in any error', async () => {
    const { host } = await serve((response) => void response.socket?.destroy());
    const foreign: FetchLike = (url, init) =>
      Promise.reject(Object.assign(new Error(String(init.body)), { name: 'hunter2', config: { url, init } }));
    const all = [fetchTransport({ fetch, host }), fetchTransport({ fetch: foreign, host })];
    for (const transport of all) {
      const error: unknown = await transport.send(request).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ kind: 'transport' });
      expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(secrets);
    }
    const smsc = createSmsc({ ...credentials, fetch, host });
    for (const wrong of [
      { ...input, to: `${input.to}99999999` },
      { ...input, text: `${input.text}\ud800` },
      { ...input, sender: input.text },
      { ...input, validFor: input.text },
      { ...input, maxParts: input.text },
    ] as (typeof input)[]) {
      const error: unknown = await smsc.send(wrong).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ kind: 'invalid-input' });
      expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(secrets);
    }
  });
});

describe('a call', () => {
  afterEach(() => void vi.useRealTimers());
  const host = 'http://127.0.0.1:8025';
  const multipart = (content: Attachment['content']): WireRequest => ({
    operation: 'send',
    path: 'sys/send.php',
    body: { kind: 'multipart', fields: [], files: [{ name: 'a', content }] },
  });
  const blob = (arrayBuffer: () => Promise<ArrayBuffer>): Attachment['content'] => ({
    type: '',
    size: 1,
    arrayBuffer,
  });
  const refused = Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect' });

  it('with the signal of a time limit reports a timeout', async () => {
    const silent = await serve(() => undefined);
    await expect(
      fetchTransport({ host: silent.host }).send(request, { signal: AbortSignal.timeout(50) }),
    ).rejects.toMatchObject({ reason: 'timeout', phase: 'sent', mayHaveHappened: true });
    const signal = AbortSignal.abort(new DOMException('', 'TimeoutError'));
    await expect(fetchTransport({ host }).send(request, { signal })).rejects.toMatchObject({
      reason: 'timeout',
      phase: 'connect',
      mayHaveHappened: false,
      message: 'send: timeout; nothing was sent',
    });
    await expect(
      fetchTransport({ host }).send(request, { signal: AbortSignal.abort(null) }),
    ).rejects.toMatchObject({ reason: 'aborted', phase: 'connect' });
  });

  it('leaves no timer behind', async () => {
    vi.useFakeTimers();
    const answers: FetchLike = () => Promise.resolve(new Response(accepted));
    const fails: FetchLike = () => Promise.reject(refused);
    await fetchTransport({ fetch: answers }).send(request);
    await fetchTransport({ fetch: fails })
      .send(request)
      .catch(() => undefined);
    await fetchTransport({ fetch: answers })
      .send(multipart(blob(() => Promise.reject(new Error()))))
      .catch(() => undefined);
    await fetchTransport({ fetch: answers })
      .send(request, { signal: 5 as unknown as AbortSignal })
      .catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('with an unreadable file sends nothing', async () => {
    let called = 0;
    const transport = fetchTransport({ fetch: () => Promise.reject(new Error(`never ${++called}`)) });
    const failed = { kind: 'transport', phase: 'connect', mayHaveHappened: false };
    await expect(
      transport.send(multipart(blob(() => Promise.reject(new Error('gone'))))),
    ).rejects.toMatchObject(failed);
    const controller = new AbortController();
    const aborting = blob(() => (controller.abort(), Promise.resolve(new ArrayBuffer(1))));
    await expect(transport.send(multipart(aborting), { signal: controller.signal })).rejects.toMatchObject({
      ...failed,
      reason: 'aborted',
    });
    expect(called).toBe(0);
  });

  it('with a Response as a file is invalid input, also for the compiler', async () => {
    const files = [{ name: 'a', content: new Response('x') }];
    const smsc = createSmsc({ ...credentials });
    await expect(
      // @ts-expect-error a Response has a body, but no size
      smsc.send({ kind: 'mms', to: input.to, text: 'a', files }),
    ).rejects.toMatchObject({ kind: 'invalid-input', issues: [{ path: 'files[0].content' }] });
  });

  it('that could not connect sends nothing, even if it timed out meanwhile', async () => {
    const fetch: FetchLike = (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(refused)));
    await expect(fetchTransport({ fetch, timeoutMs: 10 }).send(request)).rejects.toMatchObject({
      reason: 'timeout',
      phase: 'connect',
      mayHaveHappened: false,
    });
  });

  it('reports the first cause of its end', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const fetch: FetchLike = async (_, { body }) => {
      await new Response(body as Blob).text();
      controller.abort();
      return new Promise((_, reject) => setTimeout(() => reject(new Error()), 1000));
    };
    const sending = fetchTransport({ fetch, timeoutMs: 500 })
      .send(request, { signal: controller.signal })
      .catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await sending).toMatchObject({ reason: 'aborted', phase: 'sent' });
  });

  it('that got a response was sent, even if the body fails', async () => {
    const fetch: FetchLike = () =>
      Promise.resolve({ status: 200, headers: new Headers(), arrayBuffer: () => Promise.reject(refused) });
    await expect(fetchTransport({ fetch }).send(request)).rejects.toMatchObject({
      phase: 'reply',
      mayHaveHappened: true,
    });
  });

  it('reads at most 64 MiB and 16 times the size of the request', async () => {
    const limit = 64 * 1024 * 1024 + 16 * (request.body.kind === 'text' ? request.body.text.length : 0);
    const answer =
      (length: number): FetchLike =>
      () =>
        Promise.resolve({
          status: 200,
          headers: new Headers({ 'content-length': String(length) }),
          arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)),
        });
    expect((await fetchTransport({ fetch: answer(limit) }).send(request)).status).toBe(200);
    await expect(fetchTransport({ fetch: answer(limit + 1) }).send(request)).rejects.toMatchObject({
      reason: 'too-large',
      phase: 'reply',
      message: `send: the reply is larger than ${limit} bytes; the request may have been sent`,
    });
    expect(
      (await fetchTransport({ fetch: answer(1024 * 1024) }).send(multipart(Uint8Array.of(1)))).status,
    ).toBe(200);
  });
});

describe('a platform', () => {
  it('without `redirect: error`, such as edge workers, is never asked for it', async () => {
    const asked: unknown[] = [];
    const fetch: FetchLike = (_, { redirect }) => (
      asked.push(redirect),
      redirect === 'error'
        ? Promise.reject(new TypeError('Invalid redirect value'))
        : Promise.resolve(new Response(accepted))
    );
    vi.stubGlobal('Request', function (_: string, { redirect }: RequestInit): void {
      if (redirect === 'error') throw new TypeError('Invalid redirect value');
    });
    try {
      const transport = fetchTransport({ fetch });
      for (let turn = 0; turn < 3; turn++) expect((await transport.send(request)).status).toBe(200);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(asked).toEqual(['manual', 'manual', 'manual']);
  });

  it('that failed once is asked again like a new one, so its response is reported in full', async () => {
    let answers = 0;
    const { host } = await serve((response) =>
      answers++ === 0 ? response.end(accepted) : response.writeHead(302, { location: '/x' }).end(),
    );
    const transport = fetchTransport({ host });
    await transport.send(request);
    await expect(transport.send(request)).rejects.toMatchObject({ phase: 'sent', reason: 'network' });
    expect((await transport.send(request)).status).toBe(302);
  });
});

describe('a host', () => {
  it.each([
    'smsc.kz',
    'https://smsc.ru',
    'https://smsc.ru/',
    'HTTPS://SMSC.RU',
    'http://127.0.0.1:8025',
    'http://127.8.8.8',
    'http://[::1]:1',
    'http://localhost:80/',
  ])('is accepted: %s', (host) => {
    expect(() => fetchTransport({ host })).not.toThrow();
  });

  it.each([
    'http://smsc.ua',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'ftp://smsc.ua',
    'https://user:pass@smsc.ua',
    'https://user@smsc.ua',
    'smsc.ua/sys/',
    'https://smsc.ua/sys',
    'https://smsc.ua?psw=x',
    'https://smsc.ua/#x',
    '',
    'smsc ua',
    'http://',
    'javascript://a',
    new URL('https://smsc.ua') as unknown as string,
    5 as unknown as string,
    null as unknown as string,
  ])('is rejected: %s', (host) => {
    const refused = (): unknown => fetchTransport({ host });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(
      'fetchTransport: host expected a host name, an https origin, or an http origin of this machine',
    );
  });

  it.each(['http://smsc.ua', 'ftp://smsc.ua', 'smsc.ua/sys/', 'https://smsc.ua/sys/send.php'])(
    'is shown in the error if it looks like a host: %s',
    (host) => {
      expect(() => fetchTransport({ host })).toThrow(`, got '${host}'`);
    },
  );

  it.each([
    '380501234567',
    'tel:380501234567',
    'http://380501234567.ua',
    'https://user:hunter2@smsc.ua',
    'https://smsc.ua?psw=hunter2',
    'https://smsc.ua/hunter2',
    'http://Yq4d0812hunter2',
    'hunter2/hunter2',
  ])('is not shown in the error if it could be a secret: %s', (host) => {
    const error = (() => {
      try {
        return fetchTransport({ host });
      } catch (refused) {
        return refused;
      }
    })();
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).not.toMatch(/hunter2|501234567/);
  });
});

describe('createSmsc', () => {
  it('has methods for the usual operations and for those passed in, and `call` for any', async () => {
    const { host, seen } = await serve((response) =>
      response.end('{"id": "m1", "cnt": 1, "cost": "1.00", "balance": "2.00", "status": 1}'),
    );
    const smsc = createSmsc({ ...credentials, host }, { sendList });
    const messages = [{ to: input.to, text: input.text }];
    expect((await smsc.send(input)).outcome).toBe('accepted');
    expect((await smsc.cost(input)).cost).toBe('1.00');
    expect((await smsc.status({ id: 1, phone: input.to })).state).toBe('delivered');
    expect((await smsc.balance()).balance).toBe('2.00');
    expect((await smsc.sendList({ id: 'm1', messages })).outcome).toBe('accepted');
    expect((await smsc.call(costList, { messages })).cost).toBe('1.00');
    expect(seen.map(({ url }) => url)).toEqual([
      '/sys/send.php',
      '/sys/send.php',
      '/sys/status.php',
      '/sys/balance.php',
      '/sys/send.php',
      '/sys/send.php',
    ]);
    // @ts-expect-error this operation was not passed in
    expect(smsc.costList).toBeUndefined();
  });

  it('returns the id of a message with every outcome, so that its status can be requested', async () => {
    const { host } = await serve((response, { url }) =>
      response.end(url?.includes('status') ? '{"status": 1}' : ''),
    );
    const smsc = createSmsc({ ...credentials, host }, { sendList });
    for (const sent of [
      await smsc.send(input),
      await smsc.sendList({ messages: [{ to: input.to, text: input.text }] }),
    ]) {
      expect(sent.outcome).toBe('unknown');
      // The type of `sent.id` is `string`: `string | undefined` would not compile here.
      expect((await smsc.status({ id: sent.id, phone: input.to })).final).toBe(true);
    }
  });

  it('exports everything that its options and operations need', () => {
    expect(
      [
        everything.sendList,
        everything.windows1251,
        everything.csvFormat,
        everything.segment,
        everything.InputError,
      ].every(Boolean),
    ).toBe(true);
  });

  it('lets no other operation take the name of a method, also for the compiler', () => {
    // @ts-expect-error the result would differ from the type of the method
    const refused = (): unknown => createSmsc({ apiKey: 'k' }, { send: cost, call: cost, costList });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow('createSmsc: send is already a method; call is already a method');
  });
});
