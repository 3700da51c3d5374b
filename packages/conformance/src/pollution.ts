import { certificate } from './certificate.ts';

/** A property that is added to `Object.prototype`. */
export interface Pollution {
  /** Name of the property. */
  readonly name: string;
  /** Value of the property. Always a JSON value, because real pollutions come from parsed input. */
  readonly value: unknown;
  /**
   * Server that the request goes to. `server` responds. `closing` closes the connection after the request. `untrusted` has a
   * certificate that is not trusted.
   */
  readonly to: 'server' | 'closing' | 'untrusted';
}

/** Local addresses to which the transport must send nothing. */
export interface ForbiddenTargets {
  /** Path of a Unix socket. */
  readonly socket: string;
  /** Local TCP port. */
  readonly port: number;
}

const pollutionsOf = (
  to: Pollution['to'],
  properties: Readonly<Record<string, unknown>>,
): readonly Pollution[] => Object.entries(properties).map(([name, value]) => ({ name, value, to }));

/** Properties that could send the request to another address. */
const addressProperties = ({ socket, port }: ForbiddenTargets): Readonly<Record<string, unknown>> => ({
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
});

/** Properties that could change the request or how its response is read. */
const requestProperties: Readonly<Record<string, unknown>> = {
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
};

/** Properties that could make an error look as if nothing was sent. */
const errorProperties: Readonly<Record<string, unknown>> = {
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
};

/** Properties that could weaken the check of the certificate. */
const tlsProperties: Readonly<Record<string, unknown>> = {
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
};

/** Creates all pollutions that a transport is tested with. */
export const createPollutions = (targets: ForbiddenTargets): readonly Pollution[] => [
  ...pollutionsOf('server', { ...addressProperties(targets), ...requestProperties }),
  ...pollutionsOf('closing', errorProperties),
  ...pollutionsOf('untrusted', tlsProperties),
];
