/** What of a response is needed here; node-fetch's own type is not that of the platform. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** A web stream or a Node stream (node-fetch). Where it cannot be iterated, or there is none, `arrayBuffer` is read. */
  readonly body?: object | null | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Reads a body whole, up to `limit` bytes, counted after content decoding. `undefined` when there is more; the rest is
 * not read, and it is the caller's to give the connection up.
 */
export async function readBody(response: ResponseLike, limit: number): Promise<Uint8Array | undefined> {
  if (Number(response.headers.get('content-length')) > limit) return undefined;
  const body = response.body as Partial<AsyncIterable<Uint8Array<ArrayBuffer>>> | null | undefined;
  if (!body?.[Symbol.asyncIterator]) {
    const whole = new Uint8Array(await response.arrayBuffer());
    return whole.length > limit ? undefined : whole;
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  // What most replies are is one piece.
  return chunks.length === 1 ? chunks[0] : new Uint8Array(await new Blob(chunks).arrayBuffer());
}
