import { CallbackError } from './error.ts';

/** A request body that is read in pieces. */
export interface BodySource {
  /** Reads the next piece, or `undefined` after the last one. Rejects if the body ends early. */
  readonly next: () => Promise<unknown>;
  /** Value of the Content-Length header. */
  readonly length: string | null | undefined;
}

/** Message if the program has read or decoded the body before. It is an error of the program, not of the sender. */
export const alreadyRead =
  'the body was read before the handler: it needs the raw bytes, so put it before any body parser';

const tooLarge = (maxBytes: number): CallbackError =>
  new CallbackError('too-large', `more than ${maxBytes} bytes`);

/**
 * Reads a whole body. Stops reading once it exceeds `maxBytes`.
 *
 * @throws {CallbackError} if the body is too large or ends early
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
