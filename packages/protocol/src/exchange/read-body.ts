/** Reads the next chunk of a body: `read` of a stream's reader, or `next` of an iterator. */
export type ReadChunk = () => Promise<{
  readonly done?: boolean | undefined;
  readonly value?: Uint8Array | undefined;
}>;

/**
 * Reads a body of at most `limit` bytes. Resolves to `undefined` if it is longer. The rest is not read then, and the caller
 * closes the stream.
 *
 * The bytes are in one growing buffer. A list of chunks would need hundreds of bytes for each byte that is sent separately.
 */
export async function readBody(next: ReadChunk, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let buffer = new Uint8Array();
  let size = 0;
  for (;;) {
    const { done, value } = await next();
    if (done) return buffer.subarray(0, size);
    const needed = size + value!.length;
    if (needed > limit) return undefined;
    if (needed > buffer.length) {
      // Exact for the first chunk, and at least doubled by each further growth.
      const larger = new Uint8Array(size + needed);
      larger.set(buffer);
      buffer = larger;
    }
    buffer.set(value!, size);
    size = needed;
  }
}
