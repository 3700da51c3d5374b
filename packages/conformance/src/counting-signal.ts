/** An abort signal that counts its listeners. */
export interface CountingSignal {
  readonly controller: AbortController;
  /** Returns the number of `abort` listeners that are registered now. */
  readonly listenerCount: () => number;
}

/** Options of `addEventListener`. */
interface ListenerOptions {
  readonly capture?: boolean;
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Creates an abort signal that counts the listeners it would still call: a listener that is added twice counts once, and a
 * `once` listener no longer counts after its call.
 */
export function createCountingSignal(): CountingSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const { addEventListener, removeEventListener } = signal;
  /** Listeners by their `capture` option: the platform registers a function once for each value of this option. */
  const byCapture = { true: new Set<unknown>(), false: new Set<unknown>() };
  const listenersOf = (options: ListenerOptions | boolean | undefined): Set<unknown> =>
    byCapture[`${typeof options === 'object' ? options.capture === true : options === true}`];
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    const [type, listener, options] = args;
    // Reads own options only: a polluted `Object.prototype` must not add any.
    const { once = false, signal: until } = {
      __proto__: null,
      ...(typeof options === 'object' && options),
    } as ListenerOptions;
    const onceOnly = { __proto__: null, once: true } as ListenerOptions;
    if (type === 'abort' && !until?.aborted) {
      const listeners = listenersOf(options);
      listeners.add(listener);
      const remove = (): void => void listeners.delete(listener);
      if (once) addEventListener.call(signal, type, remove, onceOnly);
      if (until) addEventListener.call(until, 'abort', remove, onceOnly);
    }
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    const [type, listener, options] = args;
    if (type === 'abort') listenersOf(options).delete(listener);
    removeEventListener.apply(signal, args);
  };
  return { controller, listenerCount: () => byCapture.true.size + byCapture.false.size };
}
