import { describe, expect, it } from 'vitest';
import { readResponse, type ResponseLike } from '../src/body.ts';

const bytes = Uint8Array.of(1, 2, 3, 4);
const respond = (
  body: object | null | undefined,
  headers: Readonly<Record<string, string>> = {},
): ResponseLike => ({
  status: 200,
  headers: { get: (name) => headers[name] ?? null },
  body,
  arrayBuffer: () => Promise.resolve(bytes.slice().buffer),
});
/** Creates a stream that records which of its chunks were read. */
function pieces(): { readonly body: AsyncIterable<Uint8Array>; readonly read: number[] } {
  const read: number[] = [];
  return {
    read,
    body: {
      async *[Symbol.asyncIterator]() {
        for (const byte of bytes) {
          await Promise.resolve();
          read.push(byte);
          yield Uint8Array.of(byte);
        }
      },
    },
  };
}

describe('readResponse', () => {
  it('reads a body that is not iterable at once, as with polyfills', async () => {
    for (const body of [undefined, null, {}]) {
      expect(await readResponse(respond(body), 4)).toEqual(bytes);
      expect(await readResponse(respond(body), 3)).toBeUndefined();
    }
  });

  it('joins chunks and stops reading beyond the limit', async () => {
    expect(await readResponse(respond(pieces().body), 4)).toEqual(bytes);
    const { body, read } = pieces();
    expect(await readResponse(respond(body), 2)).toBeUndefined();
    expect(read).toEqual([1, 2, 3]);
  });

  it('reads a web stream chunk by chunk', async () => {
    const stream = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start: (controller) => (
          bytes.forEach((byte) => controller.enqueue(Uint8Array.of(byte))),
          controller.close()
        ),
      });
    expect(await readResponse(respond(stream()), 4)).toEqual(bytes);
    expect(await readResponse(respond(stream()), 3)).toBeUndefined();
  });

  it('accepts chunks of text, as mocks produce them', async () => {
    expect(
      await readResponse(
        respond(
          new ReadableStream({ start: (controller) => (controller.enqueue('abc'), controller.close()) }),
        ),
        4,
      ),
    ).toEqual(Uint8Array.of(97, 98, 99));
  });

  it('returns a plain Uint8Array for chunks of a subclass', async () => {
    const body = {
      async *[Symbol.asyncIterator]() {
        yield await Promise.resolve(Buffer.from(bytes));
      },
    };
    expect((await readResponse(respond(body), 4))!.constructor).toBe(Uint8Array);
  });

  it('does not read a body whose Content-Length exceeds the limit', async () => {
    const { body, read } = pieces();
    expect(await readResponse(respond(body, { 'content-length': '5' }), 4)).toBeUndefined();
    expect(read).toEqual([]);
    expect(await readResponse(respond(body, { 'content-length': '4' }), 4)).toEqual(bytes);
  });

  it('counts the decompressed bytes of a compressed body, whatever its Content-Length says', async () => {
    const { body, read } = pieces();
    expect(
      await readResponse(respond(body, { 'content-encoding': 'gzip', 'content-length': '1' }), 3),
    ).toBeUndefined();
    expect(read).toEqual([1, 2, 3, 4]);
  });
});
