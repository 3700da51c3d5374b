import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { HttpExchangeRequest } from '@smsc/client/adapter';

/** Pieces of a body, and word of each when the next is wanted: by then it was handed on. */
async function* pieces(
  body: Blob,
  onProgress: NonNullable<HttpExchangeRequest['onProgress']>,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const piece of body.stream() as ReadableStream<Uint8Array>) {
    yield piece;
    sent += piece.length;
    // A bar that cannot be drawn is no reason to break a request off that may be paid for, nor to end the program.
    void Promise.resolve([sent, body.size] as const)
      .then((now) => onProgress(...now))
      .catch(() => undefined);
  }
}

/** A body as axios sends it as it is: text, or a stream, of which nobody but us knows the length. */
export function toUpload(
  body: string | Blob,
  onProgress: HttpExchangeRequest['onProgress'],
): { readonly data: string | Readable; readonly length: number } {
  if (typeof body === 'string' && !onProgress) return { data: body, length: Buffer.byteLength(body) };
  const blob = new Blob([body]);
  return {
    data: Readable.from(pieces(blob, onProgress ?? (() => undefined)), { objectMode: false }),
    length: blob.size,
  };
}
