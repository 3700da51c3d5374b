import { createServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { InputError, send, TransportError, toRequest, type WireReply, type WireRequest } from '@smsc/protocol';
import { startGateway } from '@smsc/simulator';
import axios, { Axios } from 'axios';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Seen, serve } from '../../fetch/test/serve.ts';
import { type AttemptOptions, axiosTransport, type AxiosTransportOptions, createSmsc } from '../src/index.ts';

const input = { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' };
const credentials = { login: 'alex', password: 'hunter2' };
const request: WireRequest = toRequest(send, input, credentials);
const accepted = '{\n"id": "m1",\n"cnt": 1\n}';
const text = ({ body }: WireReply): string => Buffer.from(body).toString();
const carry = (host: string, options: Partial<AxiosTransportOptions> = {}, attempt?: AttemptOptions): Promise<WireReply> => axiosTransport({ host, ...options })(request, attempt);

const listeners: Server[] = [];
afterEach(() => {
  for (const server of listeners.splice(0)) server.close();
});

/** Whether nothing of a request is in an error. */
const isClean = (error: unknown): boolean => !/hunter2|4821|380501234567|%D0/.test(inspect(error, { depth: Infinity, showHidden: true }) + JSON.stringify(error));

describe('over axios', () => {
  it('a request is one POST with the credentials in its body and nowhere else', async () => {
    const { host, seen } = await serve((_, response) => response.setHeader('retry-after', '7').end(accepted));
    expect(await carry(host)).toEqual({ status: 200, body: new Uint8Array(Buffer.from(accepted)), retryAfter: '7' });
    const [{ method, url, headers, body }] = seen as [Seen];
    expect({ method, url, type: headers['content-type'] }).toEqual({ method: 'POST', url: '/sys/send.php', type: 'application/x-www-form-urlencoded' });
    expect(body).toBe(request.body.kind === 'text' ? request.body.text : '');
    expect(headers['content-length']).toBe(String(body.length));
    expect(JSON.stringify(headers)).not.toMatch(/hunter2|alex/);
  });

  it('a packed reply, one in chunks and one without a body are read for what they are', async () => {
    const packed = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(accepted)));
    expect(text(await carry(packed.host))).toBe(accepted);
    const chunks = await serve((_, response) => (response.write(accepted.slice(0, 5)), response.end(accepted.slice(5))));
    expect(text(await carry(chunks.host, { maxReplyBytes: accepted.length }))).toBe(accepted);
    await expect(carry(chunks.host, { maxReplyBytes: accepted.length - 1 })).rejects.toMatchObject({ reason: 'too-large' });
    const empty = await serve((_, response) => response.writeHead(204).end());
    expect(await carry(empty.host)).toMatchObject({ status: 204, body: new Uint8Array() });
  });

  it('a form with files arrives byte for byte, with its length, and says how far it has come', async () => {
    const { host, seen } = await serve((_, response) => response.end(accepted));
    const told: (readonly [number, number])[] = [];
    const mms = toRequest(send, { kind: 'mms', id: 'm1', to: input.to, text: 'a\nb', files: [{ name: 'a.jpg', content: new Blob(['x'.repeat(100_000)], { type: 'image/jpeg' }) }] }, credentials);
    await axiosTransport({ host })(mms, { onProgress: (sent, total) => told.push([sent, total]) });
    const [{ headers, body }] = seen as [Seen];
    const boundary = /^multipart\/form-data; boundary=([\da-f-]{36})$/.exec(headers['content-type'] ?? '')?.[1] ?? '?';
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(body).toContain(`--${boundary}\r\ncontent-disposition: form-data; name="mes"\r\n\r\na\nb\r\n`);
    expect(body.endsWith(`filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n${'x'.repeat(100_000)}\r\n--${boundary}--\r\n`)).toBe(true);
    expect(told.at(-1)).toEqual([body.length, body.length]);
  });

  it.each<readonly [name: string, options: Partial<AxiosTransportOptions>]>([
    ['the platform’s agents', {}],
    ['agents of one’s own', { httpAgent: { addRequest: () => undefined }, timeoutMs: 50 }],
  ])('no error of axios comes out, with %s', async (_, options) => {
    const closed = await serve(() => undefined);
    const error: unknown = await carry(options.timeoutMs ? closed.host : 'http://127.0.0.1:9', options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'transport' });
    expect((error as Error).cause).toBe(undefined);
    expect(isClean(error)).toBe(true);
  });

  it('a connection that is not there in time means that nothing was sent', async () => {
    // Accepts nothing: what is in the queue of the system is no connection to speak over once TLS is asked for.
    const server = createServer(() => undefined);
    listeners.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const start = performance.now();
    const error: unknown = await axiosTransport({ host: `https://127.0.0.1:${port}`, connectTimeoutMs: 100 })(request).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ phase: 'connect', reason: 'network', mayHaveHappened: false, message: 'send: failed (ETIMEDOUT); nothing was sent' });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('a connection that was there in time may be used for longer than that', async () => {
    const { host } = await serve((_, response) => void setTimeout(() => response.end(accepted), 120));
    expect(text(await carry(host, { connectTimeoutMs: 50 }))).toBe(accepted);
  });

  it.each<readonly [options: object, words: string]>([
    [{ connectTimeoutMs: 0 }, 'connectTimeoutMs expected a whole number from 1'],
    [{ httpsAgent: 'proxy' }, 'httpsAgent expected an agent of Node'],
    [{ host: 'http://smsc.ua' }, 'host expected a name, an https origin, or http to this machine'],
    [{ axios }, 'axios is not one of connectTimeoutMs, httpAgent, httpsAgent, host, timeoutMs, maxReplyBytes'],
  ])('options that cannot be meant are refused: %j', (options, words) => {
    expect(() => axiosTransport(options)).toThrow(InputError);
    expect(() => axiosTransport(options)).toThrow(words);
    expect(() => createSmsc({ apiKey: 'k', ...options })).toThrow(words.replace(/ one of .*/, ' one of'));
  });
});

