import type { HttpExchangeRequest } from '@smsc/client/adapter';

/** Function of `node:stream` that this package uses. */
interface Readable {
  from(pieces: AsyncIterable<unknown>): object;
}

/** Global object of Node. */
interface NodeGlobal {
  readonly process: { getBuiltinModule(name: 'stream'): { readonly Readable: Readable } };
}

/**
 * Returns `Readable` of `node:stream` on platforms whose `fetch` sends such a stream with its length: Node and Bun.
 * Returns `undefined` on all others. Deno and edge workers have the module too, but send every stream in chunks. Edge
 * workers are recognized by a setting that they reject.
 */
export function findReadable(): Readable | undefined {
  try {
    new Request('https://smsc.ua', { __proto__: null, redirect: 'error' } as RequestInit);
    return Object.hasOwn(globalThis, 'Deno')
      ? undefined
      : (globalThis as unknown as NodeGlobal).process.getBuiltinModule('stream').Readable;
  } catch {
    return undefined;
  }
}

/**
 * Yields a body once. `fetch` asks for it when the connection is established. `sent` is reported immediately before a
 * piece is handed over.
 */
export async function* readOnce(
  body: string | Blob,
  reached: HttpExchangeRequest['reached'],
): AsyncGenerator {
  for await (const piece of typeof body === 'string' ? [body] : body.stream()) {
    reached('sent');
    yield piece;
  }
}
