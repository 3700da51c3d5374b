import { CallbackError } from './error.ts';

/** A body that comes in pieces. */
export interface BodySource {
  /** The next piece; `undefined` behind the last. Rejects when the body ends early. */
  readonly next: () => Promise<unknown>;
  /** The Content-Length header. */
  readonly length: string | null | undefined;
}

/** Somebody has read the body, or has told the host to decode it: the fault of the program, not of whoever sent it. */
export const alreadyRead =
  'the body was read before the handler: it needs the raw bytes, so put it before any body parser';

const tooLarge = (maxBytes: number): CallbackError =>
  new CallbackError('too-large', `more than ${maxBytes} bytes`);

/**
 * Reads a body whole. As soon as there is more of it than `maxBytes` nothing further is read.
 *
 * @throws {CallbackError}
 */
export async function readBody({ next, length }: BodySource, maxBytes: number): Promise<Uint8Array> {
  if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = await next().catch(() => {
      throw new CallbackError('unreadable', 'the body ended early');
    });
    if (piece === undefined) break;
    if (!(piece instanceof Uint8Array)) throw new TypeError(alreadyRead);
    size += piece.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}
