import type { Case } from '../case.ts';
import { acceptedBody, onEachRequest, respondWith, sendChunks, sendHalf, sendHead } from './steps.ts';

/** Connections that cannot be opened: nothing is sent. */
const notConnected: readonly Case[] = [
  { title: 'the connection is refused', target: 'closed-port', outcome: 'not-sent', requests: 0 },
  { title: 'the host name does not resolve', target: 'unresolvable-name', outcome: 'not-sent', requests: 0 },
  {
    title: 'the certificate is not trusted',
    script: { ...onEachRequest(respondWith()), tls: true },
    outcome: 'not-sent',
    requests: 0,
  },
  {
    title: 'the connection is not established in time',
    scheme: 'https',
    script: { onConnection: [{ wait: 5000 }] },
    trial: { options: { timeoutMs: 2500, connectTimeoutMs: 100 } },
    outcome: 'not-sent',
    requests: 0,
    reason: 'the client starts a TLS handshake and the server never answers it',
  },
];

/** Connections that break after they were opened: the request may have been read. */
const broken: readonly Case[] = [
  {
    title: 'the connection is reset before the request is read',
    script: { onConnection: [{ wait: 50 }, 'reset'] },
    outcome: 'unknown',
    requests: 0,
    reason: 'the server may have read the first bytes',
  },
  {
    title: 'the connection is closed before the request is read',
    script: { onConnection: [{ wait: 50 }, 'end'] },
    outcome: 'unknown',
    requests: 0,
  },
  {
    title: 'the connection is reset after the request',
    script: onEachRequest('reset'),
    outcome: 'unknown',
  },
  {
    title: 'the connection is closed after the request',
    script: onEachRequest('end'),
    outcome: 'unknown',
  },
  {
    title: 'the connection is reset after the response headers',
    script: onEachRequest(sendHead(22), { wait: 30 }, 'reset'),
    outcome: 'unknown',
  },
  {
    title: 'the connection is reset in the middle of the response body',
    script: onEachRequest(sendHead(22), sendHalf, { wait: 30 }, 'reset'),
    outcome: 'unknown',
  },
  {
    title: 'the connection is closed in the middle of the response body',
    script: onEachRequest(sendHead(22), sendHalf, { wait: 30 }, 'end'),
    outcome: 'unknown',
  },
  {
    title: 'the connection is closed in the middle of a chunk',
    script: onEachRequest(sendChunks(acceptedBody.slice(0, 9)), { send: '20\r\nabc' }, { wait: 30 }, 'end'),
    outcome: 'unknown',
  },
  {
    title: 'the connection is closed before the last chunk',
    script: onEachRequest(sendChunks(acceptedBody), { wait: 30 }, 'end'),
    outcome: 'unknown',
    reason: 'the response may be incomplete',
  },
];

/** Connections that fail before a whole response has arrived. */
export const connectionCases: readonly Case[] = [...notConnected, ...broken];
