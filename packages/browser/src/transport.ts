import { type Transport, TransportError, type WireBody, type WireReply } from '@smsc/protocol';
import { relayHeader, type Refusal } from './relay-protocol.ts';

/** Options of `relayTransport`. */
export interface RelayTransportOptions {
  /**
   * Address of the relay: a path on the page's origin such as `/api/sms`, or an https URL. An http URL is accepted only for
   * localhost.
   */
  readonly relay: string;
  /** Time limit of one attempt, in ms, from its start to the last byte of the response. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Maximum size of a response, in bytes. Default: 1 MiB. */
  readonly maxReplyBytes?: number | undefined;
}

/** Options of one attempt. */
export interface RelayAttemptOptions {
  /** Cancels the attempt. */
  readonly signal?: AbortSignal | undefined;
  /** Receives the number of bytes uploaded so far, and the total number. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
  /**
   * Key of the message, for operations that spend. The relay uses it to identify the message before the body arrives. Default:
   * none.
   */
  readonly messageKey?: string | undefined;
}

/** Members of a `RelayError`. */
export interface RelayErrorDetails extends Pick<TransportError, 'phase' | 'reason'> {
  /** Reason why the relay refused the call. `undefined` if the network failed. */
  readonly refusal?: Refusal | undefined;
  /** Time after which the call may be tried again, in ms. */
  readonly retryAfterMs?: number | undefined;
}

/** Error of a call that did not succeed: the network failed, or the relay refused the call and sent nothing for it. */
export class RelayError extends TransportError {
  /** Reason why the relay refused the call. `undefined` if the network failed. */
  declare readonly refusal: Refusal | undefined;
  /** Time after which the call may be tried again, in ms. */
  declare readonly retryAfterMs: number | undefined;

  constructor(
    operation: string,
    problem: string,
    { phase, reason, refusal, retryAfterMs }: RelayErrorDetails,
  ) {
    super(
      `${operation}: ${problem}; ${phase === 'connect' ? 'nothing was sent' : 'it may have been sent'}`,
      phase,
      reason,
    );
    this.refusal = refusal;
    this.retryAfterMs = retryAfterMs;
  }
}

/** One HTTP request. */
interface RelayFetch {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData;
  readonly signal: AbortSignal;
  readonly maxReplyBytes: number;
  /** Called when the response begins. */
  readonly onResponse: () => void;
}

/** The response, or `undefined` if it is larger than the limit. */
type LimitedReply = Promise<WireReply | undefined>;

async function sendByFetch({
  url,
  headers,
  body,
  signal,
  maxReplyBytes,
  onResponse,
}: RelayFetch): LimitedReply {
  // Redirects are not followed: a 307 redirect would send texts and numbers to another origin. The redirect itself is later
  // rejected as a response that is not from a relay. Without a prototype, the request takes no options from a polluted
  // `Object.prototype`.
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
  onResponse();
  // Does not use `readBody` of `@smsc/protocol`, which is made for hostile senders and would enlarge the page's bundle.
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  for (let size = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
    if (size > maxReplyBytes) return undefined;
  }
  return {
    status: response.status,
    body: new Uint8Array(await new Blob(chunks).arrayBuffer()),
    retryAfter: response.headers.get('retry-after') ?? undefined,
  };
}

/**
 * Sends a request by `XMLHttpRequest`, the only API of a page that reports the progress of an upload. `XMLHttpRequest` always
 * follows redirects, so a response from another URL is rejected.
 */
const sendByXhr = (
  { url, headers, body, signal, maxReplyBytes, onResponse }: RelayFetch,
  onProgress: (sent: number, total: number) => void,
): LimitedReply =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.responseType = 'arraybuffer';
    for (const name in headers) request.setRequestHeader(name, headers[name]!);
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onreadystatechange = () => {
      if (request.readyState === 2) onResponse();
    };
    request.onprogress = ({ loaded }) => {
      if (loaded <= maxReplyBytes) return;
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

/**
 * Returns the headers and the body for the platform's API. The only text field of a form is JSON, which has no line breaks
 * that `FormData` could change. The platform itself adds the content type of a form, with the boundary.
 */
function encodeBody(body: WireBody, messageKey = '1'): Pick<RelayFetch, 'headers' | 'body'> {
  const headers = { __proto__: null, [relayHeader]: messageKey } as unknown as Record<string, string>;
  if (body.kind === 'text') {
    headers['content-type'] = body.contentType;
    return { headers, body: body.text };
  }
  const form = new FormData();
  for (const [name, value] of body.fields) form.append(name, value);
  // File names are sent in the JSON, where quotes and line breaks are escaped. The second argument of `Blob` keeps the media
  // type.
  for (const [index, { content }] of body.files.entries())
    form.append(`file${index}`, new Blob([content as Blob], content as Blob));
  return { headers, body: form };
}

/**
 * Creates a transport that sends every request to one relay, whatever the path of the request. A page does not learn why a
 * request failed, so the request may have arrived once the attempt has begun. Only an attempt that was aborted before it began
 * has certainly sent nothing.
 *
 * Never pass a request with credentials to this transport: it would send them to the relay.
 *
 * @param options options that were already checked
 */
export function relayTransport({
  relay,
  timeoutMs = 60_000,
  maxReplyBytes = 1_048_576,
}: RelayTransportOptions): Transport<RelayAttemptOptions> {
  const send: Transport<RelayAttemptOptions>['send'] = async (
    { operation, body },
    { signal, onProgress, messageKey } = {},
  ) => {
    const controller = new AbortController();
    let phase: TransportError['phase'] = 'connect';
    let reason = 'network' as TransportError['reason'];
    const stop = (why: TransportError['reason']): void => {
      if (reason === 'network') reason = why;
      controller.abort();
    };
    const onAbort = (): void =>
      stop((signal!.reason as Error | null)?.name === 'TimeoutError' ? 'timeout' : 'aborted');
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    try {
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
      else {
        const { href: url } = new URL(relay, (globalThis as { location?: Location }).location?.href);
        const request = {
          url,
          ...encodeBody(body, messageKey),
          signal: controller.signal,
          maxReplyBytes,
          onResponse: () => void (phase = 'reply'),
        };
        phase = 'sent';
        const reply = await (onProgress ? sendByXhr(request, onProgress) : sendByFetch(request));
        if (reply) return reply;
        stop('too-large');
      }
    } catch {
      // The platform's error is dropped: it says nothing useful, and may contain the request.
    } finally {
      // An unread response would keep its connection open. A signal that is shared by many calls would collect their
      // listeners.
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      controller.abort();
    }
    const problem = reason === 'network' ? `no response from ${relay.split('?')[0]}` : reason;
    throw new RelayError(operation, problem, { phase, reason });
  };
  return { send };
}
