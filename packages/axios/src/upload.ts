import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { HttpExchangeRequest } from '@smsc/client/adapter';

/** Yields the chunks of a body. Reports the progress of a chunk when the next one is requested. */
async function* chunksOf(
  body: Blob,
  onProgress: NonNullable<HttpExchangeRequest['onProgress']>,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of body.stream() as ReadableStream<Uint8Array>) {
    yield chunk;
    sent += chunk.length;
    // An error of the callback must neither abort a request that may be charged nor end the program.
    void Promise.resolve([sent, body.size] as const)
      .then((now) => onProgress(...now))
      .catch(() => undefined);
  }
}

/** Returns a body that axios sends unchanged, text or a stream, and its length in bytes. */
export function toUpload(
  body: string | Blob,
  onProgress: HttpExchangeRequest['onProgress'],
): { readonly data: string | Readable; readonly length: number } {
  if (typeof body === 'string' && !onProgress) return { data: body, length: Buffer.byteLength(body) };
  const blob = new Blob([body]);
  return {
    data: Readable.from(chunksOf(blob, onProgress ?? (() => undefined)), { objectMode: false }),
    length: blob.size,
  };
}
