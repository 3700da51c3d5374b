import { readBody } from '@smsc/protocol/adapter';
import { IncomingMessage } from 'node:http';

/**
 * Reads the body of a response, of at most `limit` bytes after content decoding. Resolves to `undefined` if it is longer. The
 * rest is not read then, and the caller closes the connection.
 */
export function readResponse(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> | undefined {
  // Content-Length is only valid for a body that is not compressed. A compressed one is a stream, not an `IncomingMessage`.
  if (body instanceof IncomingMessage && Number(body.headers['content-length']) > limit) return undefined;
  const chunks = body[Symbol.asyncIterator]();
  return readBody(() => chunks.next(), limit);
}
