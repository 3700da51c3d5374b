import { security } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { pageTransport } from './page-transport.ts';

// What is added to every object of a page is tried in a page, by apps/runtimes.
security({ describe, it }, 'the transport of a page', {
  transport: pageTransport,
  files: 'numbered',
  toRelay: true,
});
