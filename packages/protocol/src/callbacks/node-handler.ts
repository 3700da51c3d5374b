import { type CallbackHandlerOptions, createHandler, type HostRequest } from './handler.ts';

/** Members of an `IncomingMessage` that the handler uses. */
export interface NodeRequestLike {
  /** HTTP method, such as `POST`. */
  readonly method?: string | undefined;
  /** Path and query of the request. */
  readonly url?: string | undefined;
  /** Headers by name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** `true` if the body was read already. The handler then responds with 500. */
  readonly readableEnded: boolean;
  /** Reads the body in chunks. */
  [Symbol.asyncIterator](): {
    next(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  };
}

/** Members of a `ServerResponse` that the handler uses. */
export interface NodeResponseLike {
  /** HTTP status of the response. */
  statusCode: number;
  /** Sets a header of the response. */
  setHeader(name: string, value: string): unknown;
  /** Sends the response with this body. */
  end(text: string): unknown;
}

const header = (headers: NodeRequestLike['headers'], name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.join(', ');
};

/**
 * Creates a callback handler for `node:http` and for frameworks that use its request and response objects (Express,
 * Connect). The handler reads the raw body itself, so put the handler before any body parser. It never throws or
 * rejects, and it responds as `callbackHandler` does.
 *
 * @throws {InputError} if an option is invalid, or if there is neither `secret` nor `unsigned`
 * @example
 * ```ts
 * createServer(nodeCallbackHandler({ secret, on: (callback) => save(callback) })).listen(8080);
 * ```
 */
export function nodeCallbackHandler(
  options: CallbackHandlerOptions,
): (request: NodeRequestLike, response: NodeResponseLike) => Promise<void> {
  const handle = createHandler('nodeCallbackHandler', options);
  return async (request, response) => {
    let chunks: ReturnType<NodeRequestLike[typeof Symbol.asyncIterator]> | undefined;
    // Does not use `for await`, because leaving that loop early closes the connection before the response is sent.
    const next: HostRequest['next'] = async () => (chunks ??= request[Symbol.asyncIterator]()).next();
    const { method, url, headers, readableEnded } = request;
    const { status, text } = await handle({
      method,
      url,
      header: (name) => header(headers, name),
      used: readableEnded,
      next,
    });
    try {
      response.statusCode = status;
      response.setHeader('content-type', 'text/plain');
      if (status === 405) response.setHeader('allow', 'GET, POST');
      // The rest of the body is not read, so the connection cannot be reused.
      if (status === 413) response.setHeader('connection', 'close');
      response.end(text);
    } catch {
      // The response was already sent, or the connection is closed.
    }
  };
}
