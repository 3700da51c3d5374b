import type { KnownDeviations, MakeTransport } from '@smsc/conformance';
import nodeFetch from 'node-fetch';
import { Agent, fetch as undiciFetch } from 'undici';
import { type FetchInit, type FetchLike, fetchTransport } from '../src/index.ts';
import inNode from './deviations.json' with { type: 'json' };

/** A transport to test against the contract, with its known deviations. */
export interface Tried {
  readonly name: string;
  readonly transport: MakeTransport;
  readonly deviations: KnownDeviations;
}

const over =
  (fetch: FetchLike): MakeTransport =>
  ({ host, timeoutMs, maxReplyBytes }) =>
    fetchTransport({ fetch, host, timeoutMs, maxReplyBytes });

/**
 * Known deviations in Node. undici has the same deviations as Node's fetch, which is built on undici, except that its
 * connect timeout can be set.
 */
const deviations = inNode as Readonly<Record<keyof typeof inNode, KnownDeviations>>;

export const platform: Tried = {
  name: 'fetch',
  transport: over(globalThis.fetch),
  deviations: deviations.fetch,
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
  deviations: deviations.undici,
};

export const viaNodeFetch: Tried = {
  name: 'node-fetch',
  transport: over(nodeFetch),
  deviations: deviations['node-fetch'],
};
