import { TransportError } from '@smsc/protocol';

/** A body as fetches give it: a web stream of the platform, or a Node stream (node-fetch). */
type Body = AsyncIterable<Uint8Array>;

/** What of a response is needed here; node-fetch's own type is not that of the platform. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: Body | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}

const tooLarge = (limit: number): TransportError =>
  new TransportError(`the reply is larger than ${limit} bytes`, 'reply', 'too-large');

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * Reads a body whole, up to `limit` bytes, counted after content decoding.
 *
 * @throws {TransportError} when there is more; the rest is not read, and it is the caller's to give the connection up
 */
export async function readBody(response: ResponseLike, limit: number): Promise<Uint8Array> {
  const { headers, body } = response;
  if (body === null) return new Uint8Array();
  // A length that HTTP itself enforces needs no counting, which is what most replies come with.
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  if (length !== null && /^\d{1,15}$/.test(length)) {
    if (Number(length) > limit) throw tooLarge(limit);
    return new Uint8Array(await response.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return join(chunks, size);
}
