import type { Case } from '../case.ts';
import {
  acceptedBody,
  onEachRequest,
  respondWith,
  sendChunks,
  sendHalf,
  sendHead,
  shortTimeout,
  timesOut,
} from './steps.ts';

/** Servers that stop at some point, or are slow. */
export const timeoutCases: readonly Case[] = [
  {
    title: 'the server never reads the request',
    script: { onConnection: [] },
    ...timesOut,
    requests: 0,
  },
  {
    title: 'the server stops reading a large request',
    script: { onFirstBytes: [] },
    ...timesOut,
    trial: { message: 'large', options: shortTimeout },
    requests: 0,
  },
  {
    title: 'the connection is reset while a large request is read',
    script: { onFirstBytes: [{ wait: 30 }, 'reset'] },
    trial: { message: 'large' },
    outcome: 'unknown',
    requests: 0,
  },
  { title: 'the server never responds', script: onEachRequest(), ...timesOut },
  {
    title: 'the server stops after the status line',
    script: onEachRequest({ send: 'HTTP/1.1 200 OK\r\n' }),
    ...timesOut,
  },
  { title: 'the server stops after the response headers', script: onEachRequest(sendHead(22)), ...timesOut },
  {
    title: 'the server stops in the middle of the response body',
    script: onEachRequest(sendHead(22), sendHalf),
    ...timesOut,
  },
  {
    title: 'the server stops before the last chunk',
    script: onEachRequest(sendChunks(acceptedBody)),
    ...timesOut,
  },
  {
    title: 'a second attempt follows a timeout',
    script: { onRequest: [[], [respondWith()]] },
    trial: { options: shortTimeout, times: 2 },
    outcome: 'accepted',
    reason: 'each attempt has the full time limit',
  },
  {
    title: 'a second attempt follows a reset',
    script: { onRequest: [['reset'], [respondWith()]] },
    trial: { options: shortTimeout, times: 2, pauseMs: 900 },
    outcome: 'accepted',
    reason: 'the time limit of the first attempt has passed by then',
  },
  {
    title: 'the response is slow but within the time limit',
    script: onEachRequest(
      sendHead(22),
      { wait: 60 },
      sendHalf,
      { wait: 60 },
      { send: acceptedBody.slice(9) },
    ),
    trial: { options: { timeoutMs: 5000 } },
    outcome: 'accepted',
  },
];
