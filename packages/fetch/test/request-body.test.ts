import { describe, expect, it } from 'vitest';
import { failedToConnect } from '../src/request-body.ts';

const url = 'error sending request for url (http://127.0.0.1:9/sys/send.php)';
const failed = (message: string): Error => new TypeError('fetch failed', { cause: new Error(message) });

describe("an error of Deno's own fetch", () => {
  it.each([
    'client error (Connect): tcp connect error: Connection refused (os error 111)',
    'client error (Connect): dns error: failed to lookup address information: Name or service not known',
    'client error (Connect): invalid peer certificate: UnknownIssuer',
  ])('proves that no connection was established: %s', (problem) => {
    const error = failed(`${url}: ${problem}`);
    expect([failedToConnect(error, false), failedToConnect(error, true)]).toEqual([true, false]);
  });

  it.each<readonly [string, unknown]>([
    [
      'Deno was already sending',
      failed(`${url}: client error (SendRequest): connection closed before message completed`),
    ],
    ['the connection was reset', failed('Connection reset by peer (os error 104)')],
    [
      'it quotes the names of a certificate',
      failed(`${url}: client error (Connect): invalid peer certificate: only valid for DnsName("a.example")`),
    ],
    ['other text follows', failed(`${url}: client error (Connect): dns error\nsaid the server`)],
    ['other text precedes', failed(`the server said: ${url}: client error (Connect): dns error`)],
    ['the message is not that of the cause', new Error(`${url}: client error (Connect): dns error`)],
    ['there is no cause', new TypeError('fetch failed')],
    ['it is no error', undefined],
    ['it is a text', `${url}: client error (Connect): dns error`],
    ['it is inherited', Object.create({ cause: { message: `${url}: client error (Connect): dns error` } })],
  ])('proves nothing if %s', (_, error) => {
    expect(failedToConnect(error, false)).toBe(false);
  });
});

describe('an error of node-fetch', () => {
  it.each([
    { code: 'ECONNREFUSED', erroredSysCall: 'connect' },
    { code: 'ENOTFOUND', erroredSysCall: 'getaddrinfo' },
    { code: 'EAI_AGAIN', erroredSysCall: 'getaddrinfo' },
  ])('proves that no connection was established: %o', (members) => {
    const error = Object.assign(new Error('failed'), { type: 'system', ...members });
    expect([failedToConnect(error, true), failedToConnect(error, false)]).toEqual([true, false]);
  });

  it.each([
    { code: 'EHOSTUNREACH', erroredSysCall: 'read' },
    { code: 'ECONNREFUSED' },
    { code: 'CERT_HAS_EXPIRED' },
    { erroredSysCall: 'connect\n' },
    { cause: { code: 'ECONNREFUSED', erroredSysCall: 'connect' } },
    { message: '{"erroredSysCall":"connect"}' },
  ])('proves nothing: %o', (members) => {
    expect(failedToConnect(Object.assign(new Error('failed'), members), true)).toBe(false);
  });
});
