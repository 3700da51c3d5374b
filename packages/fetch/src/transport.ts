import {
  type ClientTransport,
  type HttpExchange,
  checkFunction,
  transportChecks,
  type TransportOptions,
  transportOver,
} from '@smsc/client/adapter';
import { readOptions } from '@smsc/protocol/adapter';
import { readBody, type ResponseLike } from './body.ts';

/** What is asked of a `fetch`: the platform's, undici's and node-fetch's all fit. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

/** What a `fetch` is called with, and nothing else. */
export interface FetchInit {
  readonly method: 'POST';
  /** Text, or a `Blob`: of any, since those of the DOM, of Node and of undici are each a type of its own. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- nothing narrower fits the `RequestInit` of them all
  readonly body: any;
  readonly headers: Record<string, string>;
  readonly redirect: 'manual' | 'error';
  /** There is nobody to be asked anything. With `redirect: 'error'` it spares a `fetch` a copy of the request. */
  readonly window: null;
  readonly signal: AbortSignal;
}

/** How requests are carried. */
export interface FetchTransportOptions extends TransportOptions {
  /**
   * Default: the platform's `fetch`, looked up when the transport is made. One that repeats requests by itself must not be
   * used: what it says of the last attempt is taken for the whole, and a send could be repeated that was accepted.
   */
  readonly fetch?: FetchLike | undefined;
}

/** Its options, each with its check. */
export const fetchChecks: typeof transportChecks & Record<'fetch', typeof checkFunction> = {
  fetch: checkFunction,
  ...transportChecks,
};

/**
 * What something has added to every object becomes a setting of what a `fetch` makes of a request: an authority to trust, a
 * socket to connect to. Nothing that holds a password is handed to one then.
 */
function refusePolluted(): void {
  for (const name in {})
    throw Object.assign(new Error(name), { code: 'POLLUTED_PROTOTYPE', syscall: 'connect' });
}

/**
 * A transport over a `fetch`. One request for each call, always a POST; redirects are refused; the time limit covers the
 * reply's last byte. While something enumerable is added to `Object.prototype` it sends nothing.
 *
 * @throws {InputError} for options that cannot be meant; a call rejects with one for its own
 */
export const fetchTransport = (options: FetchTransportOptions = {}): ClientTransport =>
  overFetch(readOptions('fetchTransport', options, fetchChecks));

/** Whether the platform knows a redirect as an error. Workers at the edge do not, and say so by throwing. */
function knowsErrors(): boolean {
  try {
    return Boolean(new Request('https://smsc.ua', { redirect: 'error' }));
  } catch {
    return false;
  }
}

/** The same, of options that are checked and inherit nothing. */
export function overFetch({ fetch = globalThis.fetch, ...rest }: FetchTransportOptions): ClientTransport {
  const provable = knowsErrors();
  /** Addresses that have answered, each since it failed last. */
  const proven = new Set<string>();
  const carry: HttpExchange = async ({ url, contentType, body, signal, limit, arrived }) => {
    refusePolluted();
    try {
      const response = await fetch(url, {
        method: 'POST',
        // Deno sends a request a second time, by itself, when a connection that it had kept ends without an answer, though
        // the request has arrived: a text, and not a blob.
        body: Object.hasOwn(globalThis, 'Deno') ? new Blob([body]) : body,
        headers: { 'content-type': contentType },
        // The body holds the password, and a 307 would carry it to wherever the answer says. Not followed, a redirect is an
        // answer that is not the gateway's, and its status tells of a host that is a wrong one; as an error it tells
        // nothing, but costs less.
        redirect: proven.has(url) ? 'error' : 'manual',
        window: null,
        signal,
      });
      arrived();
      const { status } = response;
      if (provable && status === 200) proven.add(url);
      const read = await readBody(response, limit);
      return (
        read && {
          status,
          body: read,
          retryAfter: status === 200 ? undefined : (response.headers.get('retry-after') ?? undefined),
        }
      );
    } catch (error) {
      proven.delete(url);
      throw error;
    }
  };
  return transportOver(carry, rest);
}
