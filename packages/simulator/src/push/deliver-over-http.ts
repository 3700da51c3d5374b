import type { Deliver } from './request.ts';

/** How long a handler may take. The gateway's own patience is not known: assumed. */
const patienceMs = 10_000;

/** Carries pushes over HTTP until it is stopped. A redirect is no answer: assumed. */
export const deliverOverHttp =
  (stopped: AbortSignal): Deliver =>
  async ({ method, url, contentType, body }) => {
    const reply = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(patienceMs)]),
      ...(contentType === undefined
        ? {}
        : { headers: { 'content-type': contentType }, body: new Uint8Array(body) }),
    });
    await reply.body?.cancel();
    return { status: reply.status };
  };
