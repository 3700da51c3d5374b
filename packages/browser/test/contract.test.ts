import { contract, type MakeTransport } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { relayTransport } from '../src/index.ts';

/** To the address of each request, as a relay's. */
const transport: MakeTransport = ({ host, ...limits }) => (request, attempt) =>
  relayTransport({ relay: `${attempt?.host ?? host}/${request.path}`, ...limits })(request, attempt);

const opaque = { outcome: 'unknown', because: 'a page is not told why' } as const;

contract({ describe, it }, 'the transport of a page', {
  transport,
  differences: {
    'connection refused': opaque,
    'name that does not resolve': opaque,
    'certificate of nobody': opaque,
    'no connection in time': opaque,
    '100 before the answer': { outcome: 'unknown', because: 'the fetch of Node takes a 100 that it did not ask for for a fault' },
  },
});
