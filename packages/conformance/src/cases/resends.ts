import type { Case } from '../case.ts';
import { acceptedBody, onEachRequest, respondWith } from './steps.ts';

const misdirected = respondWith(acceptedBody, { status: '421 Misdirected Request' });
const reason = 'the server has read the request, and may have acted on it';

const messages = [
  ['a text form', 'short'],
  ['a JSON body', 'json'],
  ['a form with files', 'files'],
] as const;

/** Status 421. The Fetch standard sends the request again, unless its body can be read only once. */
const misdirectedCases: readonly Case[] = messages.flatMap(([name, message]): readonly Case[] => [
  {
    title: `status 421 answers ${name}`,
    script: onEachRequest(misdirected),
    trial: { message },
    outcome: 'unknown',
    requests: 1,
    reason,
  },
  {
    title: `status 421 answers ${name}, and no other connection is accepted`,
    script: onEachRequest('stop listening', misdirected),
    trial: { message },
    outcome: 'unknown',
    requests: 1,
    reason,
  },
  {
    title: `status 421 answers ${name} after an earlier response`,
    script: { onRequest: [[respondWith()], [misdirected]] },
    trial: { message, times: 2 },
    outcome: 'unknown',
    reason,
  },
]);

/** Statuses that an HTTP client could answer with a second request, and the headers that ask for it. */
const invitations: readonly (readonly [status: string, headers?: string])[] = [
  ['401 Unauthorized', 'www-authenticate: Basic realm="a"\r\n'],
  ['407 Proxy Authentication Required', 'proxy-authenticate: Basic realm="a"\r\n'],
  ['408 Request Timeout', 'connection: close\r\n'],
  ['425 Too Early'],
  ['503 Service Unavailable', 'connection: close\r\n'],
];

/** Responses and closed connections after which some HTTP clients send the request again by themselves. */
export const resendCases: readonly Case[] = [
  ...misdirectedCases,
  ...invitations.flatMap(([status, headers = '']): readonly Case[] => {
    const code = status.slice(0, 3);
    const response = respondWith(acceptedBody, { status, headers });
    return [
      {
        title: `status ${code} invites the client to send the request again`,
        script: onEachRequest(response),
        outcome: 'unknown',
        requests: 1,
      },
      {
        title: `status ${code} invites the client to send the request again, on a reused connection`,
        script: { onRequest: [[respondWith()], [response]] },
        trial: { times: 2, pauseMs: 20 },
        outcome: 'unknown',
      },
    ];
  }),
  {
    title: 'a reused connection is closed after a form with files',
    script: { onRequest: [[respondWith()], ['end']] },
    trial: { message: 'files', times: 2, pauseMs: 20 },
    outcome: 'unknown',
  },
];
