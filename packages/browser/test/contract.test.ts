import { contract } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { pageTransport } from './page-transport.ts';

const opaque = { outcome: 'unknown', because: 'a page is not told why' } as const;

contract({ describe, it }, 'the transport of a page', {
  transport: pageTransport,
  files: 'numbered',
  differences: {
    'connection refused': opaque,
    'name that does not resolve': opaque,
    'certificate of nobody': opaque,
    'no connection in time': opaque,
    '100 before the answer': {
      outcome: 'unknown',
      because: 'the fetch of Node takes a 100 that it did not ask for for a fault',
    },
  },
});
