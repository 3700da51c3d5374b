import type { MakeTransport } from '@smsc/conformance';
import { createSmsc, relayTransport } from '../src/index.ts';

/** To the address of each request, as a relay's, once a client has had nothing against it. */
export const pageTransport: MakeTransport = ({ host, timeoutMs, maxReplyBytes }) => {
  createSmsc({ relay: host });
  return async (request, attempt) => {
    const to = attempt?.host ?? host;
    createSmsc({ relay: to });
    return relayTransport({ relay: `${to}/${request.path}`, timeoutMs, maxReplyBytes })(request, {
      signal: attempt?.signal,
    });
  };
};
