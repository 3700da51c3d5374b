import {
  type ClientTransport,
  type HttpExchange,
  checkFunction,
  transportChecks,
  type TransportOptions,
  transportOver,
} from '@smsc/client/adapter';
import { readOptions } from '@smsc/protocol/adapter';
import { readResponse, type ResponseLike } from './body.ts';
import { type Content, failedToConnect, findToBody, readOnce } from './request-body.ts';

/** A `fetch` function, such as the platform's, undici's or node-fetch's. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

/** Init object that the `fetch` function is called with. */
export interface FetchInit {
  /** HTTP method. The body holds the credentials, so no request is a GET. */
  readonly method: 'POST';
  /**
   * Body of the request. In Node and Bun it can be read only once, so that no request is sent twice: the platform's
   * `fetch` gets an async iterable, and any other function a `Readable` of `node:stream`. Elsewhere the body is a `Blob`.
   * `await new Response(body).text()` reads each of them. Typed `any` because the DOM, Node and undici each declare types
   * of their own.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- no narrower type is assignable to every `RequestInit`
  readonly body: any;
  /** Always `half`. `fetch` requires this setting for a body that is a stream. */
  readonly duplex: 'half';
  /** Headers of the request: the content type and the length. */
  readonly headers: Record<string, string>;
  /** Handling of redirects. Redirects are never followed, because the body holds the credentials. */
  readonly redirect: 'manual' | 'error';
  /**
   * Always `null`: there is no window that could show prompts. With this setting and `redirect: 'error'`, `fetch` does not
   * copy the request.
   */
  readonly window: null;
  /** Aborts when the caller cancels, when the time limit has passed, and when the reply is too large. */
  readonly signal: AbortSignal;
}

/** Options of `fetchTransport`. */
export interface FetchTransportOptions extends TransportOptions {
  /**
   * Sends the requests. Default: the platform's `fetch`, looked up when the transport is created. Do not pass a function
   * that retries by itself: its result only describes the last attempt, so an accepted message could be sent again.
   */
  readonly fetch?: FetchLike | undefined;
}

/** Checks of the transport's options, by option name. */
export const fetchChecks: typeof transportChecks & Record<'fetch', typeof checkFunction> = {
  fetch: checkFunction,
  ...transportChecks,
};

/**
 * Throws if an enumerable property was added to `Object.prototype`. A `fetch` would inherit it as a setting, such as a
 * trusted certificate authority or a socket path, and the request holds the password.
 */
function refusePolluted(): void {
  for (const name in {}) throw Object.assign(new Error(name), { code: 'POLLUTED_PROTOTYPE' });
}

/**
 * Creates a transport over a `fetch` function. Each call sends one POST request. Redirects are not followed. The timeout
 * covers the whole response. While `Object.prototype` has an enumerable property, nothing is sent.
 *
 * @throws {InputError} for invalid options; a call with invalid options rejects with an `InputError`
 */
export const fetchTransport = (options: FetchTransportOptions = {}): ClientTransport =>
  overFetch(readOptions('fetchTransport', options, fetchChecks));

/** Creates the transport from options that are already checked and have only own members. */
export function overFetch({ fetch = globalThis.fetch, ...rest }: FetchTransportOptions): ClientTransport {
  const isGiven = fetch !== globalThis.fetch;
  const toBody = findToBody(isGiven);
  /** URLs that answered with 200 and have not failed since. */
  const working = new Set<string>();
  const carry: HttpExchange = async ({ url, contentType, body, signal, limit, reached }) => {
    reached('connect');
    refusePolluted();
    const content: Content = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    if (!toBody) reached('sent');
    try {
      const response = await fetch(url, {
        method: 'POST',
        // Deno resends a request with a text body when a reused connection closes without a response, although the
        // request may have arrived. It does not resend a `Blob`.
        body: toBody ? toBody(readOnce(content, reached)) : new Blob([body]),
        duplex: 'half',
        headers: { 'content-type': contentType, 'content-length': `${content.size ?? content.length}` },
        // Redirects are never followed: the body holds the password, and a 307 would send it to another host. 'manual'
        // returns the status of the redirect, which shows that the host is wrong. 'error' hides the status but is
        // faster in Node. Edge workers reject it.
        redirect: working.has(url) ? 'error' : 'manual',
        window: null,
        signal,
      });
      reached('reply');
      const { status, headers } = response;
      if (toBody && status === 200) working.add(url);
      const read = await readResponse(response, limit);
      return read && { status, body: read, retryAfter: headers.get('retry-after') ?? undefined };
    } catch (error) {
      working.delete(url);
      // This report has no effect after a reply.
      if (failedToConnect(error, isGiven)) reached('connect');
      throw error;
    }
  };
  return transportOver(carry, rest);
}
