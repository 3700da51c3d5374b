import { type Transport, TransportError, type WireReply, type WireRequest } from '@smsc/protocol';
import { readOptions } from '@smsc/protocol/adapter';
import { systemClock } from './clock.ts';
import { deadlineOf, Cancellation } from './cancellation.ts';
import { codeOf, surelyNotSent } from './failure.ts';
import { originOf } from './host.ts';
import { toMultipart } from './multipart.ts';
import { attemptChecks, type AttemptOptions, type TransportOptions } from './transport-options.ts';

/** One request, ready for the network. Always a POST, and nothing but these may be sent. */
export interface HttpExchangeRequest {
  readonly url: string;
  readonly contentType: string;
  /** Text is ASCII, or UTF-8 where it is JSON. */
  readonly body: string | Blob;
  /** Ends the exchange: the caller's signal, the time limit, and what was found to be wrong. */
  readonly signal: AbortSignal;
  /** Most bytes that a reply may have, after content decoding. */
  readonly limit: number;
  readonly onProgress: AttemptOptions['onProgress'];
  /** To be called when the head of the reply is there. */
  readonly arrived: () => void;
}

/** For how long something that does not heed its signal is waited for, in milliseconds, when its time is over. */
const graceMs = 500;

/** Carries one exchange, and gives its reply, or `undefined` where that is larger than its limit. Throws whatever the network throws. */
export type HttpExchange = (exchange: HttpExchangeRequest) => Promise<WireReply | undefined>;

/** The vendor's own libraries wait as long. */
const defaultTimeoutMs = 60_000;

/**
 * What is paid for has to be readable: a group of a hundred thousand, each recipient with a line of its own (`op=1`), is
 * some 10 MB, and nothing in its request tells. This only keeps out what never ends.
 */
const replyBytes = 67_108_864;
/** A line for each recipient is at most so many times as long as the number it is about. */
const replyPerRequest = 16;

/** An attempt as a client makes it: of options that are checked, and without a signal of the platform's for the call. */
export type Attempting = (
  request: WireRequest,
  ending: Cancellation | undefined,
  host: string | undefined,
  onProgress?: AttemptOptions['onProgress'],
) => Promise<WireReply>;

/** By the transport itself: what wraps one is another, and so is what has its members. */
const attempting = /* @__PURE__ */ new WeakMap<Transport<AttemptOptions>, Attempting>();

/** How a client has a transport make its attempts. */
export const attemptingBy = (transport: Transport<AttemptOptions>): Attempting =>
  attempting.get(transport) ??
  ((request, ending, host, onProgress) => transport(request, { signal: ending?.signal, host, onProgress }));

/**
 * A transport over anything that can carry one exchange: the time limit, the caller's signal, the form with files, and
 * what a failure says of the request are the same for all.
 *
 * @param options checked already
 */
export function transportOver(carry: HttpExchange, options: TransportOptions): Transport<AttemptOptions> {
  // What is left of options that were taken apart has a prototype again.
  const {
    host: usual = 'smsc.ua',
    timeoutMs = defaultTimeoutMs,
    maxReplyBytes,
  } = { __proto__: null, ...options } as TransportOptions;

  const attempt: Attempting = async (request, outer, host = usual, onProgress) => {
    const { body, path, operation } = request;
    const limit =
      maxReplyBytes ?? replyBytes + (body.kind === 'text' ? replyPerRequest * body.text.length : 0);
    // One for each attempt: one that an earlier attempt had used up would end this one at once.
    const { ending, done } = deadlineOf(systemClock, outer, timeoutMs);
    const { signal } = ending;
    let phase: TransportError['phase'] = 'connect';
    const exchange = ({
      contentType,
      text,
    }: {
      readonly contentType: string;
      readonly text: string | Blob;
    }): Promise<WireReply | undefined> => {
      signal.throwIfAborted();
      phase = 'sent';
      return carry({
        url: originOf(host)! + path,
        contentType,
        body: text,
        signal,
        limit,
        onProgress,
        arrived: () => void (phase = 'reply'),
      });
    };
    let grace: (() => void) | undefined;
    let tooLarge = false;
    try {
      const reply = await new Promise<WireReply | undefined>((resolve, reject) => {
        signal.throwIfAborted();
        // What heeds its signal ends by itself, and says how far it had come; what does not is not waited for much longer.
        ending.on(() => (grace = systemClock.after(graceMs, () => reject(new Error()))));
        (body.kind === 'text' ? exchange(body) : toMultipart(body).then(exchange)).then(resolve, reject);
      });
      if (reply) return reply;
      tooLarge = !ending.aborted;
      throw new Error();
    } catch (error) {
      const reason = tooLarge ? 'too-large' : ending.aborted ? ending.reason : 'network';
      // What was not read of a reply would keep its connection from everyone else.
      ending.abort();
      // What was thrown may have been thrown for that.
      const at = phase as TransportError['phase'];
      const early = at === 'connect' || (at === 'sent' && surelyNotSent(error));
      const problem = {
        aborted: reason,
        timeout: outer?.aborted ? reason : `no whole reply within ${timeoutMs} ms`,
        'too-large': `the reply is larger than ${limit} bytes`,
        network: `failed (${codeOf(error)})`,
      }[reason];
      // Nothing of the original is kept but the network's code: an error of a foreign client can hold the request,
      // password included.
      throw new TransportError(
        `${operation}: ${problem}; ${early ? 'nothing was sent' : 'the request may have left'}`,
        early ? 'connect' : at,
        reason,
      );
    } finally {
      done();
      grace?.();
    }
  };

  const transport: Transport<AttemptOptions> = async (request, given = {}) => {
    const { signal, host, onProgress } = readOptions(request.operation, given, attemptChecks);
    return attempt(request, signal && Cancellation.of(signal), host, onProgress);
  };
  attempting.set(transport, attempt);
  return transport;
}
