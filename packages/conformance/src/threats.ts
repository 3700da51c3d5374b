import { type Case, cases } from './cases.ts';
import { certificate } from './certificate.ts';
import { secrets } from './trial.ts';

/** Something that has been added to every object. */
export interface Pollution {
  readonly name: string;
  /** What JSON can hold: such things come from inputs. */
  readonly value: unknown;
  /** Where the request goes: to a server that answers, to one that ends the connection when it has the request, or to one whose certificate nobody trusts. */
  readonly to: 'server' | 'silent' | 'untrusted';
}

/** Where nothing may go. */
export interface Elsewhere {
  readonly socket: string;
  readonly port: number;
}

/** A named way to get at what a request holds, and what is tried of it. */
export type Threat = { readonly name: string } & (
  | { readonly cases: readonly Case[] }
  | { readonly pollutions: (elsewhere: Elsewhere) => readonly Pollution[] }
  /** Addresses that the gateway is asked to fetch a file from: taken, or refused. */
  | { readonly fileUrls: { readonly taken: readonly string[]; readonly refused: readonly string[] } }
  /** Places to send to, all refused; `{port}` is that of a server that listens. */
  | { readonly hosts: readonly string[] }
  /** Command lines, all refused; each ends with a secret. */
  | { readonly argv: readonly (readonly string[])[] }
);

const to = (place: Pollution['to'], pollutions: Readonly<Record<string, unknown>>): readonly Pollution[] =>
  Object.entries(pollutions).map(([name, value]) => ({ name, value, to: place }));

const pollutions = ({ socket, port }: Elsewhere): readonly Pollution[] => [
  // Another place, another request.
  ...to('server', {
    socketPath: socket,
    path: socket,
    host: `127.0.0.1:${port}`,
    hostname: '127.0.0.2',
    port,
    protocol: 'http:',
    defaultPort: port,
    origin: `http://127.0.0.1:${port}`,
    baseURL: `http://127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    proxy: { host: '127.0.0.1', port },
    connect: { socketPath: socket },
    agent: false,
    dispatcher: {},
    lookup: 1,
    family: 6,
    localAddress: '127.0.0.9',
    auth: 'stolen:stolen',
    username: 'stolen',
    password: 'stolen',
    http_proxy: `http://127.0.0.1:${port}`,
    HTTP_PROXY: `http://127.0.0.1:${port}`,
    NODE_USE_ENV_PROXY: '1',
    headers: { 'x-stolen': '1' },
    method: 'GET',
    query: { stolen: 1 },
    params: { stolen: 1 },
    body: 'stolen',
    data: 'stolen',
    referrer: 'https://stolen.example/',
    referrerPolicy: 'unsafe-url',
    credentials: 'include',
    cookie: 'stolen',
    redirect: 'follow',
    maxRedirects: 5,
    maxRedirections: 5,
    follow: 5,
    keepalive: true,
    duplex: 'half',
    cache: 'force-cache',
    integrity: 'sha256-x',
    mode: 'no-cors',
    window: 'x',
    signal: {},
    timeout: 1,
    insecureHTTPParser: true,
    maxHeaderSize: 1,
    compress: false,
    size: 1,
    highWaterMark: 1,
    maxBodyLength: 1,
    transformRequest: [],
    httpVersion: 2,
    type: 'x',
    upgrade: 'x',
    expectContinue: true,
    status: 307,
    constants: {},
    error: {},
  }),
  // What a failure is called, and what follows from it.
  ...to('silent', {
    code: 'ECONNREFUSED',
    syscall: 'connect',
    erroredSysCall: 'connect',
    errors: [{ syscall: 'connect' }],
    cause: { syscall: 'connect' },
    error: { syscall: 'connect' },
    message: 'Unable to connect. ',
    kind: 'transport',
    phase: 'connect',
    mayHaveHappened: false,
    reason: 'held-back',
    constants: { ECONNREFUSED: 1 },
  }),
  // Whom to trust.
  ...to('untrusted', {
    ca: certificate,
    rejectUnauthorized: false,
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    servername: 'gateway.test',
    checkServerIdentity: false,
    secureProtocol: 'TLSv1_2_method',
    minVersion: 'TLSv1',
    ciphers: 'NULL',
    allowPartialTrustChain: true,
    requestCert: false,
    secureContext: {},
  }),
];

const named = (begins: RegExp): readonly Case[] => cases.filter(({ fault }) => begins.test(fault));

/** All of them. */
export const threats: readonly Threat[] = [
  {
    name: 'redirect with body',
    cases: named(/^redirect /).flatMap((one) => [
      one,
      { ...one, trial: { ...one.trial, message: 'files' } } satisfies Case,
    ]),
  },
  { name: 'prototype pollution before and after start-up', pollutions },
  { name: 'CRLF and quote in file names', cases: named(/^a form with names that no header can hold$/) },
  {
    name: 'oversized and endless bodies',
    cases: named(
      /^(?:packed answer that never ends|answer larger than the limit|answer without an end|chunks without an end)/,
    ),
  },
  {
    name: '`fileurl` schemes',
    fileUrls: {
      taken: ['https://shop.example/a.png', 'http://shop.example/a.png', 'HTTPS://shop.example/a.png?b=1#c'],
      refused: [
        'file:///etc/passwd',
        'ftp://shop.example/a',
        'gopher://shop.example/a',
        'data:text/plain,a',
        'javascript:alert(1)',
        'jar:http://shop.example!/a',
        'dict://127.0.0.1:11211/',
        '//shop.example/a',
        '/etc/passwd',
        'shop.example/a',
        'https:shop.example',
        'https://',
        'https://user:word@shop.example/',
        ' https://shop.example/',
        'https://shop.example/\r\nx: y',
        'https:\\\\shop.example\\a',
      ],
    },
  },
  {
    name: 'absolute URLs as hosts',
    hosts: [
      'https://127.0.0.1:{port}/elsewhere',
      'http://127.0.0.1:{port}/elsewhere',
      'http://127.0.0.1:{port}/?a=',
      'http://127.0.0.1:{port}/#',
      'http://user:word@127.0.0.1:{port}',
      'https://smsc.ua@127.0.0.1:{port}',
      '127.0.0.1:{port}/elsewhere',
      'smsc.ua@127.0.0.1:{port}',
      '//127.0.0.1:{port}',
      '/elsewhere',
      '',
      'https://',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:,a',
      'ftp://127.0.0.1:{port}',
      'ws://127.0.0.1:{port}',
      'unix:/tmp/a',
      'gateway.invalid\r\nx: y',
      'gateway.invalid?',
    ],
  },
  {
    name: 'http to a non-loopback host refused',
    hosts: [
      'http://0.0.0.0:{port}',
      'http://[::]:{port}',
      'http://[::ffff:127.0.0.1]:{port}',
      'http://gateway.invalid',
      'http://127.0.0.1.gateway.invalid',
      'http://localhost.gateway.invalid',
      'http://192.0.2.1',
      'http://10.0.0.1',
    ],
  },
  {
    name: 'secrets in argv refused',
    argv: [
      '--password',
      '--psw',
      '--api-key',
      '--apikey',
      '--apiKey',
      '--api_key',
      '--key',
      '--login',
      '--secret',
      '--token',
      '-p',
      '--SMSC_API_KEY',
    ].flatMap((flag) => [[`${flag}=${secrets.password}`], [flag, secrets.password]]),
  },
];
