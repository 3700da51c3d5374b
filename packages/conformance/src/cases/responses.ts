import { gzipSync } from 'node:zlib';
import type { Case } from '../case.ts';
import { acceptedBody, cors, onEachRequest, respondWith, smallLimit } from './steps.ts';

const gzippedBody = gzipSync(acceptedBody);
/** About 30 kB of gzip data that expand to 30 MB of zeros. */
const gzipBomb = gzipSync(Buffer.alloc(30_000_000));
const gzipHeader = { headers: 'content-encoding: gzip\r\n' };

/** Expectation for a response that exceeds the limit and does not end. */
const exceedsLimit = { trial: smallLimit, outcome: 'unknown', mustClose: true } as const;
const largeChunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;

/** Responses whose end is marked wrongly, or not at all. */
const framing: readonly Case[] = [
  {
    title: 'Content-Length is too short',
    script: onEachRequest(respondWith(acceptedBody, { length: 10 }), { wait: 20 }, 'end'),
    outcome: 'unknown',
  },
  {
    title: 'Content-Length is too long',
    script: onEachRequest(respondWith(acceptedBody, { length: 99 }), { wait: 20 }, 'end'),
    outcome: 'unknown',
  },
  {
    title: 'the response has no length and ends with the connection',
    script: onEachRequest(
      respondWith(acceptedBody, { headers: 'connection: close\r\n', length: 'none' }),
      'end',
    ),
    outcome: 'accepted',
  },
  {
    title: 'garbage follows some time after the response',
    script: onEachRequest(respondWith(), { wait: 60 }, { send: 'garbage' }, { wait: 20 }, 'end'),
    outcome: 'accepted',
  },
  {
    title: 'garbage follows directly after the response',
    script: onEachRequest(
      respondWith(`${acceptedBody}garbage`, { length: acceptedBody.length }),
      { wait: 20 },
      'end',
    ),
    outcome: 'accepted',
  },
  {
    title: 'the server does not speak HTTP',
    script: onEachRequest({ send: 'SSH-2.0-OpenSSH_9.6\r\n' }, { wait: 20 }, 'end'),
    outcome: 'unknown',
  },
];

/** Responses that are compressed or too large. */
const sizes: readonly Case[] = [
  {
    title: 'the response is compressed',
    script: onEachRequest(respondWith(gzippedBody, gzipHeader)),
    outcome: 'accepted',
  },
  {
    title: 'the compressed response is cut off',
    script: onEachRequest(respondWith(gzippedBody.subarray(0, 20), gzipHeader)),
    outcome: 'unknown',
  },
];

/** Responses larger than `maxReplyBytes`. */
export const oversizedCases: readonly Case[] = [
  {
    title: 'the compressed response expands beyond the limit',
    script: onEachRequest(respondWith(gzipBomb, gzipHeader)),
    trial: smallLimit,
    outcome: 'unknown',
  },
  {
    title: 'the response is larger than the limit',
    script: onEachRequest(respondWith(' '.repeat(100_001) + acceptedBody)),
    trial: smallLimit,
    outcome: 'unknown',
  },
  {
    title: 'the response never ends',
    script: onEachRequest({ send: `HTTP/1.1 200 OK\r\n${cors}\r\n` }, { endless: ' '.repeat(65_536) }),
    ...exceedsLimit,
  },
  ...[
    { position: 'before', headers: 'content-length: 22\r\ntransfer-encoding: chunked\r\n' },
    { position: 'after', headers: 'transfer-encoding: chunked\r\ncontent-length: 22\r\n' },
  ].map(({ position, headers }): Case => ({
    title: `the chunks never end, with Content-Length ${position} Transfer-Encoding`,
    script: onEachRequest({ send: `HTTP/1.1 200 OK\r\n${cors}${headers}\r\n` }, { endless: largeChunk }),
    ...exceedsLimit,
    reason: 'Content-Length has no effect on a chunked response',
  })),
];

