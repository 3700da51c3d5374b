import { type Transport, type TransportError, type WireReply, type WireRequest } from '@smsc/protocol';
import { copyOwn, getOwn, readOptions } from '@smsc/protocol/adapter';
import { systemClock } from '../state/clock.ts';
import { Cancellation, startDeadline } from '../state/cancellation.ts';
import { transportError } from '../transport-error.ts';
import { codeOf } from './failure.ts';
import { originOf } from './host.ts';
import { toMultipart } from './multipart.ts';
import { attemptChecks, type AttemptOptions, type TransportOptions } from './transport-options.ts';

/** One HTTP request, ready for the network. It is a POST, and it has no headers but the content type. */
export interface HttpExchangeRequest {
  /** URL of the endpoint, without credentials. */
  readonly url: string;
  /** Value of the header `content-type`. */
  readonly contentType: string;
  /** A form is ASCII text; JSON is text to be sent as UTF-8; a form with files is a `Blob`. */
  readonly body: string | Blob;
  /** Aborts when the caller cancels, when the time limit has passed, and when the reply is too large. */
  readonly signal: AbortSignal;
  /** Maximum size of the reply in bytes, after content decoding. */
  readonly limit: number;
  /** Called with the number of bytes handed to the network so far, if the transport knows this number. */
  readonly onProgress: AttemptOptions['onProgress'];
  /**
   * Reports the phase that the exchange has observed. An exchange that reports nothing counts as sent from its start,
   * whatever its error says.
   *
   * - `connect`: no byte of the body has been handed to the network. Has no effect after `reply`.
   * - `sent`: the body is handed to the network by the very next statement. Throws if the attempt was cancelled or it is
   *   too late to send the request; then nothing may be sent.
   * - `reply`: the status and the headers of the reply have arrived. Further reports have no effect.
   */
  readonly reached: (phase: TransportError['phase']) => void;
}

/**
 * Sends one request. Resolves to its reply, or `undefined` if the reply exceeds the limit. Rejects with the network's
 * own error.
 */
export type HttpExchange = (exchange: HttpExchangeRequest) => Promise<WireReply | undefined>;

/** Options of one attempt of a client. They are checked already. */
export interface AttemptSettings {
  /** Cancels the attempt. `undefined` if nothing can cancel it. */
  readonly cancellation: Cancellation | undefined;
  /** Host of the attempt. `undefined`: the transport's own host. */
  readonly host: string | undefined;
  /** Called with the number of bytes handed to the network so far, if the transport knows this number. */
  readonly onProgress?: AttemptOptions['onProgress'];
  /**
   * Returns true once it is too late to send the request. Checked immediately before the body is handed to the network,
   * because a connection may take long to establish. A late request is not sent.
   */
  readonly isLate?: (() => boolean) | undefined;
}

/** A transport that may have a faster method for clients: `attempt`, which needs no `AbortSignal`. */
export interface ClientTransport extends Transport<AttemptOptions> {
  /**
   * Longest time of an attempt, in milliseconds. A request must not be sent later than this after the start of its
   * attempt. Only ledgers read this member: `not-sent` is certain a minute and a half after this time. Default: 300,000.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * A faster `send` for clients: takes the client's own cancellation, and options that are already checked. Used only
   * if it is an own property of the transport, so that an object that inherits from a transport can override `send`.
   */
  attempt?(request: WireRequest, settings: AttemptSettings): Promise<WireReply>;
}

/** Makes one attempt through a transport. */
export type SendAttempt = NonNullable<ClientTransport['attempt']>;

/** Returns the function through which a client sends: the transport's `attempt`, or its `send`. */
export const sendAttemptOf = (transport: ClientTransport): SendAttempt =>
  getOwn(transport, 'attempt')?.bind(transport) ??
  ((request, { cancellation, host, onProgress }) =>
    transport.send(request, { signal: cancellation?.signal, host, onProgress }));

/** Time to wait, after an abort, for an exchange that ignores its signal, in milliseconds. */
const graceMs = 500;

/** Default time limit, in milliseconds. The vendor's own libraries use the same limit. */
const defaultTimeoutMs = 60_000;

