import { describe, expect, it } from 'vitest';
import { readBody, type ReadChunk } from '../src/exchange/read-body.ts';

/** Reads the given chunks one after another, and counts the reads. */
function chunks(...all: readonly (readonly number[])[]): {
  readonly next: ReadChunk;
  readonly reads: () => number;
} {
  let reads = 0;
  return {
    next: () => {
      const chunk = all[reads++];
      return Promise.resolve(chunk ? { value: Uint8Array.from(chunk) } : { done: true });
    },
    reads: () => reads,
  };
}

describe('readBody', () => {
  it('joins chunks of any size', async () => {
    expect(await readBody(chunks().next, 0)).toEqual(new Uint8Array());
    expect(await readBody(chunks([1]).next, 9)).toEqual(Uint8Array.of(1));
    expect(await readBody(chunks([], [1], [], [2, 3, 4, 5], [6], []).next, 9)).toEqual(
      Uint8Array.of(1, 2, 3, 4, 5, 6),
    );
  });

  it('reads exactly the limit, and stops beyond it', async () => {
    expect(await readBody(chunks([1, 2], [3]).next, 3)).toEqual(Uint8Array.of(1, 2, 3));
    const { next, reads } = chunks([1, 2], [3], [4]);
    expect(await readBody(next, 2)).toBeUndefined();
    expect(reads()).toBe(2);
  });

  it('returns a buffer that holds nothing else', async () => {
    const body = await readBody(chunks([1, 2, 3], [4, 5, 6], [7]).next, 9);
    expect(body!.buffer.byteLength).toBe(7);
  });

  it('copies chunks, so that their buffers can be used again', async () => {
    const chunk = Buffer.from('abcdefgh').subarray(2, 4);
    let given = false;
    const body = await readBody(() => {
      const read = given ? { done: true } : { value: chunk };
      given = true;
      return Promise.resolve(read);
    }, 9);
    chunk.fill(0);
    expect(body).toEqual(Uint8Array.of(99, 100));
    expect(body!.constructor).toBe(Uint8Array);
    expect(body!.buffer.byteLength).toBe(2);
  });

  it('reads a million chunks of one byte in linear time', async () => {
    let left = 1_000_000;
    const byte = { value: Uint8Array.of(7) };
    const body = await readBody(() => Promise.resolve(left-- ? byte : { done: true }), Infinity);
    expect(body).toHaveLength(1_000_000);
    expect(body!.every((each) => each === 7)).toBe(true);
  }, 5000);

  it('passes on the error of a body that ends early', async () => {
    await expect(readBody(() => Promise.reject(new RangeError('reset')), 9)).rejects.toThrow('reset');
  });
});