/** Responses without a body, and interim responses. */
const statusCodes: readonly Case[] = [
  {
    title: 'the response has no content (204)',
    script: onEachRequest({ send: `HTTP/1.1 204 No Content\r\n${cors}\r\n` }),
    outcome: 'unknown',
  },
  {
    title: 'the response body is empty',
    script: onEachRequest(respondWith('')),
    outcome: 'unknown',
  },
  {
    title: '100 Continue precedes the response',
    script: onEachRequest({ send: 'HTTP/1.1 100 Continue\r\n\r\n' }, { wait: 20 }, respondWith()),
    outcome: 'accepted',
  },
  {
    title: '103 Early Hints precedes the response',
    script: onEachRequest(
      { send: 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n' },
      { wait: 20 },
      respondWith(),
    ),
    outcome: 'accepted',
  },
];

/** Error statuses with `Retry-After`. */
const retryAfterCases: readonly Case[] = [
  { status: '408 Request Timeout', retryAfter: '7' },
  { status: '429 Too Many Requests', retryAfter: '7' },
  { status: '503 Service Unavailable', retryAfter: '7' },
  { status: '503 Service Unavailable', retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' },
].map(({ status, retryAfter }) => ({
  title: `status ${status.slice(0, 3)} comes with Retry-After as ${retryAfter === '7' ? 'seconds' : 'a date'}`,
  script: onEachRequest(respondWith('<html>', { headers: `retry-after: ${retryAfter}\r\n`, status })),
  outcome: 'unknown',
  requests: 1,
  retryAfter,
}));

/** Responses that do not come from the gateway, or are encoded in an unusual way. */
const contents: readonly Case[] = [
  {
    title: 'a proxy responds with an error page (502)',
    script: onEachRequest(respondWith('<html><h1>Bad Gateway</h1>', { status: '502 Bad Gateway' })),
    outcome: 'unknown',
  },
  {
    title: 'a login page of the network takes the place of the response (200)',
    script: onEachRequest(respondWith('<html><h1>Log in to the network</h1>')),
    outcome: 'unknown',
  },
  {
    title: 'the body of an accepted message comes with status 500',
    script: onEachRequest(respondWith(acceptedBody, { status: '500 Internal Server Error' })),
    outcome: 'unknown',
    reason: 'the gateway always responds with status 200',
  },
  {
    title: 'the response starts with a byte order mark',
    script: onEachRequest(respondWith(`\ufeff${acceptedBody}`)),
    outcome: 'accepted',
  },
  {
    title: 'a header names another charset than the response has',
    script: onEachRequest(
      respondWith('{"error": "неверный номер", "error_code": 7, "id": "m1"}', {
        headers: 'x-charset: 1\r\n',
      }),
    ),
    outcome: 'rejected',
  },
  {
    title: 'the response is encoded in windows-1251',
    script: onEachRequest(
      respondWith(Buffer.from('{"error": "\xed\xee\xec\xe5\xf0", "error_code": 7, "id": "m1"}', 'latin1')),
    ),
    outcome: 'rejected',
    reason: 'the error number is ASCII in every charset',
  },
];

/** Responses with a header that occurs twice. */
const repeatedHeaders: readonly Case[] = [
  {
    title: 'Content-Length occurs twice with the same value',
    script: onEachRequest(
      respondWith(acceptedBody, { headers: `content-length: ${acceptedBody.length}\r\n` }),
    ),
    outcome: 'unknown',
    reason: 'two parties that read such a response differently can be attacked',
  },
  {
    title: 'Content-Length occurs twice with different values',
    script: onEachRequest(
      respondWith(acceptedBody, { headers: 'content-length: 5\r\n' }),
      { wait: 20 },
      'end',
    ),
    outcome: 'unknown',
  },
  {
    title: 'Content-Type occurs twice',
    script: onEachRequest(respondWith(acceptedBody, { headers: 'content-type: text/html\r\n' })),
    outcome: 'accepted',
  },
];

/** All cases about the framing and the size of responses. */
export const framingCases: readonly Case[] = [...framing, ...sizes, ...oversizedCases, ...statusCodes];

/** All cases about the headers and the content of responses. */
export const contentCases: readonly Case[] = [...retryAfterCases, ...contents, ...repeatedHeaders];
