import { type CallbackHandlerOptions, createHandler } from './handler.ts';

/** What has to be known of a `Request`. */
export interface RequestLike {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { readonly locked: boolean; getReader(): BodyReader } | null;
  readonly bodyUsed: boolean;
}

/** What has to be known of the reader of a body. */
export interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown>;
}

/** The platform's `Response`, or another one of its shape. */
export type ResponseClass<Type> = new (
  body: string,
  init: { readonly status: number; readonly headers: Record<string, string> },
) => Type;

/** What the handler of the Fetch standard is made of. */
export type FetchCallbackHandlerOptions<Response> = CallbackHandlerOptions & {
  /** The platform's `Response`. It has to be passed in, since this package asks its host for nothing. */
  readonly Response: ResponseClass<Response>;
};

const allowed = { allow: 'GET, POST' };

/**
 * A handler for the Fetch standard: Deno, Bun, workers, and frameworks on top of them. It never rejects. It answers 200 to
 * what was taken, 4xx to what is no push, and 500 when you have failed to take one, so that the gateway comes again.
 *
 * @throws {InputError} when the options are wrong, or do not say what to trust
 */
export function callbackHandler<Response>(
  options: FetchCallbackHandlerOptions<Response>,
): (request: RequestLike) => Promise<Response> {
  const handle = createHandler('callbackHandler', options, {
    Response: (value, at) => void at.expect(typeof value === 'function', value, 'the class of responses'),
  });
  const { Response } = options;
  return async (request) => {
    const { method, url, headers, body, bodyUsed } = request;
    let reader: BodyReader | undefined;
    const next = async (): Promise<unknown> => {
      reader ??= body?.getReader();
      const { done, value } = (await reader?.read()) ?? { done: true };
      return done ? undefined : value;
    };
    const { status, text } = await handle({
      method,
      url,
      header: (name) => headers.get(name),
      used: bodyUsed || body?.locked === true,
      next,
    });
    // What is left is not read. That the stream may not take that well is no matter any more.
    void reader?.cancel().catch(() => undefined);
    return new Response(text, {
      status,
      headers: { 'content-type': 'text/plain', ...(status === 405 ? allowed : {}) },
    });
  };
}
