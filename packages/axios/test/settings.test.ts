import { readdirSync, readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { csvFormat, koi8r, send, toRequest, type WireRequest } from '@smsc/protocol';
import { cert } from '@smsc/testing/certificate';
import { whilePolluted } from '@smsc/testing/pollution';
import { type ReceivedRequest, serve, type RecordingServer } from '@smsc/testing/servers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nothingForConnections } from '../src/node-settings.ts';
import { settingsOf } from '../src/settings.ts';
import { serveElsewhere } from './serve.ts';
import { over, versions } from './versions.ts';

const input = { id: 'm1', to: '380501234567', text: 'Ваш код: 4821' };
const credentials = { login: 'alex', password: 'hunter2' };
const request: WireRequest = toRequest(send, input, credentials);
const accepted = '{\n"id": "m1",\n"cnt": 1\n}';

/** Returns the parts of a request that must not depend on pollution or defaults. */
const essence = ({ method, url, headers, body }: ReceivedRequest): unknown => ({
  method,
  url,
  body,
  headers: { ...headers, host: '' },
});

/** Returns the sources of an axios version. */
const sourcesOf = (name: string): readonly string[] => {
  const lib = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'lib');
  return readdirSync(lib, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(lib, file), 'utf8'));
};

/** Returns the names of the settings that an axios version merges or reads. */
const settingNamesIn = (name: string): readonly string[] => {
  const patterns = [
    /\bown\((?:this, )?'(\w+)'\)/g,
    /\bconfig[12]?\.(\w+)/g,
    /hasOwnProp\((?:config[12]?|this), '(\w+)'\)/g,
    /getSafeProp\(config, '(\w+)'\)/g,
    /^ {2}(\w+): (?:merge|valueFrom|defaultTo)\w+,$/gm,
  ];
  return [
    ...new Set(
      sourcesOf(name).flatMap((source) =>
        patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, setting]) => setting!)),
      ),
    ),
  ];
};

/** Names that are not settings: axios itself sets `config.response`, outside of the adapter. */
const notSettings = ['response'];

