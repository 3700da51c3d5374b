// The page's side: trials with the page's own fetch, and with the transport of a page.
import { createSmsc, relayTransport } from '@smsc/browser';
import { runTrial } from '@smsc/conformance/trial';
import { fetchTransport } from '@smsc/fetch';

const makers = {
  fetch: ({ host, timeoutMs, maxReplyBytes }) => fetchTransport({ host, timeoutMs, maxReplyBytes }),
  // To the address of each request, as a relay's, once a client has had nothing against it.
  '@smsc/browser': ({ host, timeoutMs, maxReplyBytes }) => {
    createSmsc({ relay: host });
    return async (request, attempt) => {
      const to = attempt?.host ?? host;
      createSmsc({ relay: to });
      return relayTransport({ relay: `${to}/${request.path}`, timeoutMs, maxReplyBytes })(request, { signal: attempt?.signal });
    };
  },
};

globalThis.trial = (name, asked) => runTrial(makers[name], asked);
