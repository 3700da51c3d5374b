import type { Deliver } from './request.ts';

/**
 * Maximum time until the handler responds, in milliseconds. This is an assumption, because the gateway's own timeout is not
 * known.
 */
const timeoutMs = 10_000;

/**
 * Creates a `deliver` function that sends webhooks over HTTP. Assumption: redirects are not followed.
 *
 * @param stopped cancels requests in flight
 */
export const deliverOverHttp =
  (stopped: AbortSignal): Deliver =>
  async ({ method, url, contentType, body }) => {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
      ...(contentType === undefined
        ? {}
        : { headers: { 'content-type': contentType }, body: new Uint8Array(body) }),
    });
    await response.body?.cancel();
    return { status: response.status };
  };
