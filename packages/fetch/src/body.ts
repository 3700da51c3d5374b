/** What of a response is needed here; node-fetch's own type is not that of the platform. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** A web stream or a Node stream (node-fetch). Where it is neither, or there is none, `arrayBuffer` is read. */
  readonly body?: object | null | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Gives the pieces of a body one by one: reading them is quicker than iterating, and not every platform iterates. `undefined` where neither can be done. */
function piecesOf(
  body: object,
): (() => Promise<{ readonly done?: boolean | undefined; readonly value?: Bytes | undefined }>) | undefined {
  const stream = body as Partial<ReadableStream<Bytes> & AsyncIterable<Bytes>>;
  const source = stream.getReader?.() ?? stream[Symbol.asyncIterator]?.();
  return source && (() => ('read' in source ? source.read() : source.next()));
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
  // Most replies are one piece, which may be of a class of its own, such as Node's `Buffer`.
  if (chunks.length === 1 && ArrayBuffer.isView(first))
    return new Uint8Array(first.buffer, first.byteOffset, first.length);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
