import { IncomingMessage } from 'node:http';

/**
 * Reads a body of at most `limit` bytes, counted after content decoding. Resolves to `undefined` if the body is longer; the
 * rest is not read then.
 */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> {
  // Content-Length is only valid for a body that is not compressed. A compressed one is a stream, not an `IncomingMessage`.
  if (body instanceof IncomingMessage && Number(body.headers['content-length']) > limit) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
