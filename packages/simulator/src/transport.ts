import type { Transport, WireBody } from '@smsc/protocol';
import { readOptions } from '@smsc/protocol/adapter';
import { checkFunction } from './options/checks.ts';
import type { Gateway } from './gateway.ts';
import { writeMultipart } from './wire/write-multipart.ts';

/** What the way to a gateway in one's own program needs. */
export interface GatewayTransportOptions {
  /** The instant of each request, in milliseconds since 1970. */
  readonly now: () => number;
  /** A request stays in flight until this settles. Default: it lands at once. */
  readonly hold?: (() => Promise<unknown>) | undefined;
}

/** The body as any HTTP client would write it. */
const write = async (
  body: WireBody,
): Promise<{ readonly contentType: string; readonly bytes: Uint8Array }> =>
  body.kind === 'text'
    ? { contentType: body.contentType, bytes: new TextEncoder().encode(body.text) }
    : writeMultipart(body);

/**
 * A transport straight into a gateway: no socket, and no clock but the caller's. Each request has a connection of its own.
 *
 * @throws {InputError} for options that nobody knows or that cannot be meant
 */
export function gatewayTransport(gateway: Gateway, options: GatewayTransportOptions): Transport {
  const { now, hold } = readOptions(
    'gatewayTransport',
    options,
    { hold: checkFunction },
    { now: checkFunction },
  );
  const send: Transport['send'] = async (request) => {
    const { contentType, bytes } = await write(request.body);
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
