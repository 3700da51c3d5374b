import type { Check } from '@smsc/protocol/adapter';
import { attemptChecks, type AttemptOptions, checkLimit } from './transport/transport-options.ts';

/** Options of one call. */
export interface CallOptions {
  /** Cancels the call, also while it waits. The outcome is `not-sent` if nothing was sent yet, else `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Time limit of this call in milliseconds, instead of the client's `callTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Called with the number of bytes of a request handed to the network so far, where the transport knows it. */
  readonly onProgress?: AttemptOptions['onProgress'];
}

/** Checks of the options of a call. */
export const callChecks: Readonly<Record<'signal' | 'timeoutMs' | 'onProgress', Check>> = {
  signal: attemptChecks.signal,
  timeoutMs: checkLimit,
  onProgress: attemptChecks.onProgress,
};
