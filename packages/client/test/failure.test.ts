import { TransportError } from '@smsc/protocol';
import { describe, expect, it } from 'vitest';
import { type HttpExchange, transportOver } from '../src/adapter.ts';
import { codeOf } from '../src/transport/failure.ts';

const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
const fetchFailed = (cause: unknown): Error => new TypeError('fetch failed', { cause });

/** Makes an attempt over an exchange, and returns the phase of its error. */
async function phaseOf(exchange: HttpExchange): Promise<unknown> {
  const request = {
    operation: 'send',
    path: 'sys/send.php',
    body: { kind: 'text', contentType: 'text/plain', text: 'a' },
  } as const;
  const error: unknown = await transportOver(exchange, {})
    .send(request)
    .catch((thrown: unknown) => thrown);
  return error instanceof TransportError ? [error.phase, error.mayHaveHappened] : error;
}

// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an exchange may reject with anything
const throws = (error: unknown): Promise<never> => Promise.reject(error);

/** Errors that look as if nothing had been sent, and errors that do not. */
const errors: readonly (readonly [name: string, error: unknown])[] = [
  ['no server listens', fetchFailed(refused)],
  ['the host is unreachable', fetchFailed({ code: 'EHOSTUNREACH', syscall: 'connect' })],
  ['the name does not resolve', fetchFailed({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
  ['the name server does not answer', fetchFailed({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
  [
    'node-fetch reports it with its own members',
    { type: 'system', code: 'ECONNREFUSED', erroredSysCall: 'connect' },
  ],
  ['a wrapper of node-fetch adds an error', new Error('x', { cause: { erroredSysCall: 'getaddrinfo' } })],
  ['the host becomes unreachable during a read', fetchFailed({ code: 'EHOSTUNREACH', syscall: 'read' })],
  ['the network becomes unreachable during a write', fetchFailed({ code: 'ENETUNREACH', syscall: 'write' })],
  ['an established connection is refused', fetchFailed({ code: 'ECONNREFUSED', syscall: 'read' })],
  ['node-fetch reports an error of a read', { code: 'EHOSTUNREACH', erroredSysCall: 'read' }],
  ['an error has a code, but no system call', fetchFailed({ code: 'ECONNREFUSED' })],
  ['a name does not resolve, in an unknown system call', fetchFailed({ code: 'ENOTFOUND' })],
  ['an error contains several failures', new AggregateError([refused, refused])],
  ['the connection times out in undici, whose body shows the phase', { code: 'UND_ERR_CONNECT_TIMEOUT' }],
  ...[
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ].map((code) => [`a certificate is refused, possibly in a second handshake (${code})`, { code }] as const),
  ...[
    'ECONNREFUSED: Unable to connect. Is the computer able to access the url?',
    'error sending request for url (http://127.0.0.1:9/sys/send.php): client error (Connect): tcp connect error: Connection refused (os error 111)',
    'connect ECONNREFUSED 127.0.0.1:443',
    'getaddrinfo ENOTFOUND smsc.ua',
  ].map((message) => [`only the message says so (${message})`, fetchFailed(new Error(message))] as const),
  [
    'a TLS alert arrives, possibly after data was sent',
    fetchFailed({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }),
  ],
  ['the headers time out', fetchFailed({ code: 'UND_ERR_HEADERS_TIMEOUT' })],
  ['the server closes the connection', fetchFailed({ code: 'UND_ERR_SOCKET' })],
  [
    'Bun reports that the connection was closed',
    Object.assign(new TypeError('ECONNRESET: The socket connection was closed unexpectedly.'), {
      code: 'ECONNRESET',
    }),
  ],
  [
    'Deno reports that the connection was reset',
    fetchFailed(new Error('Connection reset by peer (os error 104)')),
  ],
  [
    'Deno was already sending',
    fetchFailed(
      new Error(
        'error sending request for url (http://127.0.0.1:9/sys/send.php): client error (SendRequest): connection closed before message completed',
      ),
    ),
  ],
  [
    'node-fetch quotes a Location header that looks like a message of Deno',
    Object.assign(
      new Error(
        'uri requested responds with an invalid redirect URL: http://[error sending request for url (http://127.0.0.1/sys/send.php): client error (Connect): tcp connect error: Connection refused (os error 111)',
      ),
      { type: 'invalid-redirect' },
    ),
  ],
  ['a system call only begins like proof', { syscall: 'connect\n' }],
  ['the members are in a quoted text', new Error('{"syscall":"connect","code":"CERT_HAS_EXPIRED"}')],
  ['a page does not see the cause', new TypeError('Failed to fetch')],
  ['the connection is reset', { code: 'ECONNRESET', syscall: 'read' }],
  ['it is aborted', new DOMException('aborted', 'AbortError')],
  ['the error is undefined', undefined],
  ['the error is null', null],
  ['the error is a text', 'connect'],
];

describe('an error is no evidence, only the phase that the exchange observed is', () => {
  it.each(errors)('if %s', async (_, error) => {
    expect(await phaseOf(() => throws(error))).toEqual(['sent', true]);
    expect(
      await phaseOf(({ reached }) => {
        reached('connect');
        reached('sent');
        return throws(error);
      }),
    ).toEqual(['sent', true]);
    expect(await phaseOf(({ reached }) => (reached('connect'), throws(error)))).toEqual(['connect', false]);
  });
});

it('nothing that is reported after the reply began makes a request unsent', async () => {
  expect(
    await phaseOf(({ reached }) => {
      reached('reply');
      reached('sent');
      reached('connect');
      return throws(refused);
    }),
  ).toEqual(['reply', true]);
});

it('codeOf finds a code in an error or its cause, and ignores values that are not codes', () => {
  expect(codeOf(fetchFailed({ code: 'ECONNRESET' }))).toBe('ECONNRESET');
  expect(codeOf({ code: 'EPIPE', cause: { code: 'OTHER' } })).toBe('EPIPE');
  expect(codeOf({ code: '380501234567' })).toBe('no code');
  expect(codeOf(new DOMException('aborted', 'AbortError'))).toBe('no code');
  expect(codeOf(undefined)).toBe('no code');
});
