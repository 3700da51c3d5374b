import type { Check } from '../core/checks.ts';
import { alreadyRead, readCallbackBody, type BodySource } from './body.ts';
import { CallbackError } from './error.ts';
import { keyedQueue } from './keyed-queue.ts';
import { checkOptions, type ReadCallbackOptions } from './options.ts';
import { advance, stepOf } from './progress.ts';
import { type Callback, defaultMaxBytes, readTrusted } from './read-callback.ts';
import { type CallbackStore, type MaybePromise, memoryStore } from './store.ts';

/** Options of a callback handler. */
export type CallbackHandlerOptions = ReadCallbackOptions & {
  /**
   * Processes a callback. The handler waits for the result and then responds with 200. If `on` throws or rejects, the
   * handler responds with 500 and the gateway retries. The same callback may arrive twice, so processing has to be
   * idempotent.
   */
  readonly on: (callback: Callback) => MaybePromise<unknown>;
  /**
   * Remembers processed callbacks, to drop duplicates. A dropped callback is not passed to `on`; the response is 200.
   *
   * - State of a message: dropped if the same id, phone and state was processed before, if a later state was
   *   processed, or after a final state. Exception: «read» and «link clicked» are passed to `on` after «delivered».
   * - Call: dropped if the same phone and time was processed before.
   * - Incoming message: dropped if the same id and sender was processed before. Without an id, dropped if the same
   *   time, sender, receiver and text was processed before. Without an id and a time, never dropped.
   *
   * Default: `memoryStore()`. `'none'` drops no callback. Use it if you give the same id to several messages to one
   * phone, which the gateway allows.
   */
  readonly store?: CallbackStore | 'none' | undefined;
  /**
   * Receives errors: a `CallbackError` for a rejected request, and each error that `on` or the store throws. Errors
   * thrown by this function are ignored.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
};

/** A request in the form that the Node handler and the Fetch handler have in common. */
export interface HostRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** Returns the value of a header. The name is in lower case. */
  readonly header: (name: string) => string | null | undefined;
  /** `true` if the program has read the body before. */
  readonly used: boolean;
  /** Reads the next chunk of the body. */
  readonly next: BodySource['next'];
}

/** Response of a handler. */
export interface CallbackResponse {
  readonly status: number;
  readonly text: string;
}

/** Response to an accepted callback. Third-party code also sends `OK`. */
const ok: CallbackResponse = { status: 200, text: 'OK' };
/** Response to a failure. It does not reveal the reason. */
const failed: CallbackResponse = { status: 500, text: 'failed' };

const isFunction: Check = (value, at) => void at.expect(typeof value === 'function', value, 'a function');

const checkStore: Check = (value, at) => {
  const { get, set } = (value ?? {}) as Partial<Record<'get' | 'set', unknown>>;
  at.expect(
    value === 'none' || (typeof get === 'function' && typeof set === 'function'),
    value,
    "'none', or an object with get and set",
  );
};

async function read(incoming: HostRequest, options: CallbackHandlerOptions): Promise<Callback> {
  const { method = 'GET', url, header, used, next } = incoming;
  const hasBody = method === 'POST';
  const encoding = header('content-encoding') ?? 'identity';
  if (hasBody && encoding.toLowerCase() !== 'identity')
    throw new CallbackError('encoding', 'the body is compressed; expected no Content-Encoding');
  if (hasBody && used) throw new TypeError(alreadyRead);
  const body = hasBody
    ? await readCallbackBody({ next, length: header('content-length') }, options.maxBytes ?? defaultMaxBytes)
    : undefined;
  return readTrusted({ method, url, contentType: header('content-type'), body }, options);
}

/** Creates a function that passes callbacks to `on`, except duplicates and late states. */
function createDispatcher({
  on,
  store = memoryStore(),
}: CallbackHandlerOptions): (callback: Callback) => Promise<void> {
  const queue = keyedQueue();
  return async (callback) => {
    const step = store === 'none' ? undefined : stepOf(callback);
    if (store === 'none' || step === undefined) {
      await on(callback);
      return;
    }
    await queue(step.key, async () => {
      const next = advance((await store.get(step.key)) ?? undefined, step);
      if (next === undefined) return;
      await on(callback);
      // Stores the step only after `on` has succeeded. If `on` fails, the callback is processed again.
      await store.set(step.key, next);
    });
  };
}

/**
 * Creates the function that processes the requests of the Node handler and of the Fetch handler. The function never
 * rejects.
 *
 * @param needed checks of further required options
 * @throws {InputError} if an option is invalid, or if there is neither `secret` nor `unsigned`
 */
export function createHandler(
  caller: string,
  options: CallbackHandlerOptions,
  needed: Readonly<Record<string, Check>> = {},
): (incoming: HostRequest) => Promise<CallbackResponse> {
  checkOptions(caller, options, { on: isFunction, ...needed }, { store: checkStore, onError: isFunction });
  // Copies the own members. Inherited members may come from a polluted `Object.prototype`, and later changes to the
  // options would not be checked.
  const own = { __proto__: null, ...options };
  const pass = createDispatcher(own);

  function report(error: unknown): void {
    try {
      own.onError?.(error);
    } catch {
      // Ignores errors of `onError`, since the gateway still needs a response.
    }
  }

  return async (incoming) => {
    let callback: Callback;
    try {
      callback = await read(incoming, own);
    } catch (error) {
      report(error);
      return error instanceof CallbackError ? { status: error.status, text: error.problem } : failed;
    }
    try {
      await pass(callback);
      return ok;
    } catch (error) {
      report(error);
      return failed;
    }
  };
}
