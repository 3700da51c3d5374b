import type { Clock } from '@smsc/client';
import { Refused } from './refused.ts';
import { within } from './within.ts';

/** Most bytes of a body, and for how long it may take, in milliseconds. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  readonly bodyTimeoutMs: number;
}

/** Room at first, in bytes: what a text with its number takes. What a header says of the length is only said. */
const firstBytes = 4096;

/** Reads a body whole. What is too large is not read to its end, what comes too slowly is not waited for. */
export async function readBody(
  request: Request,
  { maxBodyBytes, bodyTimeoutMs }: BodyLimits,
  clock: Clock,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): Refused => new Refused('too-large', `more than ${maxBodyBytes} bytes`);
  if (Number(request.headers.get('content-length')) > maxBodyBytes) throw tooLarge();
  if (!request.body) throw new Refused('malformed', 'there is no body');
  const reader = request.body.getReader();
  // One buffer that grows: a body that comes byte by byte would be as many objects, each a hundred times its size.
  let bytes = new Uint8Array(Math.min(firstBytes, maxBodyBytes));
  let size = 0;
  async function read(): Promise<void> {
    for (let part; !(part = await reader.read()).done; size += part.value.length) {
      const needed = size + part.value.length;
      if (needed > maxBodyBytes) throw tooLarge();
      if (needed > bytes.length) {
        const larger = new Uint8Array(Math.min(Math.max(2 * bytes.length, needed), maxBodyBytes));
        larger.set(bytes.subarray(0, size));
        bytes = larger;
      }
      bytes.set(part.value, size);
    }
  }
  try {
    await within(
      clock,
      bodyTimeoutMs,
      request.signal,
      read(),
      () => new Refused('too-slow', `no whole body within ${bodyTimeoutMs} ms`),
    );
  } catch (error) {
    // Whoever sends it shall stop. That they do not listen is no concern of ours.
    reader.cancel().catch(() => undefined);
    throw error;
  }
  return bytes.subarray(0, size);
}
