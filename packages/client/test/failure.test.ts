import { describe, expect, it } from 'vitest';
import { codeOf, surelyNotSent } from '../src/transport/failure.ts';

const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
const fetchFailed = (cause: unknown): Error => new TypeError('fetch failed', { cause });

describe('nothing was sent', () => {
  it.each<readonly [name: string, error: unknown]>([
    ['nobody listens', fetchFailed(refused)],
    [
      'nobody listens, at any address of a name',
      fetchFailed(
        Object.assign(new AggregateError([refused, { code: 'ETIMEDOUT', syscall: 'connect' }]), {
          code: 'ECONNREFUSED',
        }),
      ),
    ],
    ['there is no way there', fetchFailed({ code: 'EHOSTUNREACH', syscall: 'connect' })],
    ['the name is not known', fetchFailed({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['the name server does not answer', fetchFailed({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
    [
      'node-fetch says so, in words of its own',
      { type: 'system', code: 'ECONNREFUSED', erroredSysCall: 'connect' },
    ],
    ['there is no connection in time', fetchFailed({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['the certificate has expired', fetchFailed({ code: 'CERT_HAS_EXPIRED' })],
    ['the certificate is of another name', fetchFailed({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    ['the certificate is its own', fetchFailed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['a certificate in the chain is its own', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['nobody vouches for the certificate', fetchFailed({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })],
    [
      'Bun says that it could not connect',
      Object.assign(
        new TypeError('ECONNREFUSED: Unable to connect. Is the computer able to access the url?'),
        { code: 'ECONNREFUSED', errno: 0 },
      ),
    ],
    [
      'an older Bun says so',
      Object.assign(new Error('Unable to connect. Is the computer able to access the url?'), {
        code: 'ConnectionRefused',
      }),
    ],
    [
      'Deno says that it could not connect',
      fetchFailed(
        new Error(
          'error sending request for url (http://127.0.0.1:9/sys/send.php): client error (Connect): tcp connect error: Connection refused (os error 111)',
        ),
      ),
    ],
    [
      'Deno knows no such name',
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
  ])('when %s', (_, error) => {
    expect(surelyNotSent(error)).toBe(true);
  });
});

describe('it may have been sent', () => {
  it.each<readonly [name: string, error: unknown]>([
    ['the way there is lost while it is read', fetchFailed({ code: 'EHOSTUNREACH', syscall: 'read' })],
    ['the way there is lost while it is written', fetchFailed({ code: 'ENETUNREACH', syscall: 'write' })],
    ['a connection that stood is refused', fetchFailed({ code: 'ECONNREFUSED', syscall: 'read' })],
    ['node-fetch says so', { code: 'EHOSTUNREACH', erroredSysCall: 'read' }],
    ['a code stands alone', fetchFailed({ code: 'ECONNREFUSED' })],
    ['a name is lost in nobody knows what', fetchFailed({ code: 'ENOTFOUND' })],
    [
      'only one of several attempts did not connect',
      new AggregateError([refused, { code: 'ECONNRESET', syscall: 'read' }]),
    ],
    ['there were no attempts at all', new AggregateError([])],
    [
      'an alert came, behind which there can be data',
      fetchFailed({ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }),
    ],
    ['headers do not come in time', fetchFailed({ code: 'UND_ERR_HEADERS_TIMEOUT' })],
    ['the other side hangs up', fetchFailed({ code: 'UND_ERR_SOCKET' })],
    [
      'Bun says that the connection was closed',
      Object.assign(new TypeError('ECONNRESET: The socket connection was closed unexpectedly.'), {
        code: 'ECONNRESET',
      }),
    ],
    [
      'Deno says that the connection was reset',
      fetchFailed(new Error('Connection reset by peer (os error 104)')),
    ],
    [
      'Deno was sending already',
      fetchFailed(
        new Error(
          'error sending request for url (http://127.0.0.1:9/sys/send.php): client error (SendRequest): connection closed before message completed',
        ),
      ),
    ],
    ['a page is not told why', new TypeError('Failed to fetch')],
    ['the connection is reset', { code: 'ECONNRESET', syscall: 'read' }],
    ['it is aborted', new DOMException('aborted', 'AbortError')],
    ['nothing is said', undefined],
    ['null is said', null],
    ['a text is said', 'connect'],
  ])('when %s', (_, error) => {
    expect(surelyNotSent(error)).toBe(false);
  });
});

it('a code is named, wherever it stands, and nothing that is none', () => {
  expect(codeOf(fetchFailed({ code: 'ECONNRESET' }))).toBe('ECONNRESET');
  expect(codeOf({ code: 'EPIPE', cause: { code: 'OTHER' } })).toBe('EPIPE');
  expect(codeOf({ code: '380501234567' })).toBe('no code');
  expect(codeOf(new DOMException('aborted', 'AbortError'))).toBe('no code');
  expect(codeOf(undefined)).toBe('no code');
});
