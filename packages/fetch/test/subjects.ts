import type { KnownDeviations, MakeTransport } from '@smsc/conformance';
import nodeFetch from 'node-fetch';
import { Agent, fetch as undiciFetch } from 'undici';
import { type FetchInit, type FetchLike, fetchTransport } from '../src/index.ts';

/** A transport that is held to the contract. */
export interface Tried {
  readonly name: string;
  readonly transport: MakeTransport;
  readonly differences: KnownDeviations;
}

const over =
  (fetch: FetchLike): MakeTransport =>
  ({ host, timeoutMs, maxReplyBytes }) =>
    fetchTransport({ fetch, host, timeoutMs, maxReplyBytes });

const noConnectLimit = {
  outcome: 'unknown',
  because: 'it has a limit of its own for connecting, which cannot be set from outside',
} as const;
/** Of undici, which is Node's fetch as well. */
const no100 = { outcome: 'unknown', because: 'it takes a 100 that it did not ask for for a fault' } as const;

export const platform: Tried = {
  name: 'fetch',
  transport: over(globalThis.fetch),
  differences: { 'no connection in time': noConnectLimit, '100 before the answer': no100 },
};

/** Its limit for connecting is a dispatcher's: so a `fetch` of one's own sets it. */
export const undici: Tried = {
  name: 'undici',
  transport: ({ connectTimeoutMs: timeout, ...options }) => {
    const dispatcher = timeout === undefined ? undefined : new Agent({ connect: { timeout } });
    const fetch: FetchLike = (url: string, init: FetchInit) =>
      undiciFetch(url, dispatcher ? { ...init, dispatcher } : init);
    return fetchTransport({ fetch, ...options });
  },
  differences: { '100 before the answer': no100 },
};

export const viaNodeFetch: Tried = {
  name: 'node-fetch',
  transport: over(nodeFetch),
  differences: {
    'no connection in time': noConnectLimit,
    'garbage right behind the answer': {
      outcome: 'unknown',
      because: 'it loses an answer when garbage follows it',
    },
  },
};
