import type { Case } from '../case.ts';
import { onEachRequest, respondWith } from './steps.ts';

/** Requests of different kinds to a server that works. */
export const messageCases: readonly Case[] = [
  { title: 'the gateway accepts the message', script: onEachRequest(respondWith()), outcome: 'accepted' },
  {
    title: 'the gateway rejects the message',
    script: onEachRequest(respondWith('{"error": "invalid number", "error_code": 7, "id": "m1"}')),
    outcome: 'rejected',
  },
  {
    title: 'a message to 100,000 recipients is accepted',
    script: onEachRequest(respondWith()),
    trial: { message: 'long' },
    outcome: 'accepted',
  },
  {
    title: 'a form with files is accepted',
    script: onEachRequest(respondWith()),
    trial: { message: 'files' },
    outcome: 'accepted',
  },
  {
    title: 'a form with quotes and line breaks in its names is accepted',
    script: onEachRequest(respondWith()),
    trial: { message: 'unsafe names' },
    outcome: 'accepted',
    reason: 'the names are escaped as browsers do it: %22, %0D, %0A',
  },
  {
    title: 'a host that is passed with the attempt is used',
    script: onEachRequest(respondWith()),
    hostPerAttempt: true,
    outcome: 'accepted',
  },
];
