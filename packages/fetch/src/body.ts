/** Members of a response that are used. The response types of the platform and of node-fetch both have them. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** A web stream, or a Node stream (node-fetch). Without either, `arrayBuffer` is read. */
  readonly body?: object | null | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Returns a function that reads the next chunk of a body, or `undefined` if the body is not a stream. Prefers a reader to
 * an iterator: it is faster, and not every platform can iterate over a web stream.
 */
function chunkReader(
  body: object,
): (() => Promise<{ readonly done?: boolean | undefined; readonly value?: Bytes | undefined }>) | undefined {
  const stream = body as Partial<ReadableStream<Bytes> & AsyncIterable<Bytes>>;
  const source = stream.getReader?.() ?? stream[Symbol.asyncIterator]?.();
  return source && (() => ('read' in source ? source.read() : source.next()));
}

/**
 * Reads a body of at most `limit` bytes, counted after content decoding. Resolves to `undefined` if the body is longer.
 * The rest is not read then, and the caller closes the connection.
 */
export async function readBody(response: ResponseLike, limit: number): Promise<Uint8Array | undefined> {
  if (Number(response.headers.get('content-length')) > limit) return undefined;
  const next = chunkReader(response.body ?? {});
  if (!next) {
    const whole = new Uint8Array(await response.arrayBuffer());
    return whole.length > limit ? undefined : whole;
  }
  const chunks: Bytes[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await next();
    if (done) break;
    size += value!.length;
    if (size > limit) return undefined;
    chunks.push(value!);
  }
  const [first] = chunks;
  // Most responses have one chunk. It may be an instance of a subclass, such as Node's `Buffer`.
  if (chunks.length === 1 && ArrayBuffer.isView(first))
    return new Uint8Array(first.buffer, first.byteOffset, first.length);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
