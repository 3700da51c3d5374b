import { describe, expect, it } from 'vitest';
import { codeOf, surelyNotSent } from '../src/transport/failure.ts';

const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
const fetchFailed = (cause: unknown): Error => new TypeError('fetch failed', { cause });

describe('an error proves that nothing was sent', () => {
  it.each<readonly [name: string, error: unknown]>([
    ['no server listens', fetchFailed(refused)],
    [
      'no server listens at any address of a name',
      fetchFailed(
        Object.assign(new AggregateError([refused, { code: 'ETIMEDOUT', syscall: 'connect' }]), {
          code: 'ECONNREFUSED',
        }),
      ),
    ],
    ['the host is unreachable', fetchFailed({ code: 'EHOSTUNREACH', syscall: 'connect' })],
    ['the name does not resolve', fetchFailed({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['the name server does not answer', fetchFailed({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
    [
      'node-fetch reports it with its own members',
      { type: 'system', code: 'ECONNREFUSED', erroredSysCall: 'connect' },
    ],
    ['the connection times out', fetchFailed({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['the certificate has expired', fetchFailed({ code: 'CERT_HAS_EXPIRED' })],
    ['the certificate is for another name', fetchFailed({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    ['the certificate is self-signed', fetchFailed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['a certificate in the chain is self-signed', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['the issuer of the certificate is unknown', fetchFailed({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })],
    [
      'Bun reports that it could not connect',
      Object.assign(
        new TypeError('ECONNREFUSED: Unable to connect. Is the computer able to access the url?'),
        { code: 'ECONNREFUSED', errno: 0 },
      ),
    ],
    [
      'an older Bun reports that it could not connect',
      Object.assign(new Error('Unable to connect. Is the computer able to access the url?'), {
        code: 'ConnectionRefused',
      }),
    ],
    [
      'Deno reports that it could not connect',
      fetchFailed(
        new Error(
          'error sending request for url (http://127.0.0.1:9/sys/send.php): client error (Connect): tcp connect error: Connection refused (os error 111)',
        ),
      ),
    ],
    [
      'Deno cannot resolve the name',
      fetchFailed(
        new Error(
          'error sending request for url (https://smsc.invalid/sys/send.php): client error (Connect): dns error: failed to lookup address information: Name or service not known',
        ),
      ),
    ],
    [
      'Deno refuses the certificate',
      fetchFailed(
        new Error(
          'error sending request for url (https://127.0.0.1:9/sys/send.php): client error (Connect): invalid peer certificate: UnknownIssuer',
        ),
      ),
    ],
  ])('if %s', (_, error) => {
    expect(surelyNotSent(error)).toBe(true);
  });
});

describe('an error does not prove that nothing was sent', () => {
  it.each<readonly [name: string, error: unknown]>([
    ['the host becomes unreachable during a read', fetchFailed({ code: 'EHOSTUNREACH', syscall: 'read' })],
    [
      'the network becomes unreachable during a write',
      fetchFailed({ code: 'ENETUNREACH', syscall: 'write' }),
    ],
    ['an established connection is refused', fetchFailed({ code: 'ECONNREFUSED', syscall: 'read' })],
    ['node-fetch reports an error of a read', { code: 'EHOSTUNREACH', erroredSysCall: 'read' }],
    ['an error has a code, but no system call', fetchFailed({ code: 'ECONNREFUSED' })],
    ['a name does not resolve, in an unknown system call', fetchFailed({ code: 'ENOTFOUND' })],
    [
      'only one of several attempts did not connect',
      new AggregateError([refused, { code: 'ECONNRESET', syscall: 'read' }]),
    ],
    ['there were no attempts at all', new AggregateError([])],
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
    [
      'a message of Bun precedes other text',
      new Error('Unable to connect. Is the computer able to access the url? No, said the server'),
    ],
    ['only a part of a message of Bun is there', new Error('Unable to connect. Try http://a.example')],
    [
      'a message of Deno quotes the names of a certificate',
      fetchFailed(
        new Error(
          'error sending request for url (https://127.0.0.1:9/a): client error (Connect): invalid peer certificate: certificate is only valid for DnsName("a.example")',
        ),
      ),
    ],
    ['a code only begins like proof', fetchFailed({ code: 'CERT_HAS_EXPIRED: said the server' })],
    ['a code only ends like proof', fetchFailed({ code: 'the server said SELF_SIGNED_CERT' })],
    ['a system call only begins like proof', { syscall: 'connect\n' }],
    ['the members are in a quoted text', new Error('{"syscall":"connect","code":"CERT_HAS_EXPIRED"}')],
    ['a page does not see the cause', new TypeError('Failed to fetch')],
    ['the connection is reset', { code: 'ECONNRESET', syscall: 'read' }],
    ['it is aborted', new DOMException('aborted', 'AbortError')],
    ['the error is undefined', undefined],
    ['the error is null', null],
    ['the error is a text', 'connect'],
  ])('if %s', (_, error) => {
    expect(surelyNotSent(error)).toBe(false);
  });
});

it('codeOf finds a code in an error or its cause, and ignores values that are not codes', () => {
  expect(codeOf(fetchFailed({ code: 'ECONNRESET' }))).toBe('ECONNRESET');
  expect(codeOf({ code: 'EPIPE', cause: { code: 'OTHER' } })).toBe('EPIPE');
  expect(codeOf({ code: '380501234567' })).toBe('no code');
  expect(codeOf(new DOMException('aborted', 'AbortError'))).toBe('no code');
  expect(codeOf(undefined)).toBe('no code');
});
