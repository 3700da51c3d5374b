import { type Transport, TransportError, type WireBody, type WireReply } from '@smsc/protocol';
import { toMultipart } from './multipart.ts';
import { mark, type Refusal } from './talk.ts';

/** How a page reaches its relay. */
export interface RelayTransportOptions {
  /** The relay's address: a path of the page's own origin (`/api/sms`), or an https address. http to this machine alone. */
  readonly relay: string;
  /** Milliseconds until an attempt is given up, from its start to the last byte of the reply. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Most bytes of a reply. Default: 1 MiB. */
  readonly maxReplyBytes?: number | undefined;
}

/** What one attempt can be told. */
export interface RelayAttemptOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how much of the request has been handed to the network, in bytes. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
  /** Of what spends: its name and its id, for the relay to know it by before the body has come. Default: none. */
  readonly about?: string | undefined;
}

/** A call that did not come through: the network's doing, or the relay's, which says why. Nothing was sent if it was the relay. */
export class RelayError extends TransportError {
  /** Why the relay would not have it. */
  declare readonly refusal: Refusal | undefined;
  /** When it may be asked again, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;

  constructor(
    operation: string,
    problem: string,
    phase: TransportError['phase'],
    reason: TransportError['reason'],
    refusal?: Refusal,
    retryAfterMs?: number,
  ) {
    super(
      `${operation}: ${problem}; ${phase === 'connect' ? 'nothing was sent' : 'it may have gone out'}`,
      phase,
      reason,
    );
    this.refusal = refusal;
    this.retryAfterMs = retryAfterMs;
  }
}

/** One request, ready for the network. */
interface Exchange {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Blob;
  readonly signal: AbortSignal;
  readonly limit: number;
  readonly arrived: () => void;
}

/** The reply, or nothing where it is larger than its limit. */
type Reply = Promise<WireReply | undefined>;

async function byFetch({ url, headers, body, signal, limit, arrived }: Exchange): Reply {
  // Not followed, a redirect is an answer that is not the relay's: a 307 would carry text and numbers to another origin.
  // Nothing that something has added to `Object.prototype` is an option of this request.
  const init = {
    __proto__: null,
    method: 'POST',
    headers,
    body,
    signal,
    redirect: 'manual',
    cache: 'no-store',
  } as RequestInit;
  const response = await fetch(url, init);
  arrived();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  for (let size = 0, part; reader && !(part = await reader.read()).done; chunks.push(part.value)) {
    if ((size += part.value.length) > limit) return undefined;
  }
  return {
    status: response.status,
    body: new Uint8Array(await new Blob(chunks).arrayBuffer()),
    retryAfter: response.headers.get('retry-after') ?? undefined,
  };
}

/** The only way for a page to be told how far an upload is. It cannot be kept from following a redirect; where that led is no relay. */
const byXhr = (
  { url, headers, body, signal, limit, arrived }: Exchange,
  onProgress: (sent: number, total: number) => void,
): Reply =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.responseType = 'arraybuffer';
    for (const name in headers) request.setRequestHeader(name, headers[name]!);
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onreadystatechange = () => {
      if (request.readyState === 2) arrived();
    };
    request.onprogress = ({ loaded }) => {
      if (loaded <= limit) return;
      resolve(undefined);
      request.abort();
    };
    request.onload = () => {
      if (request.responseURL !== url) reject(new Error());
      else
        resolve({
          status: request.status,
          body: new Uint8Array(request.response as ArrayBuffer),
          retryAfter: request.getResponseHeader('retry-after') ?? undefined,
        });
    };
    request.onerror = request.onabort = reject;
    signal.onabort = () => request.abort();
    request.send(body);
  });

function write(body: WireBody, about = '1'): Pick<Exchange, 'headers' | 'body'> {
  const { contentType, text } = body.kind === 'text' ? body : toMultipart(body);
  return { headers: { __proto__: null, [mark]: about, 'content-type': contentType } as never, body: text };
}

/**
 * A transport to a relay. A page is told nothing of why a request failed, so whatever was begun may have arrived: only what
 * was aborted before it began is sure not to have.
 *
 * Everything goes to the relay's one address, whatever the request's path. Never give it a request with credentials.
 *
 * @param options checked already
 */
export function relayTransport({
  relay,
  timeoutMs = 60_000,
  maxReplyBytes = 1_048_576,
}: RelayTransportOptions): Transport<RelayAttemptOptions> {
  const send: Transport<RelayAttemptOptions>['send'] = async (
    { operation, body },
    { signal, onProgress, about } = {},
  ) => {
    const controller = new AbortController();
    let phase: TransportError['phase'] = 'connect';
    let reason = 'network' as TransportError['reason'];
    const end = (why: TransportError['reason']): void => {
      if (reason === 'network') reason = why;
      controller.abort();
    };
    const onAbort = (): void =>
      end((signal!.reason as Error | null)?.name === 'TimeoutError' ? 'timeout' : 'aborted');
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    try {
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
      else {
        const { href: url } = new URL(relay, (globalThis as { location?: Location }).location?.href);
        const exchange = {
          url,
          ...write(body, about),
          signal: controller.signal,
          limit: maxReplyBytes,
          arrived: () => void (phase = 'reply'),
        };
        phase = 'sent';
        const reply = await (onProgress ? byXhr(exchange, onProgress) : byFetch(exchange));
        if (reply) return reply;
        end('too-large');
      }
    } catch {
      // What a browser throws says nothing, and can hold the request.
    } finally {
      // What was not read of a reply would keep its connection; and a signal that serves many calls keeps nothing of this one.
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      controller.abort();
    }
    throw new RelayError(
      operation,
      reason === 'network' ? 'the relay could not be reached' : reason,
      phase,
      reason,
    );
  };
  return { send };
}
