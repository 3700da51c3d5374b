import type { MakeTransport } from '@smsc/conformance';
import { createSmsc, relayTransport } from '../src/index.ts';

/** A transport to the address of each request, as if that were a relay's. A client checks each address first. */
export const pageTransport: MakeTransport = ({ host, timeoutMs, maxReplyBytes }) => {
  createSmsc({ relay: host });
  return {
    send: async (request, attempt) => {
      const to = attempt?.host ?? host;
      createSmsc({ relay: to });
      return relayTransport({ relay: `${to}/${request.path}`, timeoutMs, maxReplyBytes }).send(request, {
        signal: attempt?.signal,
      });
    },
  };
};
