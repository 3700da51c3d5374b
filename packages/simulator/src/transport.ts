import type { Attachment, Transport, WireBody } from '@smsc/protocol';
import type { Gateway } from './gateway.ts';

/** What the way to a gateway in one's own program needs. */
export interface GatewayTransportOptions {
  /** The instant of each request, in milliseconds since 1970. */
  readonly now: () => number;
  /** A request stays in flight until this settles. Default: it lands at once. */
  readonly hold?: (() => Promise<unknown>) | undefined;
}

/** The content of an attachment as a part of the platform's own form. Bytes have no type of their own. */
async function toBlob(content: Attachment['content']): Promise<Blob> {
  const [bytes, type] = content instanceof Uint8Array ? [content, ''] : [new Uint8Array(await content.arrayBuffer()), content.type];
  return new Blob([new Uint8Array(bytes)], { type: type || 'application/octet-stream' });
}

/** The body as any HTTP client would write it. */
async function write(body: WireBody): Promise<{ readonly contentType: string; readonly bytes: Uint8Array }> {
  if (body.kind === 'text') return { contentType: body.contentType, bytes: new TextEncoder().encode(body.text) };
  const form = new FormData();
  for (const [name, value] of body.fields) form.append(name, value);
  for (const [at, { name, content }] of body.files.entries()) form.append(`file${at + 1}`, await toBlob(content), name);
  const written = new Response(form);
  return { contentType: written.headers.get('content-type') ?? '', bytes: new Uint8Array(await written.arrayBuffer()) };
}

/** A transport straight into a gateway: no socket, and no clock but the caller's. Each request has a connection of its own. */
export const gatewayTransport =
  (gateway: Gateway, { now, hold }: GatewayTransportOptions): Transport =>
  async (request) => {
    const { contentType, bytes } = await write(request.body);
    const { reply, release } = gateway.receive({ method: 'POST', url: `/${request.path}`, contentType, body: bytes }, now());
    try {
      await hold?.();
    } finally {
      release();
    }
    return { status: reply.status, body: reply.body };
  };
