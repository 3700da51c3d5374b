import { type Phase, type Transport, TransportError, type WireBody, type WireReply, type WireRequest } from '@smsc/protocol';
import { readBody, type ResponseLike } from './body.ts';
import { codeOf, surelyNotSent } from './failure.ts';
import { toOrigin } from './host.ts';
import { toMultipart } from './multipart.ts';

/** What is asked of a `fetch`: the platform's, undici's and node-fetch's all fit. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

/** What a `fetch` is called with, and nothing else. */
export interface FetchInit {
  readonly method: 'POST';
  readonly body: string | Blob;
  readonly headers: Record<string, string>;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/** How requests are carried. */
export interface FetchTransportOptions {
  /** Default: the platform's `fetch`, looked up when the transport is made. */
  readonly fetch?: FetchLike | undefined;
  /**
   * Host name (`smsc.kz`) or origin (`https://smsc.kz`). Default: `smsc.ua`. http is allowed to this machine alone, for
   * the simulator: `http://127.0.0.1:8025`.
   */
  readonly host?: string | undefined;
  /** Milliseconds until an attempt is given up, from the call to the last byte of the reply. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Most bytes of a reply, after content decoding. Default: 1 MiB and 16 times the size of the request. */
  readonly maxReplyBytes?: number | undefined;
}

/** What one call can be told. */
export interface CallOptions {
  /** Ends the call: at once if nothing has left yet, else as `unknown`. */
  readonly signal?: AbortSignal | undefined;
}

/** The vendor's own libraries wait as long. */
const defaultTimeoutMs = 60_000;

/** Longest time that a timer can wait, in milliseconds; and most bytes of a reply, which nobody will miss. */
const maxLimit = 2_147_483_647;

const mebibyte = 1_048_576;
/** A line for each recipient (`op=1`) is at most so many times as long as the number it is about. */
const replyPerRequest = 16;

/** Throws for a limit that cannot be meant. 0 is one of those: it is not «none». */
function checkLimit(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1 || value > maxLimit) throw new TypeError(`${name}: expected a whole number from 1 to ${maxLimit}, got ${value}`);
}

const sizeOf = (body: WireBody): number => (body.kind === 'text' ? body.text.length : 0);

/** A body as fetches take it. */
const write = async (body: WireBody): Promise<{ readonly contentType: string; readonly body: string | Blob }> =>
  body.kind === 'text' ? { contentType: body.contentType, body: body.text } : toMultipart(body);

async function toInit(wireBody: WireBody, signal: AbortSignal): Promise<FetchInit> {
  const { contentType, body } = await write(wireBody);
  return {
    method: 'POST',
    body,
    headers: { 'content-type': contentType },
    // The body holds the password, and a 307 would carry it to wherever the answer says. Not followed, a redirect is an
    // answer that is not the gateway's.
    redirect: 'manual',
    signal,
  };
}

/**
 * A transport over a `fetch`. One request for each call, always a POST; redirects are refused; the time limit covers the
 * reply's last byte.
 *
 * @throws {TypeError} for a host or a limit that cannot be meant
 */
export function fetchTransport(options: FetchTransportOptions = {}): Transport<CallOptions> {
  const { fetch = globalThis.fetch, host = 'smsc.ua', timeoutMs = defaultTimeoutMs, maxReplyBytes } = options;
  const origin = toOrigin(host);
  checkLimit('timeoutMs', timeoutMs);
  checkLimit('maxReplyBytes', maxReplyBytes ?? 1);

  return async (request: WireRequest, call: CallOptions = {}): Promise<WireReply> => {
    const limit = maxReplyBytes ?? mebibyte + replyPerRequest * sizeOf(request.body);
    if (call.signal?.aborted) throw new TransportError(`${request.operation}: aborted before anything was sent`, 'connect', 'aborted');
    // A controller for each call: one that an earlier call had used up would end this one at once.
    const controller = new AbortController();
    let reason: Ended;
    const end = (why: Ended) => (): void => {
      reason ??= why;
      controller.abort();
    };
    const onAbort = end('aborted');
    const timer = setTimeout(end('timeout'), timeoutMs);
    call.signal?.addEventListener('abort', onAbort);
    let phase: Phase = 'sent';
    try {
      const response = await fetch(origin + request.path, await toInit(request.body, controller.signal));
      phase = 'reply';
      return { status: response.status, body: await readBody(response, limit) };
    } catch (error) {
      const thrown = toTransportError(error, request.operation, phase, reason, timeoutMs);
      // What was not read of a reply would keep its connection from everyone else.
      controller.abort();
      throw thrown;
    } finally {
      // One signal may serve thousands of calls: nothing of a finished one stays on it.
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', onAbort);
    }
  };
}

/** What ended a call, if it was not the network. */
type Ended = 'aborted' | 'timeout' | undefined;

/**
 * What `fetch` threw, as one of our own errors. Nothing of the original is kept but the network's code: an error of a
 * foreign `fetch` can hold the request, password included.
 */
function toTransportError(error: unknown, operation: string, phase: Phase, reason: Ended, waited: number): TransportError {
  if (error instanceof TransportError) return error;
  if (!reason && phase === 'sent' && surelyNotSent(error)) {
    return new TransportError(`${operation}: no connection (${codeOf(error)}); nothing was sent`, 'connect', 'network');
  }
  const problem = reason === 'timeout' ? `no whole reply within ${waited} ms` : (reason ?? `the connection failed (${codeOf(error)})`);
  return new TransportError(`${operation}: ${problem}; the request may have left`, phase, reason ?? 'network');
}