/**
 * Default size limit of a reply, in bytes. The limit only stops endless replies. It is high, because the reply to a
 * paid request must stay readable. With `op=1`, a short request to a group of 100,000 recipients gets a reply of about
 * 10 MB.
 */
const defaultReplyBytes = 67_108_864;
/**
 * Bytes added to the default limit for each byte of a text body. The reply's line about a recipient is at most 16 times
 * as long as the number in the request.
 */
const replyBytesPerRequestByte = 16;

/**
 * Creates a transport over a function that makes one HTTP exchange. Adds what all transports have in common: the time
 * limit, the caller's signal, forms with files, and errors that say whether a byte may have been sent.
 *
 * @param options options of the transport, already checked
 */
export function transportOver(exchange: HttpExchange, options: TransportOptions): ClientTransport {
  const settings = copyOwn(options);
  const attempt: ClientTransport['attempt'] = (request, how) => makeAttempt(exchange, settings, request, how);
  const transport: ClientTransport = {
    timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
    send: async (request, given = {}) => {
      const { signal, host, onProgress } = readOptions(request.operation, given, attemptChecks);
      return attempt(request, { cancellation: signal && Cancellation.of(signal), host, onProgress });
    },
  };
  // Not enumerable: a wrapper `{ ...transport, send }` must not keep an `attempt` that bypasses its `send`.
  return Object.defineProperty(transport, 'attempt', { value: attempt });
}

/** Makes one attempt, within its time limit. */
async function makeAttempt(
  exchange: HttpExchange,
  { host: usualHost = 'smsc.ua', timeoutMs = defaultTimeoutMs, maxReplyBytes }: TransportOptions,
  { body, path, operation }: WireRequest,
  { cancellation: outer, host = usualHost, onProgress, isLate }: AttemptSettings,
): Promise<WireReply> {
  const requestLength = body.kind === 'text' ? body.text.length : 0;
  const limit = maxReplyBytes ?? defaultReplyBytes + replyBytesPerRequestByte * requestLength;
  // Each attempt has its own time limit. With a shared limit, an earlier attempt could use up the time of this one.
  const { cancellation, done } = startDeadline(systemClock, outer, timeoutMs);
  const { signal } = cancellation;
  let phase = 'connect' as TransportError['phase'];
  let cancelGrace: (() => void) | undefined;
  let reason: TransportError['reason'] = 'network';
  const reached: HttpExchangeRequest['reached'] = (next) => {
    if (phase === 'reply' || phase === next) return;
    if (next === 'sent') {
      signal.throwIfAborted();
      if (isLate?.()) {
        reason = 'held-back';
        throw new Error();
      }
    }
    phase = next;
  };
  const start = ({ contentType, text }: Written): Promise<WireReply | undefined> => {
    reached('sent');
    const url = originOf(host)! + path;
    return exchange({ url, contentType, body: text, signal, limit, onProgress, reached });
  };
  try {
    const reply = await new Promise<WireReply | undefined>((resolve, reject) => {
      // An exchange that observes its signal ends by itself, with an error that shows how far it got. Any other
      // exchange is abandoned after the grace period.
      cancellation.on(() => (cancelGrace = systemClock.after(graceMs, () => reject(new Error()))));
      (body.kind === 'text' ? start(body) : toMultipart(body).then(start)).then(resolve, reject);
    });
    if (reply) return reply;
    reason = 'too-large';
    throw new Error();
  } catch (thrown) {
    const cause = cancellation.aborted ? cancellation.reason : reason;
    // Releases the connection of a reply that was not read to its end.
    cancellation.abort();
    const problem = {
      aborted: cause,
      timeout: outer?.aborted ? cause : `no complete reply within ${timeoutMs} ms`,
      'too-large': `the reply is larger than ${limit} bytes`,
      // Only the code of the error is kept: an error of another HTTP library can contain the request with its password.
      network: `failed (${codeOf(thrown)})`,
      'held-back': 'too late to send',
    }[cause];
    throw transportError(operation, problem, phase, cause);
  } finally {
    done();
    cancelGrace?.();
  }
}

/** A body as it is handed to the network. */
interface Written {
  readonly contentType: string;
  readonly text: string | Blob;
}
