import type { Clock } from '@smsc/client';
import { Refused } from './refused.ts';
import { within } from './within.ts';

/** Most bytes of a body, and for how long it may take, in milliseconds. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  readonly bodyTimeoutMs: number;
}

/** Reads a body whole. What is too large is not read to its end, what comes too slowly is not waited for. */
export async function readBody(request: Request, { maxBodyBytes, bodyTimeoutMs }: BodyLimits, clock: Clock): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): Refused => new Refused('too-large', `more than ${maxBodyBytes} bytes`);
  if (Number(request.headers.get('content-length')) > maxBodyBytes) throw tooLarge();
  if (!request.body) throw new Refused('malformed', 'there is no body');
  const reader = request.body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  async function read(): Promise<void> {
    for (let size = 0, part; !(part = await reader.read()).done; chunks.push(part.value)) {
      size += part.value.length;
      if (size > maxBodyBytes) throw tooLarge();
    }
  }
  try {
    await within(clock, bodyTimeoutMs, request.signal, read(), () => new Refused('too-slow', `no whole body within ${bodyTimeoutMs} ms`));
  } catch (error) {
    // Whoever sends it shall stop. That they do not listen is no concern of ours.
    reader.cancel().catch(() => undefined);
    throw error;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