describe('nothing that other code can write to changes a request', () => {
  /** What could send it elsewhere, show it, or make something else of its answer. */
  const traps = (stolen: string): Readonly<Record<string, unknown>> => ({
    baseURL: stolen, url: `${stolen}/stolen`, auth: { username: 'stolen', password: 'stolen' }, proxy: { host: '127.0.0.1', port: Number(new URL(stolen).port) }, params: { stolen: 1 },
    headers: { 'x-stolen': '1' }, method: 'get', data: 'stolen', adapter: () => Promise.reject(new Error('stolen')), transport: { request: () => { throw new Error('stolen'); } },
    socketPath: '/tmp/stolen', lookup: () => { throw new Error('stolen'); }, family: 6, maxRedirects: 5, beforeRedirect: () => { throw new Error('stolen'); },
    transformRequest: [() => 'stolen'], transformResponse: [() => 'stolen'], validateStatus: () => false, responseType: 'json', responseEncoding: 'latin1', decompress: false, maxContentLength: 1,
    maxBodyLength: 1, maxRate: [1, 1], timeout: 1, timeoutErrorMessage: 'stolen', signal: AbortSignal.abort(), xsrfCookieName: 'stolen', xsrfHeaderName: 'stolen', withXSRFToken: true,
    paramsSerializer: () => 'stolen', insecureHTTPParser: true, httpVersion: 2, http2Options: {}, formSerializer: { visitor: () => { throw new Error('stolen'); } }, env: {}, host: stolen, httpAgent: {},
    httpsAgent: {}, connectTimeoutMs: 1, timeoutMs: 1, maxReplyBytes: 1, onProgress: () => { throw new Error('stolen'); }, getHeaders: () => ({ 'x-stolen': '1' }), pipe: () => undefined,
  });

  const check = async (set: (stolen: string) => () => void, made: 'before' | 'after'): Promise<void> => {
    const stolen = await serve((_, response) => response.end('stolen'));
    const { host, seen } = await serve((_, response) => response.writeHead(307, { location: `${stolen.host}/` }).end(accepted));
    const early = axiosTransport({ host });
    const clear = set(stolen.host);
    let reply: WireReply;
    try {
      reply = await (made === 'before' ? early : axiosTransport({ host }))(request);
    } finally {
      clear();
    }
    expect({ status: reply.status, body: text(reply) }).toEqual({ status: 307, body: accepted });
    expect([seen.length, stolen.seen.length]).toEqual([1, 0]);
    const [{ method, url, headers, body }] = seen as [Seen];
    expect({ method, url, body }).toEqual({ method: 'POST', url: '/sys/send.php', body: request.body.kind === 'text' ? request.body.text : '' });
    expect(Object.keys(headers).sort()).toEqual(['accept-encoding', 'connection', 'content-length', 'content-type', 'host', 'user-agent']);
  };

  // What Node's own sockets read of any object, on the side of the server as well: no library can keep that out.
  const ofNode = ['timeout', 'signal', 'host', 'pipe'];
  const names = Object.keys(traps('http://127.0.0.1:1')).filter((name) => !ofNode.includes(name));

  describe.each(['before', 'after'] as const)('with a transport made %s it was written', (made) => {
    it.each(names)('%s of Object.prototype', (name) =>
      check((stolen) => {
        Object.defineProperty(Object.prototype, name, { value: traps(stolen)[name], configurable: true, writable: true, enumerable: true });
        return () => void Reflect.deleteProperty(Object.prototype, name);
      }, made),
    );

    it('the defaults and the interceptors of axios', () =>
      check((stolen) => {
        const before = { ...axios.defaults };
        Object.assign(axios.defaults, traps(stolen));
        const taken = vi.fn();
        const [first, second] = [axios.interceptors.request.use(taken), axios.interceptors.response.use(taken)];
        return () => {
          axios.interceptors.request.eject(first);
          axios.interceptors.response.eject(second);
          for (const name of Object.keys(traps(stolen))) Reflect.deleteProperty(axios.defaults, name);
          Object.assign(axios.defaults, before);
          expect(taken).not.toHaveBeenCalled();
        };
      }, made),
    );
  });

  it('a proxy of the environment', () =>
    check((stolen) => {
      vi.stubEnv('HTTP_PROXY', stolen);
      vi.stubEnv('http_proxy', stolen);
      return () => void vi.unstubAllEnvs();
    }, 'after'));

  it('every setting that axios knows is said', async () => {
    let said: Readonly<Record<string, unknown>> = {};
    const { host } = await serve((_, response) => response.end(accepted));
    const spy = vi.spyOn(Axios.prototype, 'request').mockImplementation((config) => {
      said = config as unknown as typeof said;
      return Promise.reject(new TransportError('x', 'connect', 'network'));
    });
    await carry(host).catch(() => undefined);
    spy.mockRestore();
    expect(Object.getPrototypeOf(said)).toBe(null);
    // Those of its own defaults, and those that it merges by name.
    for (const name of Object.keys(axios.defaults)) expect(Object.keys(said)).toContain(name);
    expect(Object.entries(said).filter(([, value]) => value === undefined)).toEqual([]);
  });
});

describe('a ready client over axios', () => {
  it('sends, asks and settles against the gateway’s double', async () => {
    const gateway = await startGateway();
    const smsc = createSmsc({ login: 'demo', password: 'demo', host: gateway.url.replace(/\/$/, '') });
    expect(await smsc.send(input)).toMatchObject({ outcome: 'accepted', id: 'm1', parts: 1 });
    expect(await smsc.status({ id: 'm1', phone: input.to })).toMatchObject({ status: expect.any(Number) as number });
    expect(await smsc.balance()).toMatchObject({ balance: '999.615' });
    await gateway.close();
  });
});
