import type { Check } from '../core/checks.ts';
import { alreadyRead, readBody, type BodySource } from './body.ts';
import { CallbackError } from './error.ts';
import { keyedQueue } from './keyed-queue.ts';
import { checkOptions, type ReadCallbackOptions } from './options.ts';
import { advance, stepOf } from './progress.ts';
import { type Callback, defaultMaxBytes, readTrusted } from './read-callback.ts';
import { type CallbackStore, type MaybePromise, memoryStore } from './store.ts';

/** What a handler is made of, besides what to trust. */
export type CallbackHandlerOptions = ReadCallbackOptions & {
  /**
   * What is to be done with a push. When it throws or rejects, the answer is 500 and the gateway comes again; otherwise the
   * answer waits for it and is 200. A push can come twice all the same, so this has to bear a repeat.
   */
  readonly on: (callback: Callback) => MaybePromise<unknown>;
  /**
   * Where it is remembered what was passed on. A repeat of (message id, phone, state), a state that comes late and anything
   * behind a final state are answered with 200 and go no further; but what was delivered can become read, and its link
   * clicked. Calls repeat by (phone, time); incoming messages by their id, or by (time, from, to, text), and never without
   * an id and a time. Default: `memoryStore()`. `'none'`: everything is passed on, which is right if you give the same id to
   * several messages for one phone: the gateway allows it, and nothing tells their states apart.
   */
  readonly store?: CallbackStore | 'none' | undefined;
  /**
   * Is told what went wrong: a `CallbackError` for a request that was refused, anything else for what `on` or the store has
   * thrown. What it throws itself is dropped.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
};

/** A request as a handler has it. */
export interface HostRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly header: (name: string) => string | null | undefined;
  /** Whether somebody has read the body before. */
  readonly used: boolean;
  readonly next: BodySource['next'];
}

/** What to answer. */
export interface CallbackResponse {
  readonly status: number;
  readonly text: string;
}

/** `OK` is what third parties answer. */
const ok: CallbackResponse = { status: 200, text: 'OK' };
/** Says that it did not work, and not why. */
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
    throw new CallbackError('encoding', 'a compressed body');
  if (hasBody && used) throw new TypeError(alreadyRead);
  const body = hasBody
    ? await readBody({ next, length: header('content-length') }, options.maxBytes ?? defaultMaxBytes)
    : undefined;
  return readTrusted({ method, url, contentType: header('content-type'), body }, options);
}

/** Passes on what is neither a repeat nor late. */
function passer({
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
      // Not before: what `on` has failed to do has to come again.
      await store.set(step.key, next);
    });
  };
}

/**
 * What both handlers do. It never rejects.
 *
 * @param needed members that the caller has to be given besides
 * @throws {InputError} when the options are wrong, or do not say what to trust
 */
export function createHandler(
  caller: string,
  options: CallbackHandlerOptions,
  needed: Readonly<Record<string, Check>> = {},
): (incoming: HostRequest) => Promise<CallbackResponse> {
  checkOptions(caller, options, { on: isFunction, ...needed }, { store: checkStore, onError: isFunction });
  // What somebody has put on the prototype of all objects is nobody's option; and what is changed later was not checked.
  const own = { __proto__: null, ...options };
  const pass = passer(own);

  function report(error: unknown): void {
    try {
      own.onError?.(error);
    } catch {
      // The gateway is still to be answered.
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
