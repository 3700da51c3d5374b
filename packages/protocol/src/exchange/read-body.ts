/** Reads the next chunk of a body: `read` of a stream's reader, or `next` of an iterator. */
export type ReadChunk = () => Promise<{
  readonly done?: boolean | undefined;
  readonly value?: Uint8Array | undefined;
}>;

/**
 * Reads a body of at most `limit` bytes. If the body is longer, stops reading and resolves to `undefined`; the caller
 * then closes the stream.
 *
 * Collects the bytes in one growing buffer. A list of chunks could take far more memory: hundreds of bytes for a chunk
 * of one byte.
 */
export async function readBody(next: ReadChunk, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let buffer = new Uint8Array();
  let size = 0;
  for (;;) {
    const { done, value } = await next();
    // Copies only if there is a reserve: the result must not keep more memory than its bytes.
    if (done) return size < buffer.length ? buffer.slice(0, size) : buffer;
    const needed = size + value!.length;
    if (needed > limit) return undefined;
    if (needed > buffer.length) {
      // Reserves space for later chunks: as many bytes as were read before this chunk. The first buffer therefore has
      // no reserve.
      const larger = new Uint8Array(size + needed);
      larger.set(buffer);
      buffer = larger;
    }
    buffer.set(value!, size);
    size = needed;
  }
}
