/** A signal that knows who listens to it. */
export interface CountedSignal {
  readonly controller: AbortController;
  /** Listeners that are left on it. */
  readonly listeners: () => number;
}

/** What a listener is added with. */
interface ListenerOptions {
  readonly capture?: boolean;
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

/** Makes one. Counted is who would still be called: what is added twice is there once, and what listens once is gone when it was called. */
export function countedSignal(): CountedSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const { addEventListener, removeEventListener } = signal;
  /** By whether they listen while an event goes down, which makes two of one listener. */
  const all = { true: new Set<unknown>(), false: new Set<unknown>() };
  const placeOf = (options: ListenerOptions | boolean | undefined): Set<unknown> =>
    all[`${typeof options === 'object' ? options.capture === true : options === true}`];
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    const [type, listener, options] = args;
    // Of its own: what something has added to every object is no option of this listener.
    const { once = false, signal: until } = {
      __proto__: null,
      ...(typeof options === 'object' && options),
    } as ListenerOptions;
    const first = { __proto__: null, once: true } as ListenerOptions;
    if (type === 'abort' && !until?.aborted) {
      const place = placeOf(options);
      place.add(listener);
      const forget = (): void => void place.delete(listener);
      if (once) addEventListener.call(signal, type, forget, first);
      if (until) addEventListener.call(until, 'abort', forget, first);
    }
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    const [type, listener, options] = args;
    if (type === 'abort') placeOf(options).delete(listener);
    removeEventListener.apply(signal, args);
  };
  return { controller, listeners: () => all.true.size + all.false.size };
}
