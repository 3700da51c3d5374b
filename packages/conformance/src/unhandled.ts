/** What of Node's `process` is needed here; Bun and Deno have it as well. */
interface Process {
  on(name: 'unhandledRejection', listener: (error: unknown) => void): unknown;
  off(name: 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** What of a page is needed here. */
interface Page {
  addEventListener(name: 'unhandledrejection', listener: (event: { readonly reason: unknown }) => void): void;
  removeEventListener(
    name: 'unhandledrejection',
    listener: (event: { readonly reason: unknown }) => void,
  ): void;
}

/** Calls for every rejection that nobody handles, wherever this runs. Gives what ends that. */
export function onUnhandled(note: (error: unknown) => void): () => void {
  const { process } = globalThis as { readonly process?: Partial<Process> };
  if (typeof process?.on === 'function') {
    (process as Process).on('unhandledRejection', note);
    return () => void (process as Process).off('unhandledRejection', note);
  }
  const page = globalThis as unknown as Page;
  const heard = ({ reason }: { readonly reason: unknown }): void => note(reason);
  page.addEventListener('unhandledrejection', heard);
  return () => page.removeEventListener('unhandledrejection', heard);
}
