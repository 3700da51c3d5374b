import { readBody } from '@smsc/protocol/adapter';

/** Members of a response that this package reads. The response types of the platform and of node-fetch both have them. */
export interface ResponseLike {
  /** HTTP status. */
  readonly status: number;
  /** Headers by name, in upper or lower case. */
  readonly headers: { get(name: string): string | null };
  /** A web stream, or a Node stream (node-fetch). Without a stream, `arrayBuffer()` is called. */
  readonly body?: object | null | undefined;
  /** Reads the whole body. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A chunk of a body. A mock of `fetch` may yield text. */
interface Chunk {
  readonly done?: boolean | undefined;
  readonly value?: Uint8Array | string | undefined;
}

/** A body that is a stream: of the platform, or of Node. */
interface BodyStream {
  getReader?(): { read(): Promise<Chunk> };
  [Symbol.asyncIterator]?(): { next(): Promise<Chunk> };
}

/**
 * Reads the body of a response, of at most `limit` bytes after content decoding. Resolves to `undefined` if the body is
 * longer. In that case the rest is not read, and the caller closes the connection.
 */
export async function readResponse(response: ResponseLike, limit: number): Promise<Uint8Array | undefined> {
  if (Number(response.headers.get('content-length')) > limit) return undefined;
  const stream = (response.body ?? {}) as BodyStream;
  // Prefers a reader to an iterator: it is faster, and not every platform can iterate over a web stream.
  const source =
    stream.getReader?.() ??
    stream[Symbol.asyncIterator]?.() ??
    [new Uint8Array(await response.arrayBuffer())].values();
  return readBody(async () => {
    const { done, value } = await ('read' in source ? source.read() : source.next());
    return { done, value: typeof value === 'string' ? new TextEncoder().encode(value) : value };
  }, limit);
}
