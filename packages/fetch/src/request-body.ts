import type { HttpExchangeRequest } from '@smsc/client/adapter';
import { getOwn, type UnknownRecord } from '@smsc/protocol/adapter';

/** Converts pieces of a body to the body that a `fetch` function gets. */
type ToBody = (pieces: AsyncIterable<unknown>) => object;

/** Global object of Node. */
interface NodeGlobal {
  readonly process: { getBuiltinModule(name: 'stream'): { readonly Readable: { readonly from: ToBody } } };
}

/**
 * Returns the function that converts pieces to the body that `fetch` takes. In Node and Bun, their own `fetch` takes an
 * async iterable, and any other function takes a `Readable` of `node:stream`. Returns `undefined` on Deno and in edge
 * workers: they have `node:stream` too, but send each stream in chunks, without its length. Edge workers are recognized by
 * a setting that they reject.
 */
export function findToBody(isGiven: boolean): ToBody | undefined {
  try {
    new Request('https://smsc.ua', { __proto__: null, redirect: 'error' } as RequestInit);
    const { from } = (globalThis as unknown as NodeGlobal).process.getBuiltinModule('stream').Readable;
    if (!Object.hasOwn(globalThis, 'Deno')) return isGiven ? from : (pieces) => pieces;
  } catch {
    // Neither Node nor Bun.
  }
  return undefined;
}

/** Content of a body: bytes, or a `Blob`. */
export type Content = Partial<Pick<Uint8Array, 'length'> & Pick<Blob, 'size' | 'stream'>>;

/**
 * Yields a body once. `fetch` asks for it when the connection is established. `sent` is reported immediately before a
 * piece is handed over.
 */
export async function* readOnce(content: Content, reached: HttpExchangeRequest['reached']): AsyncGenerator {
  for await (const piece of content.stream?.() ?? [content]) {
    reached('sent');
    yield piece;
  }
}

/**
 * Matches the system calls that fail if no connection can be established, and Deno 2.9's message for such a failure. The
 * whole text must match, because an error can quote the server. A message that quotes the names in a certificate does not
 * match.
 */
const noConnection =
  /^(?:connect|getaddrinfo|error sending request for url \(\S+\): client error \(Connect\): [\w :,()-]+)$/;

/**
 * Returns true for an error that proves that no connection was established. Needed for a `fetch` that takes the body before
 * it connects: node-fetch, whose errors name the system call, and Deno's own, whose errors have only a message.
 *
 * A code such as `ECONNREFUSED` is no proof, because an established connection can fail with it too. A code for a refused
 * certificate is no proof either, because a server can start another TLS handshake after it has read the request.
 */
export function failedToConnect(error: unknown, isGiven: boolean): boolean {
  const found = getOwn(Object(error) as UnknownRecord, isGiven ? 'erroredSysCall' : 'cause');
  return noConnection.test(String(isGiven ? found : (found as Error | undefined)?.message));
}
