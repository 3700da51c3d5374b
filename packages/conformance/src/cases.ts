import { gzipSync } from 'node:zlib';
import type { Script, Step } from './server.ts';
import type { Outcome, Trial } from './trial.ts';

/** Where a transport is sent to. */
export type Target =
  | 'server'
  /** A port at which nobody listens. */
  | 'closed'
  /** A name that nobody has. */
  | 'nowhere';

/** One thing that can happen, and what may be said of it. */
export interface Case {
  /** What happens, as the row of a table. Its name for {@link Differences}, too. */
  readonly fault: string;
  readonly target?: Target;
  readonly script?: Script;
  /** Another server, to which a redirect points: nothing may arrive there. */
  readonly elsewhere?: 'other port' | 'other scheme';
  readonly trial?: Omit<Trial, 'options' | 'attemptHost'> & {
    readonly options?: Omit<Trial['options'], 'host'>;
  };
  /** The transport is made for a place where nobody is, and told the right one for the attempt. */
  readonly byAttempt?: boolean;
  readonly outcome: Outcome;
  /** Requests that arrive, whole. Default: as many as attempts. */
  readonly requests?: number;
  readonly retryAfter?: string;
  /** No connection may be left: nothing whole has come over any, and who waits for it waits for ever. */
  readonly givenUp?: true;
  /** Why it has to be so, where that is not plain. */
  readonly because?: string;
}

const body = '{"id": "m1", "cnt": 1}';

