import type { Clock } from '@smsc/client';
import { RefusalError } from './refusal.ts';
import { withTimeout } from './with-timeout.ts';

/** Limits of a request body. */
export interface BodyLimits {
  /** Maximum size, in bytes. */
  readonly maxBodyBytes: number;
  /** Time limit until the last byte, in ms. */
  readonly bodyTimeoutMs: number;
}

/** Initial size of the buffer, in bytes: enough for a text and a number. The header `Content-Length` is not trusted for it. */
const initialBytes = 4096;

/**
 * Bytes in one growing buffer. A list of chunks would need hundreds of bytes for each byte that a client sends separately.
 */
class GrowingBuffer {
  readonly #maxBytes: number;
  #buffer: Uint8Array<ArrayBuffer>;
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#buffer = new Uint8Array(Math.min(initialBytes, maxBytes));
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#size);
  }

  /** Appends a chunk. Returns `false` if that would exceed the maximum size. */
  append(chunk: Uint8Array): boolean {
    const needed = this.#size + chunk.length;
    if (needed > this.#maxBytes) return false;
    if (needed > this.#buffer.length) {
      const length = Math.min(Math.max(2 * this.#buffer.length, needed), this.#maxBytes);
      const larger = new Uint8Array(length);
      larger.set(this.bytes);
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#size);
    this.#size = needed;
    return true;
  }
}

/**
 * Reads a whole request body. Stops reading at the size limit, and does not wait beyond the time limit.
 *
 * @throws {RefusalError} if there is no body, or a limit is exceeded
 */
export async function readBody(
  request: Request,
  { maxBodyBytes, bodyTimeoutMs }: BodyLimits,
  clock: Clock,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): RefusalError =>
    new RefusalError('too-large', `the body has more than ${maxBodyBytes} bytes`);
  if (Number(request.headers.get('content-length')) > maxBodyBytes) throw tooLarge();
  if (!request.body) throw new RefusalError('malformed', 'the request has no body');
  const reader = request.body.getReader();
  const buffer = new GrowingBuffer(maxBodyBytes);
  async function readAll(): Promise<void> {
    for (;;) {
      const chunk = await reader.read();
      if (chunk.done) return;
      if (!buffer.append(chunk.value)) throw tooLarge();
    }
  }
  try {
    await withTimeout(
      readAll(),
      { clock, timeoutMs: bodyTimeoutMs, signal: request.signal },
      () => new RefusalError('too-slow', `the body did not arrive within ${bodyTimeoutMs} ms`),
    );
  } catch (error) {
    // Tells the client to stop sending. It need not comply.
    reader.cancel().catch(() => undefined);
    throw error;
  }
  return buffer.bytes;
}
