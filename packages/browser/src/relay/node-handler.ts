import { checkFunction } from '@smsc/client/adapter';
import { readOptions } from '@smsc/protocol/adapter';
import type { Relay } from './menu.ts';

/** What is needed of a request of `node:http`, or of `node:http2`. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly complete: boolean;
  /** That of HTTP/2. */
  readonly stream?: { once(event: 'finish', run: () => void): unknown; destroy(): unknown } | undefined;
}

/** What is needed of a response of `node:http`, or of `node:http2`. */
export interface NodeResponse {
  readonly writableFinished: boolean;
  shouldKeepAlive?: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: Uint8Array): unknown;
  on(event: 'close' | 'error', run: () => void): unknown;
}

/** How `node:http` is read. */
export interface NodeHandlerOptions<Request extends NodeRequest> {
  /** The visitor's address. Default: that of the connection. Behind a proxy of one's own, what that proxy says. */
  readonly address?: ((request: Request) => string | undefined) | undefined;
}

/** The body as a web stream, read no faster than it is asked for. */
function streamOf(request: NodeRequest): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = request[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
  });
}

function headersOf({ headers }: NodeRequest): Headers {
  const read = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(':'))
      read.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return read;
}

/**
 * A relay for `node:http`, and for frameworks over it: `createServer(nodeHandler(relay))`, `app.post('/api/sms', nodeHandler(relay))`.
 * It reads the body itself, so it stands before whatever else would.
 *
 * @throws {InputError} for options that cannot be meant
 */
export function nodeHandler<Incoming extends NodeRequest>(
  relay: Relay,
  options: NodeHandlerOptions<Incoming> = {},
): (request: Incoming, response: NodeResponse) => void {
  // A misspelt one would have everybody behind a proxy be one visitor.
  const { address = (incoming: Incoming) => incoming.socket.remoteAddress } = readOptions(
    'nodeHandler',
    options,
    { address: checkFunction },
  );
  return (request, response) => {
    const gone = new AbortController();
    // Whoever goes away is no fault of anybody's.
    response.on('error', () => undefined);
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    async function answer(): Promise<void> {
      const { method = 'GET' } = request;
      const body = method === 'POST' ? { body: streamOf(request), duplex: 'half' as const } : {};
      const init = {
        __proto__: null,
        method: /^(?:POST|GET|HEAD|PUT|DELETE|OPTIONS|PATCH)$/.test(method) ? method : 'GET',
        headers: headersOf(request),
        signal: gone.signal,
        ...body,
      };
      // The address that was asked for, and the host that a caller wrote, are nothing to go by.
      const asked = new Request('http://localhost/', init);
      const { status, headers, ...rest } = await read(await relay(asked, { address: address(request) }));
      // What was not read of a body would be taken for the next request.
      if (!request.complete) {
        response.shouldKeepAlive = false;
        // And of HTTP/2 it would keep its stream, until somebody goes away. It ends without an error, as an answer that came
        // early does (RFC 9113, 8.1); a moment after it, since who reads both at once could wait for more.
        request.stream?.once('finish', () => setTimeout(() => request.stream!.destroy(), 0));
      }
      response.writeHead(status, { ...headers, 'content-length': String(rest.bytes.length) });
      response.end(rest.bytes);
    }
    answer().catch(() => {
      try {
        response.shouldKeepAlive = false;
        response.writeHead(503, {});
        response.end(new Uint8Array());
      } catch {
        // Nobody is there to be told.
      }
    });
  };
}

const read = async (
  response: Response,
): Promise<{ status: number; headers: Record<string, string>; bytes: Uint8Array }> => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  bytes: new Uint8Array(await response.arrayBuffer()),
});
