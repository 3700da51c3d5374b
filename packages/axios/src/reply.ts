import { IncomingMessage } from 'node:http';

/**
 * Reads a body whole, up to `limit` bytes, counted after content decoding. `undefined` when there is more; the rest is
 * not read.
 */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> {
  // A length that HTTP itself enforces. What is being unpacked is no message, and its length says nothing of it.
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
