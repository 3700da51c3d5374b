import { contract } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { pageTransport } from './page-transport.ts';

const opaque = { outcome: 'unknown', reason: 'a page does not learn why a request failed' } as const;

/** Repeats by the Fetch standard. The relay passes a message on only once for each id. */
const resent = {
  outcome: 'unknown',
  reason: 'the fetch of the platform sends the request again after this status',
} as const;
const bodies = ['a text form', 'a JSON body', 'a form with files'];

contract({ describe, it }, 'the page transport', {
  transport: pageTransport,
  form: 'platform',
  deviations: {
    'the connection is refused': opaque,
    'the host name does not resolve': opaque,
    'the certificate is not trusted': opaque,
    'the connection is not established in time': opaque,
    '100 Continue precedes the response': {
      outcome: 'unknown',
      reason: 'the fetch of Node fails on a 100 response that it did not ask for',
    },
    ...Object.fromEntries(
      bodies.flatMap((body) => [
        [`status 421 answers ${body}`, { ...resent, requests: 2, connections: 2 }],
        [`status 421 answers ${body} after an earlier response`, { ...resent, requests: 3 }],
      ]),
    ),
  },
});
