import type { Transport, WireBody } from '@smsc/protocol';
import { readOptions } from '@smsc/protocol/adapter';
import { checkFunction } from './options/checks.ts';
import type { Gateway } from './gateway.ts';
import { writeMultipart } from './wire/write-multipart.ts';

/** Options of a transport to a gateway in the same process. */
export interface GatewayTransportOptions {
  /** Clock that gives the instant of each request, in milliseconds since 1970. */
  readonly now: () => number;
  /** Keeps a request in flight until the promise settles. Default: requests end at once. */
  readonly hold?: (() => Promise<unknown>) | undefined;
}

/** Encodes a body as an HTTP client would send it. */
const writeBody = async (
  body: WireBody,
): Promise<{ readonly contentType: string; readonly bytes: Uint8Array }> =>
  body.kind === 'text'
    ? { contentType: body.contentType, bytes: new TextEncoder().encode(body.text) }
    : writeMultipart(body);

/**
 * Creates a transport to a gateway in the same process. It uses no sockets, and `now` is its only clock. Each request counts
 * as a separate connection.
 *
 * @throws {InputError} for unknown or invalid options
 */
export function gatewayTransport(gateway: Gateway, options: GatewayTransportOptions): Transport {
  const { now, hold } = readOptions(
    'gatewayTransport',
    options,
    { hold: checkFunction },
    { now: checkFunction },
  );
  const send: Transport['send'] = async (request) => {
    const { contentType, bytes } = await writeBody(request.body);
    const { reply, release } = gateway.receive(
      { method: 'POST', url: `/${request.path}`, contentType, body: bytes },
      now(),
    );
    try {
      await hold?.();
    } finally {
      release();
    }
    return { status: reply.status, body: reply.body };
  };
  return { send };
}
