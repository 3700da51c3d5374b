import type { Case } from '../case.ts';
import { respondWith } from './steps.ts';

/** Second attempts on a connection that the server closes. */
export const connectionReuseCases: readonly Case[] = [
  {
    title: 'an idle connection is closed before the second attempt',
    script: { onRequest: [[respondWith(), { wait: 20 }, 'end']] },
    trial: { times: 2, pauseMs: 80 },
    outcome: 'accepted',
  },
  {
    title: 'a reused connection is reset after the request',
    script: { onRequest: [[respondWith()], ['reset']] },
    trial: { times: 2, pauseMs: 20 },
    outcome: 'unknown',
    reason: 'the second request arrived',
  },
  {
    title: 'a reused connection is closed after the request',
    script: { onRequest: [[respondWith()], ['end']] },
    trial: { times: 2, pauseMs: 20 },
    outcome: 'unknown',
  },
];
