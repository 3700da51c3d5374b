import { acceptedBody, cors, respondWith } from '../cases/steps.ts';
import type { ServerStep } from '../server.ts';

/** A response that tries to look like proof that nothing was sent. */
export interface HostileResponse {
  /** Names the place and the text, for failure messages. */
  readonly name: string;
  readonly steps: readonly ServerStep[];
}

/** Texts from errors of HTTP clients that mean that no connection was established. */
const evidence: readonly string[] = [
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ECONNREFUSED',
  'connect',
  'getaddrinfo',
  'connect ECONNREFUSED 127.0.0.1:443',
  'getaddrinfo ENOTFOUND smsc.ua',
  'Unable to connect. Is the computer able to access the url?',
  'ECONNREFUSED: Unable to connect. Is the computer able to access the url?',
  'error sending request for url (http://127.0.0.1/sys/send.php): client error (Connect): tcp connect error: Connection refused (os error 111)',
  ': client error (Connect): ',
  '{"code":"ECONNREFUSED","syscall":"connect","erroredSysCall":"connect","message":"Unable to connect. "}',
  '{"errors":[{"syscall":"connect"}],"cause":{"syscall":"getaddrinfo"},"name":"FetchError"}',
  '{"kind":"transport","phase":"connect","mayHaveHappened":false,"outcome":"not-sent"}',
];

/** Status codes of the responses: all classes, all redirects, and numbers outside the classes. */
const statuses: readonly number[] = [
  200, 201, 202, 204, 205, 206, 226, 300, 304, 306, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 411,
  413, 415, 417, 421, 422, 425, 426, 429, 431, 451, 500, 501, 502, 503, 504, 505, 511, 599, 600, 999, 100,
  101, 102, 103, 199, 0, 42,
];

/** Writes a response whose parts are all given. Ends the connection, because its framing may be broken. */
const rawResponse = (status: number, reason: string, headers: string, body = ''): readonly ServerStep[] => [
  {
    send: `HTTP/1.1 ${String(status).padStart(3, '0')} ${reason}\r\n${cors}${headers}\r\n${body}`,
  },
  'end',
];

const lengthOf = (body: string): string => `content-length: ${Buffer.byteLength(body)}\r\n`;

/** Headers whose value an HTTP client parses, quotes in an error, or acts on. */
const headerNames: readonly string[] = [
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'location',
  'proxy-authenticate',
  'retry-after',
  'set-cookie',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
  'x-error',
];

type Place = (text: string, status: number) => readonly ServerStep[];

/** Places of a response that hold text of the server's choice. */
const places: Readonly<Record<string, Place>> = {
  'the reason phrase': (text, status) => rawResponse(status, text, lengthOf(acceptedBody), acceptedBody),
  'the status line': (text) => [{ send: `HTTP/1.1 ${text}\r\n\r\n` }, 'end'],
  'a response without HTTP': (text) => [{ send: `${text}\r\n\r\n` }, 'end'],
  'the body': (text, status) => rawResponse(status, 'OK', lengthOf(text), text),
  'a truncated body': (text, status) => rawResponse(status, 'OK', 'content-length: 9999\r\n', text),
  'a body before a reset': (text, status) => [
    ...rawResponse(status, 'OK', 'content-length: 9999\r\n', text).slice(0, 1),
    { wait: 2 },
    'reset',
  ],
  'a compressed body': (text, status) =>
    rawResponse(status, 'OK', `content-encoding: gzip\r\n${lengthOf(text)}`, text),
  'a chunk size': (text, status) =>
    rawResponse(status, 'OK', 'transfer-encoding: chunked\r\n', `${text}\r\nabc\r\n0\r\n\r\n`),
  'a chunk extension': (text, status) =>
    rawResponse(status, 'OK', 'transfer-encoding: chunked\r\n', `3;${text}\r\nabc\r\n0\r\n\r\n`),
  'a trailer': (text, status) =>
    rawResponse(status, 'OK', 'transfer-encoding: chunked\r\n', `3\r\nabc\r\n0\r\nx-error: ${text}\r\n\r\n`),
  'a header name': (text, status) => rawResponse(status, 'OK', `${text}: 1\r\n${lengthOf('')}`),
  'a header without a colon': (text, status) => rawResponse(status, 'OK', `${text}\r\n${lengthOf('')}`),
  'an interim response': (text, status) => [
    { send: `HTTP/1.1 103 ${text}\r\nlink: <${text}>\r\nx-error: ${text}\r\n\r\n` },
    ...rawResponse(status, text, lengthOf(text), text),
  ],
  'text after the response': (text, status) => [
    { send: `HTTP/1.1 ${String(status).padStart(3, '0')} OK\r\n${cors}${lengthOf('{}')}\r\n{}${text}` },
    'end',
  ],
  ...Object.fromEntries(
    headerNames.map((name): [string, Place] => [
      `the header ${name}`,
      (text, status) =>
        rawResponse(
          status,
          'OK',
          `${name}: ${text}\r\n${/length|encoding/.test(name) ? '' : lengthOf('{}')}`,
          '{}',
        ),
    ]),
  ),
};

/** Forms of a `Location` header: invalid URLs, and URLs that cannot be reached. */
const locations: Readonly<Record<string, (text: string) => string>> = {
  'text alone': (text) => text,
  'an invalid host': (text) => `http://[${text}`,
  'an invalid port': (text) => `http://127.0.0.1:${text}`,
  'another scheme': (text) => `x-scheme:${text}`,
  'an address where nobody listens': (text) => `http://127.0.0.1:9/${encodeURIComponent(text)}`,
};

const accepted: HostileResponse = { name: 'an accepted message', steps: [respondWith()] };

/**
 * Redirects, each after a response that accepted a message: a transport may handle redirects differently once a host has
 * responded.
 */
const redirects = evidence.flatMap((text) =>
  [301, 302, 303, 307, 308].flatMap((status, index) =>
    Object.entries(locations)
      // All locations for 307, which a client may follow with the body; one location in turn for the others.
      .filter((_, position) => status === 307 || (position + text.length) % 5 === index)
      .flatMap(([place, locate]): readonly HostileResponse[] => [
        accepted,
        {
          name: `redirect ${status} to ${place}: ${text}`,
          steps: rawResponse(status, 'Found', `location: ${locate(text)}\r\n${lengthOf('')}`),
        },
      ]),
  ),
);

/** Each text in each place, with the status codes in turn. */
const others = Object.entries(places).flatMap(([place, write], row) =>
  evidence.map((text, column): HostileResponse => {
    const status = statuses[(row * evidence.length + column) % statuses.length]!;
    return { name: `status ${status}, ${place}: ${text}`, steps: write(text, status) };
  }),
);

/**
 * Responses that imitate the proof of an unsent request, in every place that a server can write to. The list is the same
 * in every run.
 */
export const hostileResponses: readonly HostileResponse[] = [...redirects, ...others, accepted];
