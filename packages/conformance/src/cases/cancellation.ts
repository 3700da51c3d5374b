import type { Case } from '../case.ts';
import { abortAfterMs, onEachRequest, respondWith, sendHalf, sendHead } from './steps.ts';

/** Expectation of an attempt that is aborted after it began. */
const aborted = { outcome: 'unknown', mustClose: true } as const;

/** Attempts that are aborted, and attempts that share a signal. */
export const cancellationCases: readonly Case[] = [
  {
    title: 'the attempt is aborted before it starts',
    script: onEachRequest(respondWith()),
    trial: { abort: 'before' },
    outcome: 'not-sent',
    requests: 0,
  },
  {
    title: 'the attempt is aborted before the response',
    script: onEachRequest(),
    trial: { abort: abortAfterMs },
    ...aborted,
  },
  {
    title: 'the attempt is aborted after the response headers',
    script: onEachRequest(sendHead(22)),
    trial: { abort: abortAfterMs },
    ...aborted,
  },
  {
    title: 'the attempt is aborted in the middle of the response body',
    script: onEachRequest(sendHead(22), sendHalf),
    trial: { abort: abortAfterMs },
    ...aborted,
  },
  {
    title: 'the attempt is aborted while the server reads nothing',
    script: { onConnection: [] },
    trial: { abort: abortAfterMs },
    ...aborted,
    requests: 0,
  },
  {
    title: 'the attempt is aborted after the server stopped reading a large request',
    script: { onFirstBytes: [] },
    trial: { message: 'large', abort: abortAfterMs },
    ...aborted,
    requests: 0,
  },
  {
    title: '200 attempts in sequence share one signal',
    script: onEachRequest(respondWith()),
    trial: { times: 200 },
    outcome: 'accepted',
  },
  {
    title: '200 parallel attempts share one signal',
    script: onEachRequest(respondWith()),
    trial: { parallel: 200 },
    outcome: 'accepted',
  },
  {
    title: '200 parallel attempts are aborted by one signal',
    script: onEachRequest(),
    trial: { parallel: 200, abort: 4 * abortAfterMs },
    ...aborted,
  },
];
