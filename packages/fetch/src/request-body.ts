import type { HttpExchangeRequest } from '@smsc/client/adapter';

/** Converts pieces of a body to the body that a `fetch` function gets. */
type ToBody = (pieces: AsyncIterable<unknown>) => object;

/** Global object of Node. */
interface NodeGlobal {
  readonly process: { getBuiltinModule(name: 'stream'): { readonly Readable: { readonly from: ToBody } } };
}

/**
 * Returns how `fetch` takes a body in pieces, or `undefined` if it does not send such a body with its length. Node and
 * Bun do: their own `fetch` takes an async iterable, and any other function a `Readable` of `node:stream`. Deno and edge
 * workers have `node:stream` too, but send each stream in chunks. Edge workers are recognized by a setting that they
 * reject.
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

/** Returns the length of a body in bytes, as a header has it. */
export const lengthOf = (body: Uint8Array | Blob): string =>
  String(body instanceof Blob ? body.size : body.length);

/**
 * Yields a body once. `fetch` asks for it when the connection is established. `sent` is reported immediately before a
 * piece is handed over.
 */
export async function* readOnce(
  body: Uint8Array | Blob,
  reached: HttpExchangeRequest['reached'],
): AsyncGenerator {
  for await (const piece of body instanceof Blob ? body.stream() : [body]) {
    reached('sent');
    yield piece;
  }
}
