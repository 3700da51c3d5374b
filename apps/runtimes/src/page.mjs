// The page's side: trials with the page's own fetch, and with the transport of a page.
import { relayTransport } from '@smsc/browser';
import { runTrial } from '@smsc/conformance/trial';
import { fetchTransport } from '@smsc/fetch';

const makers = {
  fetch: ({ host, timeoutMs, maxReplyBytes }) => fetchTransport({ host, timeoutMs, maxReplyBytes }),
  // To the address of each request, as a relay's.
  '@smsc/browser':
    ({ host, timeoutMs, maxReplyBytes }) =>
    (request, attempt) =>
      relayTransport({ relay: `${attempt?.host ?? host}/${request.path}`, timeoutMs, maxReplyBytes })(request, { signal: attempt?.signal }),
};

globalThis.trial = (name, asked) => runTrial(makers[name], asked);
