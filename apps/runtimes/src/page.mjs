// Runs trials in a page, with the page's fetch and with the transport of @smsc/browser.
import { runTrial } from '@smsc/conformance/trial';
import { fetchTransport } from '@smsc/fetch';
import { pageTransport } from '../../../packages/browser/test/page-transport.ts';

const transports = {
  fetch: ({ host, timeoutMs, maxReplyBytes }) => fetchTransport({ host, timeoutMs, maxReplyBytes }),
  '@smsc/browser': pageTransport,
};

globalThis.trial = (name, trial) => runTrial(transports[name], trial);
