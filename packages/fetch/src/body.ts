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
  const { headers } = response;
  const body = response.body as Partial<AsyncIterable<Uint8Array>> | null | undefined;
  // A length that HTTP itself enforces needs no counting, which is what most replies come with. That of a packed body
  // says nothing of what it unpacks to, and beside chunks a length says nothing at all.
  const told = headers.get('content-length');
  const length = told !== null && headers.get('content-encoding') === null && headers.get('transfer-encoding') === null ? told : null;
  if (Number(length) > limit) return undefined;
  if (length !== null || !body?.[Symbol.asyncIterator]) {
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
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
