import type { MakeTransport } from '@smsc/conformance';
import { createSmsc, relayTransport } from '../src/index.ts';

/** Transport that treats each host as the address of a relay. `createSmsc` checks each address first. */
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
