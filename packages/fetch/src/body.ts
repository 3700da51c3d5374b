/** What of a response is needed here; node-fetch's own type is not that of the platform. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** A web stream or a Node stream (node-fetch). Where it is neither, or there is none, `arrayBuffer` is read. */
  readonly body?: object | null | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The pieces of a body one by one, however it gives them: reading them is quicker than iterating, and not every platform iterates. */
function piecesOf(body: object): (() => Promise<IteratorResult<Uint8Array<ArrayBuffer>>>) | undefined {
  const stream = body as Partial<ReadableStream<Uint8Array<ArrayBuffer>> & AsyncIterable<Uint8Array<ArrayBuffer>>>;
  const reader = stream.getReader?.();
  if (reader) return () => reader.read() as Promise<IteratorResult<Uint8Array<ArrayBuffer>>>;
  const iterator = stream[Symbol.asyncIterator]?.();
  return iterator && (() => iterator.next());
}

/**
 * Reads a body whole, up to `limit` bytes, counted after content decoding. `undefined` when there is more; the rest is
 * not read, and it is the caller's to give the connection up.
 */
export async function readBody(response: ResponseLike, limit: number): Promise<Uint8Array | undefined> {
  if (Number(response.headers.get('content-length')) > limit) return undefined;
  const next = piecesOf(response.body ?? {});
  if (!next) {
    const whole = new Uint8Array(await response.arrayBuffer());
    return whole.length > limit ? undefined : whole;
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let piece = await next(); !piece.done; piece = await next()) {
    size += piece.value.length;
    if (size > limit) return undefined;
    chunks.push(piece.value);
  }
  const [first] = chunks;
  // Most replies are one piece, which may be of a class of its own, such as Node's `Buffer`.
  if (chunks.length === 1 && ArrayBuffer.isView(first)) return new Uint8Array(first.buffer, first.byteOffset, first.length);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
