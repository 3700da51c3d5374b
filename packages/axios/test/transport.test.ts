import { Agent, type ClientRequestArgs, type ServerResponse } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { connect, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { send, toRequest, type TransportError, type WireReply, type WireRequest } from '@smsc/protocol';
import { cert } from '@smsc/testing/certificate';
import { serveSecondHandshake } from '@smsc/testing/second-handshake';
import { type ReceivedRequest, serve } from '@smsc/testing/servers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AttemptOptions, AxiosTransportOptions } from '../src/index.ts';
import { serveSockets } from './serve.ts';
import { over, versions } from './versions.ts';

const input = { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' };
const credentials = { login: 'alex', password: 'hunter2' };
const request: WireRequest = toRequest(send, input, credentials);
const accepted = '{\n"id": "m1",\n"cnt": 1\n}';

const text = ({ body }: WireReply): string => Buffer.from(body).toString();

/** Matches the secrets of the request, which errors must not contain. */
const secrets = /hunter2|4821|380501234567|%D0/;

const failure = async (carried: Promise<unknown>): Promise<TransportError> => {
  const thrown: unknown = await carried.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
  for (const shown of [
    inspect(thrown, { depth: Infinity, showHidden: true }),
    JSON.stringify(thrown),
    String((thrown as Error).stack),
  ])
    expect(shown).not.toMatch(secrets);
  expect((thrown as Error).cause).toBeUndefined();
  return thrown as TransportError;
};

const notSent = { kind: 'transport', phase: 'connect', mayHaveHappened: false };

describe.each(versions)('with axios %s', async (version) => {
  const { axiosTransport, createSmsc } = await over(version);
  const carry = (
    host: string,
    options: AxiosTransportOptions = {},
    call?: AttemptOptions,
  ): Promise<WireReply> => axiosTransport({ host, ...options }).send(request, call);

  it('sends one POST with the credentials only in its body', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    expect(text(await carry(host))).toBe(accepted);
    expect(seen).toHaveLength(1);
    const [{ method, url, headers, body }] = seen as [ReceivedRequest];
    expect({ method, url, type: headers['content-type'], length: headers['content-length'] }).toEqual({
      method: 'POST',
      url: '/sys/send.php',
      type: 'application/x-www-form-urlencoded',
      length: String(body.length),
    });
    expect(body).toBe(request.body.kind === 'text' ? request.body.text : '');
    expect(JSON.stringify(headers)).not.toMatch(/hunter2|alex|cookie|authorization/i);
  });

  it.each([301, 302, 303, 307, 308])(
    'returns a redirect with status %i and does not follow it',
    async (status) => {
      const other = await serve((response) => response.end(accepted));
      const secure = await serve((response) => response.end(accepted), { secure: true });
      for (const location of [
        '/sys/other.php',
        `${other.host}/sys/send.php`,
        `${secure.host}/sys/send.php`,
      ]) {
        const { host, seen } = await serve((response) =>
          response.writeHead(status, { location }).end(accepted),
        );
        expect((await carry(host)).status).toBe(status);
        expect(await createSmsc({ ...credentials, host }).send(input)).toMatchObject({
          outcome: 'unknown',
          error: { kind: 'unreadable-reply', status },
        });
        expect(seen.map(({ url }) => url)).toEqual(['/sys/send.php', '/sys/send.php']);
      }
      expect([other.seen, secure.seen]).toEqual([[], []]);
    },
  );

  it.each([408, 429, 500, 502, 503])(
    'returns a response with status %i and its Retry-After',
    async (status) => {
      const { host, seen } = await serve((response) =>
        response.writeHead(status, { 'retry-after': '120' }).end('<html>'),
      );
      expect(await carry(host)).toEqual({
        status,
        body: new Uint8Array(Buffer.from('<html>')),
        retryAfter: '120',
        connection: 'new',
      });
      expect(seen).toHaveLength(1);
    },
  );

  it('reports a refused connection as not sent', async () => {
    const { host, close } = await serve(() => undefined);
    await close();
    expect(await failure(carry(host))).toMatchObject({
      ...notSent,
      reason: 'network',
      message: 'send: failed (ECONNREFUSED); nothing was sent',
    });
  });

  it('reports a name that does not resolve as not sent', async () => {
    expect(await failure(carry('gateway.invalid'))).toMatchObject(notSent);
  });

  it('reports an untrusted certificate as not sent, and uses a trusted one', async () => {
    const { host, seen } = await serve((response) => response.end(accepted), { secure: true });
    expect(await failure(carry(host))).toMatchObject(notSent);
    expect(seen).toEqual([]);
    expect(text(await carry(host, { httpsAgent: new SecureAgent({ ca: cert }) }))).toBe(accepted);
  });

  it.each<readonly [name: string, hangUp: (socket: Socket) => void]>([
    ['answers in another protocol', (socket) => socket.end('SSH-2.0-OpenSSH\r\n')],
    ['is closed', (socket) => socket.once('data', () => socket.end())],
    ['is reset', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ])('reports a connection that %s during the TLS handshake as not sent', async (_, hangUp) => {
    const { port } = await serveSockets(hangUp);
    expect(await failure(carry(`https://127.0.0.1:${port}`))).toMatchObject(notSent);
  });

  it('reports a certificate that is refused after the request was read as possibly sent', async () => {
    const { host, bytesRead } = await serveSecondHandshake();
    const httpsAgent = new SecureAgent({ ca: cert });
    expect(await failure(carry(host, { httpsAgent, timeoutMs: 5000 }))).toMatchObject({
      phase: 'sent',
      message: 'send: failed (DEPTH_ZERO_SELF_SIGNED_CERT); the request may have been sent',
    });
    expect(bytesRead()).toBeGreaterThan(100);
  });

  it('reports an agent that Node rejects as not sent', async () => {
    const { host, seen } = await serve((response) => response.end(accepted), { secure: true });
    expect(await failure(carry(host, { httpsAgent: new Agent() }))).toMatchObject({
      ...notSent,
      message: 'send: failed (ERR_INVALID_PROTOCOL); nothing was sent',
    });
    expect(seen).toEqual([]);
  });

  it('reports a connect timeout as not sent', async () => {
    const { port } = await serveSockets(() => undefined);
    const began = performance.now();
    // Connected, but the TLS handshake never ends.
    expect(await failure(carry(`https://127.0.0.1:${port}`, { connectTimeoutMs: 50 }))).toMatchObject({
      ...notSent,
      reason: 'network',
      message: 'send: failed (ETIMEDOUT); nothing was sent',
    });
    // Not connected: the agent queues the request.
    const agent = new Agent({ maxSockets: 1 });
    const { host, seen } = await serve(() => undefined);
    const first = failure(carry(host, { httpAgent: agent, timeoutMs: 200 }));
    expect(await failure(carry(host, { httpAgent: agent, connectTimeoutMs: 50 }))).toMatchObject({
      ...notSent,
      reason: 'network',
    });
    expect(await first).toMatchObject({ phase: 'sent', reason: 'timeout' });
    expect(seen).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('reports a request without a socket as not sent, and does not send it later', async () => {
    let sockets = 0;
    /** Creates its socket late, as a proxy agent does. */
    class SlowAgent extends Agent {
      override createConnection(
        { port, host }: ClientRequestArgs,
        done?: (error: Error | null, socket: Socket) => void,
      ): undefined {
        setTimeout(() => done!(null, (sockets++, connect(Number(port), host!))), 300);
      }
    }
    const { host, seen } = await serve((response) => response.end(accepted));
    const agent = new SlowAgent({ keepAlive: true });
    const ends = [{ connectTimeoutMs: 50 }, { timeoutMs: 50 }, {}].map((options, at) =>
      failure(
        carry(host, { httpAgent: agent, ...options }, at === 2 ? { signal: AbortSignal.timeout(50) } : {}),
      ),
    );
    expect(await Promise.all(ends)).toMatchObject([
      { ...notSent, reason: 'network', message: 'send: failed (ETIMEDOUT); nothing was sent' },
      { ...notSent, reason: 'timeout' },
      { ...notSent, reason: 'timeout' },
    ]);
    expect(sockets).toBe(0);
    expect((await carry(host, { httpAgent: agent })).status).toBe(200);
    expect(seen).toHaveLength(1);
    agent.destroy();
  });

  it.each([
    ['http', false],
    ['https', true],
  ])('tells whether the connection was opened for the request (%s)', async (_, secure) => {
    const { host } = await serve((response) => void setTimeout(() => response.end(accepted), 20), { secure });
    const [httpAgent, httpsAgent] = [
      new Agent({ keepAlive: true, maxSockets: 1 }),
      new SecureAgent({ keepAlive: true, maxSockets: 1, ca: cert }),
    ];
    const transport = axiosTransport({ host, httpAgent, httpsAgent });
    // The second request waits for the connection of the first one; Node does not count it as reused.
    const replies = await Promise.all([transport.send(request), transport.send(request)]);
    replies.push(await transport.send(request));
    expect(replies.map(({ connection }) => connection)).toEqual(['new', 'used', 'used']);
    httpAgent.destroy();
    httpsAgent.destroy();
  });

  it('the connect timeout does not apply to an established connection, new or reused', async () => {
    const { host, seen } = await serve((response) => void setTimeout(() => response.end(accepted), 60));
    const transport = axiosTransport({ host, connectTimeoutMs: 40 });
    const sockets: unknown[] = [];
    for (let sent = 0; sent < 2; sent++) sockets.push((await transport.send(request)).status);
    expect(sockets).toEqual([200, 200]);
    expect(seen).toHaveLength(2);
  });

  it.each([false, true])(
    'reports a lost request of an agent with its own TLS sockets as possibly sent (keepAlive: %s)',
    async (keepAlive) => {
      class OwnTlsAgent extends SecureAgent {
        // The socket of this agent never emits `secureConnect` and keeps `secureConnecting` true.
        override createConnection({ port, host }: ClientRequestArgs): TLSSocket {
          return new TLSSocket(connect(Number(port), host!));
        }
      }
      let requests = 0;
      const answer = (response: ServerResponse): void =>
        void (++requests === 3 ? response.socket?.destroy() : setTimeout(() => response.end(accepted), 60));
      const { host, seen } = await serve(answer, { secure: true });
      const transport = axiosTransport({
        host,
        connectTimeoutMs: 40,
        httpsAgent: new OwnTlsAgent({ keepAlive }),
      });
      expect([(await transport.send(request)).status, (await transport.send(request)).status]).toEqual([
        200, 200,
      ]);
      expect(await failure(transport.send(request))).toMatchObject({
        reason: 'network',
        phase: 'sent',
        mayHaveHappened: true,
      });
      expect(seen).toHaveLength(3);
      const { host: silent } = await serve((response) => void response.socket?.destroy(), { secure: true });
      expect(await failure(carry(silent, { httpsAgent: new OwnTlsAgent({ keepAlive }) }))).toMatchObject({
        reason: 'network',
        phase: 'sent',
        mayHaveHappened: true,
      });
    },
  );

  it('reports a call that is aborted or times out while connecting as not sent', async () => {
    const { port } = await serveSockets(() => undefined);
    const host = `https://127.0.0.1:${port}`;
    expect(await failure(carry(host, { timeoutMs: 30 }))).toMatchObject({ ...notSent, reason: 'timeout' });
    expect(await failure(carry(host, {}, { signal: AbortSignal.timeout(30) }))).toMatchObject({
      ...notSent,
      reason: 'timeout',
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    expect(await failure(carry(host, {}, { signal: controller.signal }))).toMatchObject({
      ...notSent,
      reason: 'aborted',
    });
  });

  it.each<readonly [name: string, answer: (response: ServerResponse) => void]>([
    ['after the request', (response) => void response.socket?.destroy()],
    ['after the request, with a reset', (response) => void response.socket?.resetAndDestroy()],
    [
      'after the headers',
      (response) =>
        void response.writeHead(200, { 'content-length': '22' }).write('{', () => response.socket?.destroy()),
    ],
    [
      'in the middle of chunks',
      (response) => void response.write('{"id":', () => response.socket?.destroy()),
    ],
  ])('reports a connection that fails %s as possibly sent', async (_, answer) => {
    const { host, seen } = await serve(answer);
    expect(await failure(carry(host))).toMatchObject({
      kind: 'transport',
      reason: 'network',
      mayHaveHappened: true,
    });
    expect(seen).toHaveLength(1);
  });

  it('reports a reused connection that fails as possibly sent, and does not retry', async () => {
    let requests = 0;
    const { host, seen } = await serve(
      (response) => void (++requests === 1 ? response.end(accepted) : response.socket?.resetAndDestroy()),
    );
    const transport = axiosTransport({ host });
    await transport.send(request);
    expect(await failure(transport.send(request))).toMatchObject({
      reason: 'network',
      phase: 'sent',
      mayHaveHappened: true,
    });
    expect(seen).toHaveLength(2);
  });

  it.each<readonly [name: string, phase: string, answer: (response: ServerResponse) => void]>([
    ['headers', 'sent', () => undefined],
    ['a body', 'reply', (response) => void response.writeHead(200, { 'content-length': '22' }).write('{')],
    ['the end of chunks', 'reply', (response) => void response.write(accepted)],
  ])('timeout and signal apply while waiting for %s', async (_, phase, answer) => {
    const { host } = await serve(answer);
    expect(await failure(carry(host, { timeoutMs: 200 }))).toMatchObject({
      reason: 'timeout',
      phase,
      mayHaveHappened: true,
      message: 'send: no complete reply within 200 ms; the request may have been sent',
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    expect(await failure(carry(host, {}, { signal: controller.signal }))).toMatchObject({
      reason: 'aborted',
      phase,
      mayHaveHappened: true,
    });
  });

  it('sends nothing if the signal is already aborted', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    expect(await failure(carry(host, {}, { signal: AbortSignal.abort('why') }))).toMatchObject({
      ...notSent,
      reason: 'aborted',
    });
    expect(seen).toEqual([]);
  });

  it('leaves no listener on a signal after 200 requests, and uses one connection', async () => {
    const ports = new Set<number | undefined>();
    const { host, seen } = await serve(
      (response, { socket }) => (ports.add(socket.remotePort), response.end(accepted)),
    );
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
    const transport = axiosTransport({ host });
    const warned = vi.spyOn(process, 'emitWarning');
    for (let sent = 0; sent < 200; sent++) await transport.send(request, { signal });
    expect([listeners, seen.length, ports.size]).toEqual([0, 200, 1]);
    expect(warned).not.toHaveBeenCalled();
  });

  it.each<readonly [name: string, answer: (response: ServerResponse) => void]>([
    [
      'of 100 MB with its length',
      (response) =>
        void response.writeHead(200, { 'content-length': 100 * 1024 * 1024 }).end(Buffer.alloc(1024 * 1024)),
    ],
    [
      'of unlimited length',
      (response) => {
        const chunk = Buffer.alloc(1024 * 1024);
        const more = (): void => void (response.destroyed || response.write(chunk, more));
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
  ])('stops reading a response %s and reports the request as possibly sent', async (_, answer) => {
    let closed: Promise<unknown> = Promise.resolve();
    const { host } = await serve((response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      answer(response);
    });
    expect(await failure(carry(host, { maxReplyBytes: 1_048_576 }))).toMatchObject({
      reason: 'too-large',
      phase: 'reply',
      mayHaveHappened: true,
    });
    // The connection is closed, not reused.
    await closed;
  });

  it('reads a response up to the limit, and not one byte more', async () => {
    const { host } = await serve(
      (response) => (response.write(accepted.slice(0, 5)), response.end(accepted.slice(5))),
    );
    expect(text(await carry(host, { maxReplyBytes: accepted.length }))).toBe(accepted);
    expect(await failure(carry(host, { maxReplyBytes: accepted.length - 1 }))).toMatchObject({
      message: `send: the reply is larger than ${accepted.length - 1} bytes; the request may have been sent`,
    });
  });

  it('reads a compressed response, one with a byte order mark and an empty one', async () => {
    const packed = await serve((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(accepted)),
    );
    expect(text(await carry(packed.host))).toBe(accepted);
    const marked = await serve((response) => response.end('\ufeff[]'));
    expect([...(await carry(marked.host)).body]).toEqual([0xef, 0xbb, 0xbf, 0x5b, 0x5d]);
    const empty = await serve((response) => response.writeHead(204).end());
    expect(await carry(empty.host)).toEqual({ status: 204, body: new Uint8Array(), connection: 'new' });
  });

  it('sends a form with files unchanged, in chunks, with its length and progress', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const big = new Uint8Array(1_000_000).fill(7);
    const body = {
      kind: 'multipart',
      fields: [['mes', 'один\nдва']],
      files: [
        { name: 'a"b\r\nc: d.txt', content: big },
        { name: 'b', content: new Blob(['x'], { type: 'text/plain' }) },
      ],
    } as const;
    const progress: (readonly [number, number])[] = [];
    await axiosTransport({ host }).send(
      { operation: 'send', path: 'sys/send.php', body },
      { onProgress: (sent, total) => void progress.push([sent, total]) },
    );
    const [{ headers, body: arrived }] = seen as [ReceivedRequest];
    const boundary = /^multipart\/form-data; boundary=([\da-f-]{36})$/.exec(headers['content-type']!)![1]!;
    const part = (more: string, content: string): string =>
      `--${boundary}\r\ncontent-disposition: form-data; ${more}\r\n\r\n${content}\r\n`;
    expect(arrived).toBe(
      part('name="mes"', Buffer.from('один\nдва').toString('latin1')) +
        part(
          'name="file0"; filename="a%22b%0D%0Ac: d.txt"\r\ncontent-type: application/octet-stream',
          Buffer.from(big).toString('latin1'),
        ) +
        part('name="file1"; filename="b"\r\ncontent-type: text/plain', 'x') +
        `--${boundary}--\r\n`,
    );
    expect(headers['content-length']).toBe(String(arrived.length));
    expect(headers['transfer-encoding']).toBeUndefined();
    expect(progress.length).toBeGreaterThan(5);
    expect(progress).toEqual([...progress].sort(([a], [b]) => a - b));
    expect(progress.at(-1)).toEqual([arrived.length, arrived.length]);
  });

  it('reports the progress of text as well, and ignores errors of the callback', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const progress = vi.fn(() => {
      throw new Error('hunter2');
    });
    expect(text(await carry(host, {}, { onProgress: progress }))).toBe(accepted);
    const { length } = seen[0]!.body;
    expect(progress.mock.calls).toEqual([[length, length]]);
    expect(seen[0]!.headers['content-length']).toBe(String(length));
  });

  it('accepts an early response to an upload, or reports the request as possibly sent', async () => {
    const { port } = await serveSockets((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const body = {
      kind: 'multipart',
      fields: [],
      files: [{ name: 'a', content: new Uint8Array(8_000_000) }],
    } as const;
    expect(
      await failure(
        axiosTransport({ host: `http://127.0.0.1:${port}` }).send({ operation: 'send', path: 'x', body }),
      ),
    ).toMatchObject({ phase: 'sent', mayHaveHappened: true });
  });

  it('sends an attempt to the host given for it, by the same rules', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    expect(text(await carry('smsc.ua', {}, { host }))).toBe(accepted);
    expect(seen).toHaveLength(1);
    for (const refused of ['http://smsc.ua', 'https://smsc.ua/sys', 'https://a:b@smsc.ua', 'ftp://smsc.ua']) {
      expect(() => axiosTransport({ host: refused })).toThrow(
        'axiosTransport: host expected a host name, an https origin',
      );
      await expect(carry(host, {}, { host: refused })).rejects.toThrow(
        'send: host expected a host name, an https origin',
      );
    }
    expect(seen).toHaveLength(1);
  });

  it('rejects a file URL that is not http or https before anything is sent', async () => {
    const { host, seen } = await serve((response) => response.end(accepted));
    const smsc = createSmsc({ ...credentials, host });
    for (const fileUrl of ['file:///etc/passwd', 'gopher://a', 'data:,x']) {
      await expect(
        smsc.send({ kind: 'mms', to: input.to, text: 'a', fileUrl } as never),
      ).rejects.toBeInstanceOf(Error);
    }
    expect(seen).toEqual([]);
  });

  it('createSmsc reports the outcome of a message', async () => {
    const answers = [accepted, '{"error": "not enough money", "error_code": 3}', '<html>'];
    const { host } = await serve((response) => response.end(answers.shift()));
    const smsc = createSmsc({ ...credentials, host });
    expect([
      (await smsc.send(input)).outcome,
      (await smsc.send(input)).outcome,
      (await smsc.send(input)).outcome,
    ]).toEqual(['accepted', 'rejected', 'unknown']);
    expect(await createSmsc({ ...credentials, host: 'gateway.invalid' }).send(input)).toMatchObject({
      outcome: 'not-sent',
      id: 'm1',
    });
  });
});

describe('options of the transport over axios', async () => {
  const { axiosTransport, createSmsc } = await over('the newest');

  it.each<readonly [options: object, words: string]>([
    [{ connectTimeoutMs: 0 }, 'connectTimeoutMs expected a whole number from 1 to 2147483647'],
    [{ timeoutMs: 0 }, 'timeoutMs expected a whole number from 1 to 2147483647'],
    [{ maxReplyBytes: 0 }, 'maxReplyBytes expected a whole number from 1 to 2147483647'],
    [{ axios: {} }, 'axios expected an axios instance'],
    [{ httpAgent: {} }, 'httpAgent expected an agent'],
    [{ httpsAgent: 'proxy' }, 'httpsAgent expected an agent'],
    [
      { httpsAgent: { destroy: () => undefined, dispatch: () => true } },
      'httpsAgent expected an agent of node:http or node:https',
    ],
    [{ proxy: { host: 'a' } }, 'proxy is unknown; valid names:'],
    [{ baseURL: 'https://a' }, 'baseURL is unknown; valid names:'],
  ])('are rejected at once if they are invalid: %j', (options, words) => {
    const refused = (): unknown => axiosTransport(options);
    expect(refused).toThrow(expect.objectContaining({ kind: 'invalid-input' }) as Error);
    expect(refused).toThrow(`axiosTransport: ${words}`);
    expect(() => createSmsc({ apiKey: 'k', ...options })).toThrow(`createSmsc: ${words}`);
  });
});

afterEach(() => void vi.restoreAllMocks());
