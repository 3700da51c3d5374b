import { readBody } from '@smsc/protocol/adapter';
import { IncomingMessage } from 'node:http';

/**
 * Reads the body of a response, of at most `limit` bytes after content decoding. Resolves to `undefined` if the body is
 * longer. In that case the rest is not read, and the caller closes the connection.
 */
export function readResponse(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> | undefined {
  // Content-Length is the size of the body only if the body is not compressed. A compressed body arrives as another
  // stream, not as an `IncomingMessage`.
  if (body instanceof IncomingMessage && Number(body.headers['content-length']) > limit) return undefined;
  const chunks = body[Symbol.asyncIterator]();
  return readBody(() => chunks.next(), limit);
}
