// The page's side: trials with the page's own fetch, and with the transport of a page.
import { runTrial } from '@smsc/conformance/trial';
import { fetchTransport } from '@smsc/fetch';
import { pageTransport } from '../../../packages/browser/test/page-transport.ts';

const makers = {
  fetch: ({ host, timeoutMs, maxReplyBytes }) => fetchTransport({ host, timeoutMs, maxReplyBytes }),
  '@smsc/browser': pageTransport,
};

globalThis.trial = (name, asked) => runTrial(makers[name], asked);
