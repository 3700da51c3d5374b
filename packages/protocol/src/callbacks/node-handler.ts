import { type CallbackHandlerOptions, createHandler } from './handler.ts';

/** What has to be known of an `IncomingMessage`. */
export interface NodeRequestLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly readableEnded: boolean;
  [Symbol.asyncIterator](): {
    next(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  };
}

/** What has to be known of a `ServerResponse`. */
export interface NodeResponseLike {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
}

const header = (headers: NodeRequestLike['headers'], name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.join(', ');
};

/**
 * A handler for `node:http`, and for what passes its two objects on (Express, Connect). It reads the raw body by itself, so
 * it has to stand before any body parser. It never throws or rejects, and answers as `callbackHandler` does.
 *
 * @throws {InputError} when the options are wrong, or do not say what to trust
 */
export function nodeCallbackHandler(
  options: CallbackHandlerOptions,
): (request: NodeRequestLike, response: NodeResponseLike) => Promise<void> {
  const handle = createHandler('nodeCallbackHandler', options);
  return async (request, response) => {
    let pieces: ReturnType<NodeRequestLike[typeof Symbol.asyncIterator]> | undefined;
    // Not `for await`: leaving it early would close the connection before it is answered.
    const next = async (): Promise<unknown> => {
      const { done, value } = await (pieces ??= request[Symbol.asyncIterator]()).next();
      return done ? undefined : value;
    };
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
      // Of these there can be more to come, which nobody wants to read.
      if (status === 413) response.setHeader('connection', 'close');
      response.end(text);
    } catch {
      // Somebody else has answered, or the connection is gone.
    }
  };
}
