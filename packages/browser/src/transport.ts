import { type Transport, TransportError, type WireBody, type WireReply } from '@smsc/protocol';
import { relayHeader, type Refusal } from './relay-protocol.ts';

/** Options of `relayTransport`. */
export interface RelayTransportOptions {
  /** Address of the relay: a path of the page's origin such as `/api/sms`, or an https URL; http only for this machine. */
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
  /** Receives the number of bytes that were uploaded so far, and their total. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
  /** Key of the message, for operations that spend: the relay knows the message by it before the body arrives. Default: none. */
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
  // A followed 307 redirect would send texts and numbers to another origin. Unfollowed, it is a response that no relay gives.
  // Without a prototype, the request takes no options from a polluted `Object.prototype`.
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
  // Not `readBody` of @smsc/protocol: it is made for hostile senders, and would add to the page's bundle.
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
 * Sends a request by `XMLHttpRequest`, the only API of a page that reports the progress of an upload. It always follows
 * redirects; a response from another URL is rejected.
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
 * Returns the body for the platform, and its headers. A form contains one field, JSON, which has no line break that `FormData`
 * could change; the platform adds the content type with its boundary.
 */
function encodeBody(body: WireBody, messageKey = '1'): Pick<RelayFetch, 'headers' | 'body'> {
  const headers = { __proto__: null, [relayHeader]: messageKey } as unknown as Record<string, string>;
  if (body.kind === 'text') {
    headers['content-type'] = body.contentType;
    return { headers, body: body.text };
  }
  const form = new FormData();
  for (const [name, value] of body.fields) form.append(name, value);
  // The names of the files are sent in the JSON, where quotes and line breaks do no harm. The second argument gives the type.
  for (const [index, { content }] of body.files.entries())
    form.append(`file${index}`, new Blob([content as Blob], content as Blob));
  return { headers, body: form };
}

/**
 * Creates a transport that sends every request to one relay, whatever the path of the request. A page does not learn why a
 * request failed, so each attempt that began may have arrived. Only an attempt that was aborted before it began certainly did
 * not.
 *
 * Never pass it a request with credentials: it would send them to the relay.
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
      // An error of the platform says nothing useful, and may hold the request.
    } finally {
      // An unread response would keep its connection, and a signal of many calls would keep all their listeners.
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      controller.abort();
    }
    const problem = reason === 'network' ? `no response from ${relay.split('?')[0]}` : reason;
    throw new RelayError(operation, problem, { phase, reason });
  };
  return { send };
}
