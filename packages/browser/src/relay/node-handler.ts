import { checkFunction } from '@smsc/client/adapter';
import { readOptions } from '@smsc/protocol/adapter';
import type { Relay } from './relay-types.ts';

/** Members of a `node:http` or `node:http2` request that the handler uses. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  /** HTTP method. */
  readonly method?: string | undefined;
  /** Headers by name, in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Connection, with the address of the peer. */
  readonly socket: { readonly remoteAddress?: string | undefined };
  /** `true` once the whole request was received. */
  readonly complete: boolean;
  /** Stream of an HTTP/2 request. */
  readonly stream?:
    | {
        /** Calls `run` once the response was sent. */
        once(event: 'finish', run: () => void): unknown;
        /** Closes the stream. */
        destroy(): unknown;
      }
    | undefined;
}

/** Members of a `node:http` or `node:http2` response that the handler uses. */
export interface NodeResponse {
  /** `true` once the whole response was sent. */
  readonly writableFinished: boolean;
  /** `false` closes the connection after the response. */
  shouldKeepAlive?: boolean;
  /** Writes the status and the headers. */
  writeHead(status: number, headers: Record<string, string>): unknown;
  /** Writes the body, and ends the response. */
  end(body: Uint8Array): unknown;
  /** Adds a listener. */
  on(event: 'close' | 'error', run: () => void): unknown;
}

/** Options of `nodeHandler`. */
export interface NodeHandlerOptions<Request extends NodeRequest> {
  /**
   * Returns the address of the visitor. Default: the address of the connection. Behind your own proxy, return the address
   * that the proxy reports.
   */
  readonly address?: ((request: Request) => string | undefined) | undefined;
}

/** Converts the body to a web stream that reads only on demand. */
function toWebStream(request: NodeRequest): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = request[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
  });
}

/** Converts headers. Leaves out the pseudo-headers of HTTP/2. */
function toWebHeaders({ headers }: NodeRequest): Headers {
  const webHeaders = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(':'))
      webHeaders.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return webHeaders;
}

/** Converts a request. The relay ignores the URL and the `Host` header of the request, because a client can choose both. */
function toWebRequest(request: NodeRequest, signal: AbortSignal): Request {
  const { method = 'GET' } = request;
  const body = method === 'POST' ? { body: toWebStream(request), duplex: 'half' as const } : {};
  const init = {
    __proto__: null,
    method: /^(?:POST|GET|HEAD|PUT|DELETE|OPTIONS|PATCH)$/.test(method) ? method : 'GET',
    headers: toWebHeaders(request),
    signal,
    ...body,
  };
  return new Request('http://localhost/', init);
}

/**
 * Closes the connection after the response if the request was not read completely. Otherwise the unread bytes would be taken
 * for the next request.
 */
function stopReading(request: NodeRequest, response: NodeResponse): void {
  if (request.complete) return;
  response.shouldKeepAlive = false;
  // An unread HTTP/2 request would keep its stream open, so the stream is closed without an error, as RFC 9113 describes for
  // an early response (section 8.1). The timer gives the client a moment to receive the end of the response.
  request.stream?.once('finish', () => setTimeout(() => request.stream!.destroy(), 0));
}

/** Passes one request to the relay, and writes its response. */
async function respond(
  request: NodeRequest,
  response: NodeResponse,
  relay: (request: Request) => Promise<Response>,
  signal: AbortSignal,
): Promise<void> {
  const webResponse = await relay(toWebRequest(request, signal));
  const body = new Uint8Array(await webResponse.arrayBuffer());
  stopReading(request, response);
  response.writeHead(webResponse.status, {
    ...Object.fromEntries(webResponse.headers),
    'content-length': String(body.length),
  });
  response.end(body);
}

/**
 * Creates a request handler for `node:http`, `node:http2` and frameworks on top of them: `createServer(nodeHandler(relay))`,
 * `app.post('/api/sms', nodeHandler(relay))`. The handler reads the body itself, so put it before body
 * parsers.
 *
 * @throws {InputError} if an option is unknown or invalid: with a misspelt `address` all visitors behind a proxy would count
 *   as one
 */
export function nodeHandler<Incoming extends NodeRequest>(
  relay: Relay,
  options: NodeHandlerOptions<Incoming> = {},
): (request: Incoming, response: NodeResponse) => void {
  const { address = (incoming: Incoming) => incoming.socket.remoteAddress } = readOptions(
    'nodeHandler',
    options,
    { address: checkFunction },
  );
  return (request, response) => {
    const disconnected = new AbortController();
    response.on('error', () => undefined);
    response.on('close', () => {
      if (!response.writableFinished) disconnected.abort();
    });
    const callRelay = (webRequest: Request): Promise<Response> =>
      relay(webRequest, { address: address(request) });
    respond(request, response, callRelay, disconnected.signal).catch(() => {
      try {
        response.shouldKeepAlive = false;
        response.writeHead(503, {});
        response.end(new Uint8Array());
      } catch {
        // The client has disconnected.
      }
    });
  };
}
