import type { Clock } from '@smsc/client';
import { readBody } from '@smsc/protocol/adapter';
import { RefusalError } from './refusal.ts';
import { withTimeout } from './with-timeout.ts';

/** Limits of a request body. */
export interface BodyLimits {
  /** Maximum size, in bytes. */
  readonly maxBodyBytes: number;
  /** Time limit until the last byte, in ms. */
  readonly bodyTimeoutMs: number;
}

/**
 * Reads a whole request body. Stops reading at the size limit, and does not wait beyond the time limit.
 *
 * @throws {RefusalError} if there is no body, or a limit is exceeded
 */
export async function readRequestBody(
  { headers, body, signal }: Request,
  { maxBodyBytes, bodyTimeoutMs }: BodyLimits,
  clock: Clock,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): RefusalError =>
    new RefusalError('too-large', `the body has more than ${maxBodyBytes} bytes`);
  if (Number(headers.get('content-length')) > maxBodyBytes) throw tooLarge();
  if (!body) throw new RefusalError('malformed', 'the request has no body');
  const reader = body.getReader();
  try {
    const read = await withTimeout(
      readBody(() => reader.read(), maxBodyBytes),
      { clock, timeoutMs: bodyTimeoutMs, signal },
      () => new RefusalError('too-slow', `the body did not arrive within ${bodyTimeoutMs} ms`),
    );
    if (!read) throw tooLarge();
    return read;
  } catch (error) {
    // Tells the client to stop sending. The client may go on, so nothing waits for it.
    reader.cancel().catch(() => undefined);
    throw error;
  }
}
