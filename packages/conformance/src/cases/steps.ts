import type { Case } from '../case.ts';
import type { ServerScript, ServerStep } from '../server.ts';

/** Body of a response that accepts the message. */
export const acceptedBody = '{"id": "m1", "cnt": 1}';

/** Header line that allows a page to read the response. */
export const cors = 'access-control-allow-origin: *\r\n';

/** Parts of a response that differ from the default response. */
export interface ResponseOptions {
  /** Additional header lines, each ending in CRLF. */
  readonly headers?: string;
  readonly status?: string;
  /** Value of `Content-Length`; `none` leaves the header out. Default: the length of the body. */
  readonly length?: number | 'none';
}

/** Sends a whole response. */
export function respondWith(
  body: string | Uint8Array = acceptedBody,
  { headers = '', status = '200 OK', length = Buffer.byteLength(body) }: ResponseOptions = {},
): ServerStep {
  const lengthHeader = length === 'none' ? '' : `content-length: ${length}\r\n`;
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${cors}${lengthHeader}${headers}\r\n`;
  return { send: Buffer.concat([Buffer.from(head), Buffer.from(body)]) };
}

/** Sends chunks, but not the empty chunk that ends a body. */
export const sendChunks = (...chunks: readonly string[]): ServerStep => ({
  send: `HTTP/1.1 200 OK\r\n${cors}transfer-encoding: chunked\r\n\r\n${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}`,
});

/** Sends the head of a response whose body has this length. */
export const sendHead = (length: number): ServerStep => ({
  send: `HTTP/1.1 200 OK\r\n${cors}content-length: ${length}\r\n\r\n`,
});

/** Sends the first bytes of the body. */
export const sendHalf: ServerStep = { send: acceptedBody.slice(0, 9) };

/** Runs these steps after every request. */
export const onEachRequest = (...steps: readonly ServerStep[]): ServerScript => ({ onRequest: [steps] });

/** A timeout that is short for a test and long enough for a busy machine. */
export const shortTimeout = { timeoutMs: 800 } as const;

/** Expectation of a case in which the server stops: the attempt times out. */
export const timesOut: Pick<Case, 'trial' | 'outcome' | 'mustClose'> = {
  trial: { options: shortTimeout },
  outcome: 'unknown',
  mustClose: true,
};

/** Option for a small limit on the response body. */
export const smallLimit = { options: { maxReplyBytes: 100_000 } } as const;

/**
 * Time until an abort, in ms. Used for trials in another process or in a page. All other trials are aborted after the request
 * has arrived.
 */
export const abortAfterMs = 500;
