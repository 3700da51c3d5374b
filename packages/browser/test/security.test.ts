import { security } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { pageTransport } from './page-transport.ts';

// apps/runtimes tests prototype pollution in a real page.
security({ describe, it }, 'the page transport', {
  transport: pageTransport,
  form: 'platform',
  toRelay: true,
});
