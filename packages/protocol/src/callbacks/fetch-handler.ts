import { type CallbackHandlerOptions, createHandler, type HostRequest } from './handler.ts';

/** Members of a `Request` that the handler uses. */
export interface RequestLike {
  /** HTTP method, such as `POST`. */
  readonly method: string;
  /** URL of the request, with its query. */
  readonly url: string;
  /** Headers of the request. */
  readonly headers: { get(name: string): string | null };
  /** Body as a stream, or `null` without a body. */
  readonly body: { readonly locked: boolean; getReader(): BodyReader } | null;
  /** `true` if the body was read already. The handler then responds with 500. */
  readonly bodyUsed: boolean;
}

/** Members of a body reader that the handler uses. */
export interface BodyReader {
  /** Reads the next chunk. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** Discards the rest of the body. */
  cancel(): Promise<unknown>;
}

/** Constructor of the platform's `Response`, or of a compatible class. */
export type ResponseClass<Type> = new (
  body: string,
  init: { readonly status: number; readonly headers: Record<string, string> },
) => Type;

/** Options of `callbackHandler`. */
export type FetchCallbackHandlerOptions<Response> = CallbackHandlerOptions & {
  /** The platform's `Response`. Required, because this package does not use globals of the host. */
  readonly Response: ResponseClass<Response>;
};

const allowed = { allow: 'GET, POST' };

/**
 * Creates a callback handler for the Fetch standard: Deno, Bun, workers, and frameworks based on them. The handler
 * never rejects. It responds with 200 to accepted callbacks, 4xx to requests that are not valid callbacks, and 500 if
 * `on` or the store fails, so that the gateway retries.
 *
 * @throws {InputError} if an option is invalid, or if there is neither `secret` nor `unsigned`
 * @example
 * ```ts
 * const handle = callbackHandler({ secret, Response, on: (callback) => save(callback) });
 * Deno.serve(handle);
 * ```
 */
export function callbackHandler<Response>(
  options: FetchCallbackHandlerOptions<Response>,
): (request: RequestLike) => Promise<Response> {
  const handle = createHandler('callbackHandler', options, {
    Response: (value, at) => void at.expect(typeof value === 'function', value, 'the class Response'),
  });
  const { Response } = options;
  return async (request) => {
    const { method, url, headers, body, bodyUsed } = request;
    let reader: BodyReader | undefined;
    const next: HostRequest['next'] = async () => {
      reader ??= body?.getReader();
      return reader ? reader.read() : { done: true };
    };
    const { status, text } = await handle({
      method,
      url,
      header: (name) => headers.get(name),
      used: bodyUsed || body?.locked === true,
      next,
    });
    // Cancels the rest of the body, which is not needed. Ignores errors of the cancellation.
    void reader?.cancel().catch(() => undefined);
    return new Response(text, {
      status,
      headers: { 'content-type': 'text/plain', ...(status === 405 ? allowed : {}) },
    });
  };
}
