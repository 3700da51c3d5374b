import type { KnownDeviations, MakeTransport } from '@smsc/conformance';
import nodeFetch from 'node-fetch';
import { Agent, fetch as undiciFetch } from 'undici';
import { type FetchInit, type FetchLike, fetchTransport } from '../src/index.ts';

/** A transport under the contract, with its known deviations. */
export interface Tried {
  readonly name: string;
  readonly transport: MakeTransport;
  readonly deviations: KnownDeviations;
}

const over =
  (fetch: FetchLike): MakeTransport =>
  ({ host, timeoutMs, maxReplyBytes }) =>
    fetchTransport({ fetch, host, timeoutMs, maxReplyBytes });

const noConnectLimit = {
  outcome: 'unknown',
  reason: 'its time limit for connecting cannot be set from outside',
} as const;
/** Deviation of undici, and of Node's fetch, which is undici. */
const no100 = { outcome: 'unknown', reason: 'it fails on a 100 response that it did not ask for' } as const;

export const platform: Tried = {
  name: 'fetch',
  transport: over(globalThis.fetch),
  deviations: {
    'the connection is not established in time': noConnectLimit,
    '100 Continue precedes the response': no100,
  },
};

/** Sets the connect timeout with a dispatcher, through a custom `fetch`. */
export const undici: Tried = {
  name: 'undici',
  transport: ({ connectTimeoutMs: timeout, ...options }) => {
    const dispatcher = timeout === undefined ? undefined : new Agent({ connect: { timeout } });
    const fetch: FetchLike = (url: string, init: FetchInit) =>
      undiciFetch(url, dispatcher ? { ...init, dispatcher } : init);
    return fetchTransport({ fetch, ...options });
  },
  deviations: { '100 Continue precedes the response': no100 },
};

export const viaNodeFetch: Tried = {
  name: 'node-fetch',
  transport: over(nodeFetch),
  deviations: {
    'the connection is not established in time': noConnectLimit,
    'garbage follows directly after the response': {
      outcome: 'unknown',
      reason: 'it loses a response that garbage follows',
    },
  },
};