describe('the settings of a request', () => {
  const settings = settingsOf({
    url: '',
    data: '',
    headers: {},
    signal: new AbortController().signal,
    transport: undefined,
  });

  it.each(['axios', 'axios-oldest'])('include every setting that %s reads', (name) => {
    const read = settingNamesIn(name);
    expect(read.length).toBeGreaterThan(40);
    expect(read).toEqual(
      expect.arrayContaining([
        'auth',
        'baseURL',
        'beforeRedirect',
        'maxRedirects',
        'proxy',
        'transformRequest',
        'validateStatus',
      ]),
    );
    expect(
      read.filter((setting) => !Object.hasOwn(settings, setting) && !notSettings.includes(setting)),
    ).toEqual([]);
  });

  it('include every transitional setting that axios knows', () => {
    const known = sourcesOf('axios').flatMap((source) =>
      [...source.matchAll(/^ {2,}(\w+): validators\.transitional\(/gm)].map(([, name]) => name),
    );
    expect(known.length).toBeGreaterThan(3);
    expect(known.filter((name) => !Object.hasOwn(settings.transitional!, name!))).toEqual([]);
  });

  it('inherit nothing', () => {
    for (const object of [settings, settings.transitional]) expect(Object.getPrototypeOf(object)).toBe(null);
  });
});

const foreignProxy = {
  host: 'stolen.example',
  port: 1,
  hostname: 'stolen.example',
  protocol: 'http:',
  auth: { username: 'stolen', password: 'stolen' },
};
const recordingFunction =
  (called: string[], name: string) =>
  (...args: unknown[]) => (called.push(name), args[0]);

/**
 * Returns values for a polluted prototype: settings of axios, of Node and of this package. `called` collects the
 * functions that were called.
 */
const pollution = (called: string[], other: RecordingServer): Readonly<Record<string, unknown>> => ({
  // axios
  url: other.host,
  baseURL: other.host,
  allowAbsoluteUrls: false,
  method: 'get',
  params: { stolen: 1 },
  paramsSerializer: recordingFunction(called, 'paramsSerializer'),
  headers: { 'x-stolen': '1' },
  common: { 'x-stolen': '1' },
  post: { 'x-stolen': '1' },
  data: 'stolen',
  auth: { username: 'stolen', password: 'stolen' },
  username: 'stolen',
  password: 'stolen',
  proxy: foreignProxy,
  socketPath: '/nowhere.sock',
  allowedSocketPaths: ['/nowhere.sock'],
  transport: { request: recordingFunction(called, 'transport') },
  lookup: recordingFunction(called, 'lookup'),
  beforeRedirect: recordingFunction(called, 'beforeRedirect'),
  beforeRedirects: { config: recordingFunction(called, 'beforeRedirects') },
  maxRedirects: 5,
  maxBodyLength: 1,
  maxContentLength: 1,
  validateStatus: () => (called.push('validateStatus'), false),
  transformRequest: [recordingFunction(called, 'transformRequest')],
  transformResponse: [recordingFunction(called, 'transformResponse')],
  responseType: 'json',
  responseEncoding: 'hex',
  decompress: false,
  xsrfCookieName: 'stolen',
  xsrfHeaderName: 'x-stolen',
  withXSRFToken: true,
  withCredentials: true,
  timeout: 1,
  timeoutErrorMessage: 'stolen',
  signal: new AbortController().signal,
  cancelToken: {
    throwIfRequested: recordingFunction(called, 'cancelToken'),
    subscribe: recordingFunction(called, 'cancelToken'),
    unsubscribe: recordingFunction(called, 'cancelToken'),
  },
  insecureHTTPParser: true,
  formSerializer: { visitor: recordingFunction(called, 'formSerializer') },
  env: { FormData: recordingFunction(called, 'env') },
  adapter: recordingFunction(called, 'adapter'),
  onUploadProgress: recordingFunction(called, 'onUploadProgress'),
  onDownloadProgress: recordingFunction(called, 'onDownloadProgress'),
  maxRate: 1,
  httpVersion: 2,
  http2Options: { a: 1 },
  sensitiveHeaders: ['host'],
  redact: ['a'],
  httpAgent: {},
  httpsAgent: {},
  transitional: { clarifyTimeoutError: false },
  family: 6,
  getHeaders: () => ({ 'x-stolen': '1' }),
  formDataHeaderPolicy: 'all',
  parseReviver: recordingFunction(called, 'parseReviver'),
  fetchOptions: { redirect: 'follow' },
  // Node
  _defaultAgent: {},
  defaultPort: 1,
  setHost: false,
  maxHeaderSize: 1,
  joinDuplicateHeaders: true,
  uniqueHeaders: ['host'],
  createConnection: recordingFunction(called, 'createConnection'),
  agent: false,
  host: 'stolen.example',
  hostname: 'stolen.example',
  port: 1,
  path: '/stolen',
  localAddress: '192.0.2.1',
  localPort: 1,
  fd: 99,
  handle: {},
  onread: {},
  ca: 'stolen',
  cert: 'stolen',
  key: 'stolen',
  pfx: 'stolen',
  passphrase: 'stolen',
  secureContext: {},
  secureProtocol: 'SSLv3_method',
  minVersion: 'TLSv1.9',
  ciphers: 'stolen',
  rejectUnauthorized: false,
  checkServerIdentity: recordingFunction(called, 'checkServerIdentity'),
  servername: 'stolen.example',
  socket: new Duplex(),
  ALPNProtocols: ['stolen'],
  pskCallback: recordingFunction(called, 'pskCallback'),
  hints: -1,
  noDelay: 'stolen',
  keepAlive: 'stolen',
  allowHalfOpen: 'stolen',
  // this package and its requests
  connectTimeoutMs: 1,
  timeoutMs: 1,
  maxReplyBytes: 1,
  axios: { request: recordingFunction(called, 'axios') },
  login: 'stolen',
  apiKey: 'stolen',
  format: csvFormat,
  charset: koi8r,
  body: 'json',
  onProgress: recordingFunction(called, 'onProgress'),
  'x-stolen': '1',
  'content-type': 'stolen',
  'retry-after': 'stolen',
});

/** Property that breaks Node itself: Node's sockets treat it as an event listener. */
const breaksNode = 'timeout';

const clean = new Set(Object.getOwnPropertyNames(Object.prototype));
const unpollute = (): void => {
  for (const name of Object.getOwnPropertyNames(Object.prototype))
    if (!clean.has(name)) Reflect.deleteProperty(Object.prototype, name);
};
afterEach(unpollute);

describe.each(versions)('with axios %s', async (version) => {
  const { axiosTransport, createSmsc, axios } = await over(version);
  const { default: global } = axios;

  describe.each(['http', 'https'])('over %s', (scheme) => {
    const secure = scheme === 'https';
    it('properties added to Object.prototype before or after the start do not change a request', async () => {
      const [{ host, seen }, other] = [
        await serveElsewhere(accepted, { secure }),
        await serve((response) => response.end(accepted)),
      ];
      const trustingAgent = (): Agent => new Agent({ ...nothingForConnections, ca: cert, keepAlive: true });
      const trusting = { host, ...(secure ? { httpsAgent: trustingAgent() } : {}) };
      const before = axiosTransport(trusting);
      await before.send(request);
      const called: string[] = [];
      const all = Object.entries(pollution(called, other));
      for (const [name, value] of all) {
        await whilePolluted({ [name]: value }, async () => {
          // Open a new connection, which could inherit polluted settings.
          const after = axiosTransport(secure ? { ...trusting, httpsAgent: trustingAgent() } : trusting);
          for (const transport of name === breaksNode ? [before, before] : [before, after])
            expect(
              (await transport.send(request).catch((error: unknown) => ({ status: String(error) }))).status,
              name,
            ).toBe(200);
        });
      }
      expect(called).toEqual([]);
      expect(other.seen).toEqual([]);
      const arrived = await seen();
      expect(arrived).toHaveLength(1 + 2 * all.length);
      expect(new Set(arrived.map((each) => JSON.stringify(essence(each)))).size).toBe(1);
    });
  });

  it('defaults and interceptors of axios itself have no effect', async () => {
    const [{ host, seen }, other] = [
      await serve((response) => response.writeHead(307, { location: `${other.host}/` }).end(accepted)),
      await serve((response) => response.end(accepted)),
    ];
    const transport = axiosTransport({ host });
    await transport.send(request);
    const called: string[] = [];
    const defaults = { ...global.defaults };
    const headers = { ...global.defaults.headers.common };
    const ids = [
      global.interceptors.request.use(recordingFunction(called, 'request') as never),
      global.interceptors.response.use(recordingFunction(called, 'response') as never),
    ] as const;
    try {
      Object.assign(global.defaults, pollution(called, other));
      for (const each of [transport, axiosTransport({ host })])
        expect((await each.send(request)).status).toBe(307);
    } finally {
      for (const name of Object.keys(global.defaults))
        if (!Object.hasOwn(defaults, name)) Reflect.deleteProperty(global.defaults, name);
      Object.assign(global.defaults, defaults);
      Object.assign(global.defaults.headers.common, headers);
      global.interceptors.request.eject(ids[0]);
      global.interceptors.response.eject(ids[1]);
    }
    expect(called).toEqual([]);
    expect(other.seen).toEqual([]);
    expect(new Set(seen.map((each) => JSON.stringify(essence(each)))).size).toBe(1);
  });

  it('proxy variables of the environment have no effect', async () => {
    const [{ host, seen }, proxy] = [
      await serve((response) => response.end(accepted)),
      await serve((response) => response.end(accepted)),
    ];
    for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'])
      vi.stubEnv(name, proxy.host);
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
    try {
      expect((await axiosTransport({ host }).send(request)).status).toBe(200);
    } finally {
      vi.unstubAllEnvs();
    }
    expect([seen.length, proxy.seen.length]).toEqual([1, 0]);
  });

  describe('with an axios instance', () => {
    it('the instance’s defaults have no effect', async () => {
      const [{ host, seen }, other] = [
        await serve((response) => response.end(accepted)),
        await serve((response) => response.end(accepted)),
      ];
      const called: string[] = [];
      const instance = global.create({
        ...pollution(called, other),
        headers: { common: { 'x-stolen': '1' }, post: { 'x-stolen': '1' } },
      } as never);
      await axiosTransport({ host }).send(request);
      expect((await axiosTransport({ host, axios: instance }).send(request)).status).toBe(200);
      expect(other.seen).toEqual([]);
      expect(called).toEqual([]);
      expect(seen).toHaveLength(2);
      expect(essence(seen[1]!)).toEqual(essence(seen[0]!));
    });

    it('interceptors see the request without its body and the response, and change nothing', async () => {
      const [{ host, seen }, other] = [
        await serve((response) => response.end(accepted)),
        await serve((response) => response.end('stolen')),
      ];
      const instance = global.create();
      const watched: unknown[] = [];
      instance.interceptors.request.use((config) => {
        watched.push([
          config.method,
          config.url,
          config.data as unknown,
          JSON.stringify(config).includes('hunter2'),
        ]);
        return {
          ...config,
          url: other.host,
          method: 'put',
          maxRedirects: 9,
          data: 'stolen',
          proxy: foreignProxy,
        } as never;
      });
      instance.interceptors.response.use((response) => {
        watched.push([response.status, String(response.data)]);
        return 'stolen' as never;
      });
      const sent = await createSmsc({ ...credentials, host, axios: instance }).send(input);
      expect(sent).toMatchObject({ outcome: 'accepted', id: 'm1' });
      expect(watched).toEqual([
        ['post', `${host}/sys/send.php`, undefined, false],
        [200, accepted],
      ]);
      expect([seen.length, other.seen.length]).toEqual([1, 0]);
    });

    it('a retrying interceptor sends once and sees no secret', async () => {
      const { host, seen } = await serve((response) => void response.socket?.destroy());
      const instance = global.create();
      const errors: string[] = [];
      let tries = 0;
      instance.interceptors.response.use(undefined, async (error: Error & { readonly config: object }) => {
        errors.push(
          JSON.stringify(error),
          String(error),
          inspect(error, { depth: Infinity, showHidden: true }),
        );
        if (++tries === 4) throw error;
        return instance.request(error.config);
      });
      const sent = await createSmsc({ ...credentials, host, axios: instance }).send(input);
      expect(sent).toMatchObject({
        outcome: 'unknown',
        error: { kind: 'transport', phase: 'sent', reason: 'network' },
      });
      expect(tries).toBe(4);
      expect(seen).toHaveLength(1);
      expect(errors.join()).not.toMatch(/hunter2|4821|380501234567/);
    });

    it('an interceptor that rejects sends nothing, and one that hangs delays neither response nor timeout', async () => {
      const { host, seen } = await serve((response) => response.end(accepted));
      const refusing = global.create();
      refusing.interceptors.request.use(() => Promise.reject(new Error('hunter2')));
      expect(await createSmsc({ ...credentials, host, axios: refusing }).send(input)).toMatchObject({
        outcome: 'not-sent',
        error: { message: 'send: failed (no code); nothing was sent' },
      });
      const hanging = global.create();
      let proceed: (() => void) | undefined;
      hanging.interceptors.request.use(
        (config) => new Promise((resolve) => (proceed = () => resolve(config))),
      );
      expect(
        await createSmsc({ ...credentials, host, axios: hanging, timeoutMs: 30 }).send(input),
      ).toMatchObject({ outcome: 'not-sent', error: { reason: 'timeout' } });
      proceed?.();
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(seen).toEqual([]);
      const slow = global.create();
      slow.interceptors.response.use(() => new Promise(() => undefined));
      expect(
        await createSmsc({ ...credentials, host, axios: slow, timeoutMs: 60 }).send(input),
      ).toMatchObject({ outcome: 'accepted' });
      const broken = global.create();
      broken.interceptors.response.use(() => Promise.reject(new Error('mine')));
      expect(await createSmsc({ ...credentials, host, axios: broken }).send(input)).toMatchObject({
        outcome: 'accepted',
      });
      expect(seen).toHaveLength(2);
    });
  });
});
