import type { Case } from '../case.ts';
import { acceptedBody, onEachRequest, respondWith } from './steps.ts';

const statuses = [
  '301 Moved Permanently',
  '302 Found',
  '303 See Other',
  '307 Temporary Redirect',
  '308 Permanent Redirect',
];

/** Redirects. The transport must not follow them: the request body contains the password. */
export const redirectCases: readonly Case[] = [
  ...statuses.flatMap((status): readonly Case[] => {
    const code = status.slice(0, 3);
    return [
      {
        title: `a redirect (${code}) points to the same host`,
        script: onEachRequest(respondWith(acceptedBody, { headers: 'location: /elsewhere\r\n', status })),
        outcome: 'unknown',
        requests: 1,
      },
      ...(['another port', 'another scheme'] as const).map((redirectTo): Case => ({
        title: `a redirect (${code}) points to ${redirectTo}`,
        script: onEachRequest(respondWith(acceptedBody, { headers: 'location: {redirect}\r\n', status })),
        redirectTo,
        outcome: 'unknown',
        requests: 1,
        reason: 'the request body holds the password',
      })),
    ];
  }),
  {
    title: 'a redirect (307) points to another port, after an earlier response',
    script: {
      onRequest: [
        [respondWith()],
        [
          respondWith(acceptedBody, {
            headers: 'location: {redirect}\r\n',
            status: '307 Temporary Redirect',
          }),
        ],
      ],
    },
    redirectTo: 'another port',
    trial: { times: 2 },
    outcome: 'unknown',
    requests: 2,
    reason: 'a host that responded before is not trusted more than others',
  },
];
