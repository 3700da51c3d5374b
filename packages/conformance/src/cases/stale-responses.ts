import type { Case } from '../case.ts';
import { acceptedBody, respondWith, shortTimeout } from './steps.ts';

/** A refusal that names no message: it could be the response to any request. */
const refusal = '{"error": "authorise error", "error_code": 2}';
/** The response to another message. */
const otherBody = acceptedBody.replace('m1', 'm2');

/** Returns the bytes of a whole response. */
const bytesOf = (body: string): Uint8Array => (respondWith(body) as { readonly send: Uint8Array }).send;

/** Responses that arrive on a kept-alive connection and belong to no request, or to an earlier one. */
export const staleResponseCases: readonly Case[] = [
  {
    title: 'an additional response follows directly after the response',
    script: {
      onRequest: [[{ send: Buffer.concat([bytesOf(acceptedBody), bytesOf(refusal)]) }], [respondWith()]],
    },
    trial: { times: 2 },
    outcome: 'accepted',
    reason: 'the connection is closed, and the second request gets a new one',
  },
  {
    title: 'an additional response arrives on an idle connection',
    script: { onRequest: [[respondWith(), { wait: 20 }, respondWith(refusal)], [respondWith()]] },
    trial: { times: 2, pauseMs: 80 },
    outcome: 'accepted',
  },
  {
    title: 'the head of an additional response arrives on an idle connection',
    script: { onRequest: [[respondWith(), { wait: 20 }, { send: 'HTTP/1.1 200 OK\r\n' }], [respondWith()]] },
    trial: { times: 2, pauseMs: 80 },
    outcome: 'accepted',
  },
  {
    title: 'a refusal without an id precedes the response to the second request',
    script: { onRequest: [[respondWith()], [respondWith(refusal), { wait: 20 }, respondWith()]] },
    trial: { times: 2, pauseMs: 20 },
    outcome: 'rejected',
    reason:
      'nothing shows that it is stale, so the client treats such a refusal on a used connection as doubtful',
  },
  {
    title: 'the response to another message precedes the response to the second request',
    script: { onRequest: [[respondWith()], [respondWith(otherBody), { wait: 20 }, respondWith()]] },
    trial: { times: 2, pauseMs: 20 },
    outcome: 'unknown',
    reason: 'the id is not the id of the message',
  },
  {
    title: 'a third request follows a response that was one too early',
    script: {
      onRequest: [
        [respondWith()],
        [respondWith(otherBody), { wait: 20 }, respondWith(refusal)],
        [respondWith()],
      ],
    },
    trial: { times: 3, pauseMs: 80 },
    outcome: 'accepted',
  },
  {
    title: 'the response to an attempt that timed out arrives during the next attempt',
    script: {
      onRequest: [
        [{ wait: shortTimeout.timeoutMs + 50 }, respondWith(refusal)],
        [{ wait: 100 }, respondWith()],
      ],
    },
    trial: { options: shortTimeout, times: 2 },
    outcome: 'accepted',
    reason: 'the connection of an attempt that timed out is closed',
  },
];