/** An answer as it goes over the wire. */
const answer = (
  content: string | Uint8Array = body,
  more = '',
  status = '200 OK',
  length: number | 'none' = Buffer.byteLength(content),
): Step => ({
  send: Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${cors}${length === 'none' ? '' : `content-length: ${length}\r\n`}${more}\r\n`,
    ),
    Buffer.from(content),
  ]),
});
/** A page may read it as well. */
const cors = 'access-control-allow-origin: *\r\n';
const chunked = (...chunks: readonly string[]): Step => ({
  send: `HTTP/1.1 200 OK\r\n${cors}transfer-encoding: chunked\r\n\r\n${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}`,
});
const head = (length: number): Step => ({
  send: `HTTP/1.1 200 OK\r\n${cors}content-length: ${length}\r\n\r\n`,
});

/** What a server does with every request. */
const on = (...steps: readonly Step[]): Script => ({ onRequest: [steps] });
/** Short enough not to be waited for, long enough for a machine that is busy. */
const soon = { timeoutMs: 800 };
/** What was begun and never ends, and who was left waiting with it. */
const stalls = { trial: { options: soon }, outcome: 'unknown', givenUp: true } as const;
/** Milliseconds after which it is given up where nobody can tell that the server has the request. */
const abort = 500;
const few = { options: { maxReplyBytes: 100_000 } };
/** More than its limit, and more to come. */
const tooLarge = { trial: few, outcome: 'unknown', givenUp: true } as const;
const chunkOfFlood = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;
const bomb = gzipSync(Buffer.alloc(30_000_000));
const packed = gzipSync(body);

const redirects: readonly Case[] = [
  ...[
    '301 Moved Permanently',
    '302 Found',
    '303 See Other',
    '307 Temporary Redirect',
    '308 Permanent Redirect',
  ].flatMap((status): readonly Case[] => [
    {
      fault: `redirect ${status.slice(0, 3)} to the same host`,
      script: on(answer(body, 'location: /elsewhere\r\n', status)),
      outcome: 'unknown',
      requests: 1,
    },
    ...(['other port', 'other scheme'] as const).map((elsewhere): Case => ({
      fault: `redirect ${status.slice(0, 3)} to another ${elsewhere.slice(6)}`,
      script: on(answer(body, 'location: {elsewhere}\r\n', status)),
      elsewhere,
      outcome: 'unknown',
      requests: 1,
      because: 'the body holds the password',
    })),
  ]),
  {
    fault: 'redirect 307 to another port, after an answer',
    script: {
      onRequest: [[answer()], [answer(body, 'location: {elsewhere}\r\n', '307 Temporary Redirect')]],
    },
    elsewhere: 'other port',
    trial: { times: 2 },
    outcome: 'unknown',
    requests: 2,
    because: 'an address that has answered before is trusted no more than others',
  },
];

const statuses: readonly Case[] = [
  ['408 Request Timeout', '7'],
  ['429 Too Many Requests', '7'],
  ['503 Service Unavailable', '7'],
  ['503 Service Unavailable', 'Wed, 21 Oct 2026 07:28:00 GMT'],
].map(([status, retryAfter]) => ({
  fault: `${status} with Retry-After${retryAfter === '7' ? '' : ' as a date'}`,
  script: on(answer('<html>', `retry-after: ${retryAfter}\r\n`, status)),
  outcome: 'unknown',
  requests: 1,
  retryAfter: retryAfter!,
}));

/** Everything that a transport is tried with. */
export const cases: readonly Case[] = [
  { fault: 'none: it is accepted', script: on(answer()), outcome: 'accepted' },
  {
    fault: 'none: it is refused by the gateway',
    script: on(answer('{"error": "invalid number", "error_code": 7, "id": "m1"}')),
    outcome: 'rejected',
  },
  {
    fault: 'a message to a hundred thousand',
    script: on(answer()),
    trial: { message: 'long' },
    outcome: 'accepted',
  },
  { fault: 'a form with files', script: on(answer()), trial: { message: 'files' }, outcome: 'accepted' },
  {
    fault: 'a form with names that no header can hold',
    script: on(answer()),
    trial: { message: 'odd names' },
    outcome: 'accepted',
    because: 'they are written as browsers do: %22, %0D, %0A',
  },
  { fault: 'a host for the attempt alone', script: on(answer()), byAttempt: true, outcome: 'accepted' },

  { fault: 'connection refused', target: 'closed', outcome: 'not-sent', requests: 0 },
  { fault: 'name that does not resolve', target: 'nowhere', outcome: 'not-sent', requests: 0 },
  {
    fault: 'certificate of nobody',
    script: { ...on(answer()), tls: true },
    outcome: 'not-sent',
    requests: 0,
  },
  {
    fault: 'no connection in time',
    script: { onConnection: [{ wait: 5000 }] },
    trial: { options: { timeoutMs: 2500, connectTimeoutMs: 100 } },
    target: 'server',
    outcome: 'not-sent',
    requests: 0,
    because: 'TLS is asked for, and nobody answers',
  },

  {
    fault: 'reset before the request is read',
    script: { onConnection: [{ wait: 50 }, 'reset'] },
    outcome: 'unknown',
    requests: 0,
    because: 'its first bytes may have been read',
  },
  {
    fault: 'closed before the request is read',
    script: { onConnection: [{ wait: 50 }, 'end'] },
    outcome: 'unknown',
    requests: 0,
  },
  { fault: 'reset after the request', script: on('reset'), outcome: 'unknown' },
  { fault: 'closed after the request', script: on('end'), outcome: 'unknown' },
  { fault: 'reset after the headers', script: on(head(22), { wait: 30 }, 'reset'), outcome: 'unknown' },
  {
    fault: 'reset in the middle of the body',
    script: on(head(22), { send: body.slice(0, 9) }, { wait: 30 }, 'reset'),
    outcome: 'unknown',
  },
  {
    fault: 'closed in the middle of the body',
    script: on(head(22), { send: body.slice(0, 9) }, { wait: 30 }, 'end'),
    outcome: 'unknown',
  },
  {
    fault: 'cut chunk',
    script: on(chunked(body.slice(0, 9)), { send: '20\r\nabc' }, { wait: 30 }, 'end'),
    outcome: 'unknown',
  },
  {
    fault: 'chunks without the last one',
    script: on(chunked(body), { wait: 30 }, 'end'),
    outcome: 'unknown',
    because: 'it could be half of an answer',
  },

  { fault: 'stall: the request is never read', script: { onConnection: [] }, ...stalls, requests: 0 },
  {
    fault: 'stall: a large request is not read on',
    script: { onBegun: [] },
    ...stalls,
    trial: { message: 'large', options: soon },
    requests: 0,
  },
  {
    fault: 'reset while a large request is read',
    script: { onBegun: [{ wait: 30 }, 'reset'] },
    trial: { message: 'large' },
    outcome: 'unknown',
    requests: 0,
  },
  { fault: 'stall: no answer', script: on(), ...stalls },
  { fault: 'stall after the status line', script: on({ send: 'HTTP/1.1 200 OK\r\n' }), ...stalls },
  { fault: 'stall after the headers', script: on(head(22)), ...stalls },
  { fault: 'stall in the middle of the body', script: on(head(22), { send: body.slice(0, 9) }), ...stalls },
  { fault: 'stall before the last chunk', script: on(chunked(body)), ...stalls },
  {
    fault: 'a second time, after no answer within the limit',
    script: { onRequest: [[], [answer()]] },
    trial: { options: soon, times: 2 },
    outcome: 'accepted',
    because: 'the time of the first is not the time of the second',
  },
  {
    fault: 'a second time, after a reset',
    script: { onRequest: [['reset'], [answer()]] },
    trial: { options: soon, times: 2, pauseMs: 900 },
    outcome: 'accepted',
    because: 'the limit has run out since the first began',
  },
  {
    fault: 'slow, but within the limit',
    script: on(head(22), { wait: 60 }, { send: body.slice(0, 9) }, { wait: 60 }, { send: body.slice(9) }),
    trial: { options: { timeoutMs: 5000 } },
    outcome: 'accepted',
  },

  {
    fault: 'Content-Length that is too short',
    script: on(answer(body, '', '200 OK', 10), { wait: 20 }, 'end'),
    outcome: 'unknown',
  },
  {
    fault: 'Content-Length that is too long',
    script: on(answer(body, '', '200 OK', 99), { wait: 20 }, 'end'),
    outcome: 'unknown',
  },
  {
    fault: 'no length: it ends with the connection',
    script: on(answer(body, 'connection: close\r\n', '200 OK', 'none'), 'end'),
    outcome: 'accepted',
  },
  {
    fault: 'garbage some time after the answer',
    script: on(answer(), { wait: 60 }, { send: 'garbage' }, { wait: 20 }, 'end'),
    outcome: 'accepted',
  },
  {
    fault: 'garbage right behind the answer',
    script: on(answer(`${body}garbage`, '', '200 OK', body.length), { wait: 20 }, 'end'),
    outcome: 'accepted',
  },
  {
    fault: 'no HTTP at all',
    script: on({ send: 'SSH-2.0-OpenSSH_9.6\r\n' }, { wait: 20 }, 'end'),
    outcome: 'unknown',
  },
  { fault: 'packed answer', script: on(answer(packed, 'content-encoding: gzip\r\n')), outcome: 'accepted' },
  {
    fault: 'packed answer that is cut',
    script: on(answer(packed.subarray(0, 20), 'content-encoding: gzip\r\n')),
    outcome: 'unknown',
  },
  {
    fault: 'packed answer that never ends',
    script: on(answer(bomb, 'content-encoding: gzip\r\n')),
    trial: few,
    outcome: 'unknown',
  },
  {
    fault: 'answer larger than the limit',
    script: on(answer(' '.repeat(100_001) + body)),
    trial: few,
    outcome: 'unknown',
  },
  {
    fault: 'answer without an end',
    script: on({ send: `HTTP/1.1 200 OK\r\n${cors}\r\n` }, { endless: ' '.repeat(65_536) }),
    ...tooLarge,
  },
  ...[
    'content-length: 22\r\ntransfer-encoding: chunked\r\n',
    'transfer-encoding: chunked\r\ncontent-length: 22\r\n',
  ].map((lengths): Case => ({
    fault: `chunks without an end, a length ${lengths.startsWith('c') ? 'before' : 'after'} them`,
    script: on({ send: `HTTP/1.1 200 OK\r\n${cors}${lengths}\r\n` }, { endless: chunkOfFlood }),
    ...tooLarge,
    because: 'beside chunks a length limits nothing',
  })),
  {
    fault: 'no content (204)',
    script: on({ send: `HTTP/1.1 204 No Content\r\n${cors}\r\n` }),
    outcome: 'unknown',
  },
  { fault: 'empty answer', script: on(answer('')), outcome: 'unknown' },
  {
    fault: '100 before the answer',
    script: on({ send: 'HTTP/1.1 100 Continue\r\n\r\n' }, { wait: 20 }, answer()),
    outcome: 'accepted',
  },
  {
    fault: '103 before the answer',
    script: on(
      { send: 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n' },
      { wait: 20 },
      answer(),
    ),
    outcome: 'accepted',
  },
  ...redirects,
  ...statuses,
  {
    fault: 'page of a proxy (502)',
    script: on(answer('<html><h1>Bad Gateway</h1>', '', '502 Bad Gateway')),
    outcome: 'unknown',
  },
  {
    fault: 'page instead of an answer (200)',
    script: on(answer('<html><h1>Log in to the network</h1>')),
    outcome: 'unknown',
  },
  {
    fault: 'answer of the gateway under 500',
    script: on(answer(body, '', '500 Internal Server Error')),
    outcome: 'unknown',
    because: 'the gateway always answers 200',
  },
  { fault: 'byte order mark', script: on(answer(`\ufeff${body}`)), outcome: 'accepted' },
  {
    fault: 'charset of the header that is not that of the answer',
    script: on(answer('{"error": "неверный номер", "error_code": 7, "id": "m1"}', 'x-charset: 1\r\n')),
    outcome: 'rejected',
  },
  {
    fault: 'answer in windows-1251',
    script: on(
      answer(Buffer.from('{"error": "\xed\xee\xec\xe5\xf0", "error_code": 7, "id": "m1"}', 'latin1')),
    ),
    outcome: 'rejected',
    because: 'what is wrong stands in digits',
  },
  {
    fault: 'two equal Content-Lengths',
    script: on(answer(body, `content-length: ${body.length}\r\n`)),
    outcome: 'unknown',
    because: 'who reads it otherwise than the next one can be led astray',
  },
  {
    fault: 'two Content-Lengths that differ',
    script: on(answer(body, 'content-length: 5\r\n'), { wait: 20 }, 'end'),
    outcome: 'unknown',
  },
  {
    fault: 'two Content-Types',
    script: on(answer(body, 'content-type: text/html\r\n')),
    outcome: 'accepted',
  },

  {
    fault: 'given up before it begins',
    script: on(answer()),
    trial: { abort: 'before' },
    outcome: 'not-sent',
    requests: 0,
  },
  {
    fault: 'given up while it is answered',
    script: on(),
    trial: { abort },
    outcome: 'unknown',
    givenUp: true,
  },
  {
    fault: 'given up after the headers',
    script: on(head(22)),
    trial: { abort },
    outcome: 'unknown',
    givenUp: true,
  },
  {
    fault: 'given up in the middle of the body',
    script: on(head(22), { send: body.slice(0, 9) }),
    trial: { abort },
    outcome: 'unknown',
    givenUp: true,
  },
  {
    fault: 'given up while nothing is read',
    script: { onConnection: [] },
    trial: { abort },
    outcome: 'unknown',
    requests: 0,
    givenUp: true,
  },
  {
    fault: 'given up while a large request is not read on',
    script: { onBegun: [] },
    trial: { message: 'large', abort },
    outcome: 'unknown',
    requests: 0,
    givenUp: true,
  },
  { fault: 'two hundred by one signal', script: on(answer()), trial: { times: 200 }, outcome: 'accepted' },
  {
    fault: 'two hundred at once by one signal',
    script: on(answer()),
    trial: { together: 200 },
    outcome: 'accepted',
  },
  {
    fault: 'two hundred given up at once by one signal',
    script: on(),
    trial: { together: 200, abort: 4 * abort },
    outcome: 'unknown',
    givenUp: true,
  },
  {
    fault: 'a connection that was closed meanwhile',
    script: { onRequest: [[answer(), { wait: 20 }, 'end']] },
    trial: { times: 2, pauseMs: 80 },
    outcome: 'accepted',
  },
  {
    fault: 'a connection that was used before, reset after the request',
    script: { onRequest: [[answer()], ['reset']] },
    trial: { times: 2, pauseMs: 20 },
    outcome: 'unknown',
    because: 'the second request was there',
  },
  {
    fault: 'a connection that was used before, closed after the request',
    script: { onRequest: [[answer()], ['end']] },
    trial: { times: 2, pauseMs: 20 },
    outcome: 'unknown',
  },
];
