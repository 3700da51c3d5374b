/** Part of Node's `process` that is used here. Bun and Deno have it as well. */
interface ProcessEvents {
  on(name: 'unhandledRejection', listener: (error: unknown) => void): unknown;
  off(name: 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** Part of a page's global object that is used here. */
interface PageEvents {
  addEventListener(name: 'unhandledrejection', listener: (event: { readonly reason: unknown }) => void): void;
  removeEventListener(
    name: 'unhandledrejection',
    listener: (event: { readonly reason: unknown }) => void,
  ): void;
}

/** Calls `listener` for each unhandled rejection of the process or page. Returns a function that removes the listener. */
export function onUnhandledRejection(listener: (error: unknown) => void): () => void {
  const { process } = globalThis as { readonly process?: Partial<ProcessEvents> };
  if (typeof process?.on === 'function') {
    (process as ProcessEvents).on('unhandledRejection', listener);
    return () => void (process as ProcessEvents).off('unhandledRejection', listener);
  }
  const page = globalThis as unknown as PageEvents;
  const onEvent = ({ reason }: { readonly reason: unknown }): void => listener(reason);
  page.addEventListener('unhandledrejection', onEvent);
  return () => page.removeEventListener('unhandledrejection', onEvent);
}
