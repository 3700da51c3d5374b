import { readBody, type ReadChunk } from '../exchange/read-body.ts';
import { CallbackError } from './error.ts';

/** A request body that is read in chunks. */
export interface BodySource {
  /** Reads the next chunk of the body. A chunk may be a value of any type. Rejects if the body ends early. */
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  /** Value of the Content-Length header. */
  readonly length: string | null | undefined;
}

/** Error message for a body that the program has already read. The mistake is in the program, not in the request. */
export const alreadyRead =
  'the body was read before the handler; the handler needs the raw bytes, so put it before any body parser';

/**
 * Reads a whole body. Stops reading once the body exceeds `maxBytes`.
 *
 * @throws {CallbackError} if the body is too large or ends early
 */
export async function readCallbackBody({ next, length }: BodySource, maxBytes: number): Promise<Uint8Array> {
  const nextBytes: ReadChunk = async () => {
    const { done, value } = await next().catch(() => {
      throw new CallbackError('unreadable', 'the body ended early');
    });
    if (done) return { done: true };
    if (!(value instanceof Uint8Array)) throw new TypeError(alreadyRead);
    // An own `done`: a polluted prototype could have one.
    return { done: false, value };
  };
  const body = Number(length ?? 0) > maxBytes ? undefined : await readBody(nextBytes, maxBytes);
  if (!body) throw new CallbackError('too-large', `the body has more than ${maxBytes} bytes`);
  return body;
}
