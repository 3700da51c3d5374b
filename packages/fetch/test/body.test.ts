import { describe, expect, it } from 'vitest';
import { readBody, type ResponseLike } from '../src/body.ts';

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
/** A stream that says how much of it was asked for. */
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

describe('a body', () => {
  it('that cannot be iterated is read whole, as polyfills have it', async () => {
    for (const body of [undefined, null, {}]) {
      expect(await readBody(respond(body), 4)).toEqual(bytes);
      expect(await readBody(respond(body), 3)).toBeUndefined();
    }
  });

  it('that comes in pieces is put together, and no more of it is read than the limit allows', async () => {
    expect(await readBody(respond(pieces().body), 4)).toEqual(bytes);
    const { body, read } = pieces();
    expect(await readBody(respond(body), 2)).toBeUndefined();
    expect(read).toEqual([1, 2, 3]);
  });

  it('that is a web stream is read piece by piece as well', async () => {
    const stream = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start: (controller) => (
          bytes.forEach((byte) => controller.enqueue(Uint8Array.of(byte))),
          controller.close()
        ),
      });
    expect(await readBody(respond(stream()), 4)).toEqual(bytes);
    expect(await readBody(respond(stream()), 3)).toBeUndefined();
  });

  it('may come as a text, as mocks have it', async () => {
    expect(
      await readBody(
        respond(
          new ReadableStream({ start: (controller) => (controller.enqueue('abc'), controller.close()) }),
        ),
        4,
      ),
    ).toEqual(Uint8Array.of(97, 98, 99));
  });

  it('is bytes and no more, whatever its pieces are', async () => {
    const body = {
      async *[Symbol.asyncIterator]() {
        yield await Promise.resolve(Buffer.from(bytes));
      },
    };
    expect((await readBody(respond(body), 4))!.constructor).toBe(Uint8Array);
  });

  it('whose length is told is not read when it is too long', async () => {
    const { body, read } = pieces();
    expect(await readBody(respond(body, { 'content-length': '5' }), 4)).toBeUndefined();
    expect(read).toEqual([]);
    expect(await readBody(respond(body, { 'content-length': '4' }), 4)).toEqual(bytes);
  });

  it('is counted as it is, whatever its length says: a packed one unpacks to more, and beside chunks it means nothing', async () => {
    const { body, read } = pieces();
    expect(
      await readBody(respond(body, { 'content-encoding': 'gzip', 'content-length': '1' }), 3),
    ).toBeUndefined();
    expect(read).toEqual([1, 2, 3, 4]);
  });
});
