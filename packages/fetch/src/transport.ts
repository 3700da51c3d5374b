import { type Phase, readOptions, type Transport, TransportError, type WireBody, type WireReply, type WireRequest } from '@smsc/protocol';
import { readBody, type ResponseLike } from './body.ts';
import { codeOf, surelyNotSent } from './failure.ts';
import { originOf } from './host.ts';
import { toMultipart } from './multipart.ts';
import { callChecks, transportChecks } from './options.ts';

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
  /**
   * Default: the platform's `fetch`, looked up when the transport is made. One that repeats requests by itself must not be
   * used: what it says of the last attempt is taken for the whole, and a send could be repeated that was accepted.
   */
  readonly fetch?: FetchLike | undefined;
  /**
   * Host name (`smsc.kz`) or origin (`https://smsc.kz`). Default: `smsc.ua`. http is allowed to this machine alone, for
   * the simulator: `http://127.0.0.1:8025`.
   */
  readonly host?: string | undefined;
  /** Milliseconds until an attempt is given up, from the call to the last byte of the reply. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Most bytes of a reply, after content decoding. Default: 64 MiB and 16 times the size of the request. */
  readonly maxReplyBytes?: number | undefined;
}

/** What one call can be told. */
export interface CallOptions {
  /** Ends the call: at once if nothing has left yet, else as `unknown`. That of `AbortSignal.timeout` is a time limit. */
  readonly signal?: AbortSignal | undefined;
}

/** The vendor's own libraries wait as long. */
const defaultTimeoutMs = 60_000;

/**
 * What is paid for has to be readable: a group of a hundred thousand, each recipient with a line of its own (`op=1`), is
 * some 10 MB, and nothing in its request tells. This only keeps out what never ends.
 */
const replyBytes = 67_108_864;
/** A line for each recipient is at most so many times as long as the number it is about. */
const replyPerRequest = 16;

const sizeOf = (body: WireBody): number => (body.kind === 'text' ? body.text.length : 0);

/**
 * A transport over a `fetch`. One request for each call, always a POST; redirects are refused; the time limit covers the
 * reply's last byte.
 *
 * @throws {InputError} for options that cannot be meant; a call rejects with one for its own
 */
export function fetchTransport(options: FetchTransportOptions = {}): Transport<CallOptions> {
  const { fetch = globalThis.fetch, host = 'smsc.ua', timeoutMs = defaultTimeoutMs, maxReplyBytes } = readOptions('fetchTransport', options, transportChecks);

  return async (request: WireRequest, call: CallOptions = {}): Promise<WireReply> => {
    const { signal } = readOptions(request.operation, call, callChecks);
    const limit = maxReplyBytes ?? replyBytes + replyPerRequest * sizeOf(request.body);
    // A controller for each call: one that an earlier call had used up would end this one at once.
    const controller = new AbortController();
    let ended: readonly [reason: TransportError['reason'], problem: string] | undefined;
    const end = (reason: TransportError['reason'], problem: string): void => {
      ended ??= [reason, problem];
      controller.abort();
    };
    const onAbort = (): void => {
      const reason = (signal!.reason as Error | null)?.name === 'TimeoutError' ? 'timeout' : 'aborted';
      end(reason, reason);
    };
    const timer = setTimeout(() => end('timeout', `no whole reply within ${timeoutMs} ms`), timeoutMs);
    let phase: Phase = 'connect';
    try {
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
      const { contentType, text } = request.body.kind === 'text' ? request.body : await toMultipart(request.body);
      controller.signal.throwIfAborted();
      phase = 'sent';
      const response = await fetch(`${originOf(host)!}${request.path}`, {
        // Nothing that something has added to `Object.prototype`, an agent or a dispatcher, is an option of this request.
        __proto__: null,
        method: 'POST',
        body: text,
        headers: { __proto__: null, 'content-type': contentType },
        // The body holds the password, and a 307 would carry it to wherever the answer says. Not followed, a redirect is
        // an answer that is not the gateway's.
        redirect: 'manual',
        signal: controller.signal,
      } as unknown as FetchInit);
      phase = 'reply';
      const body = await readBody(response, limit);
      if (body) return { status: response.status, body };
      end('too-large', `the reply is larger than ${limit} bytes`);
      throw new Error();
    } catch (error) {
      // What was not read of a reply would keep its connection from everyone else.
      controller.abort();
      const early = phase === 'connect' || (phase === 'sent' && surelyNotSent(error));
      const [reason, problem] = ended ?? ['network', `failed (${codeOf(error)})`];
      // Nothing of the original is kept but the network's code: an error of a foreign `fetch` can hold the request,
      // password included.
      throw new TransportError(`${request.operation}: ${problem}; ${early ? 'nothing was sent' : 'the request may have left'}`, early ? 'connect' : phase, reason);
    } finally {
      // One signal may serve thousands of calls: nothing of a finished one stays on it.
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  };
}
