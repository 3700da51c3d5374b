import type { Check } from '@smsc/protocol/adapter';
import { checkFunction } from './checks.ts';
import { type AttemptOptions, checkLimit, checkSignal } from './transport/transport-options.ts';

/** Options of one call. */
export interface CallOptions {
  /** Cancels the call, even while it is waiting. The outcome is `not-sent` if nothing was sent yet, else `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Time limit of this call in milliseconds, instead of the client's `callTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /**
   * Called with the number of bytes of the request body handed to the network so far. Not every transport reports
   * progress: `@smsc/fetch` does not.
   */
  readonly onProgress?: AttemptOptions['onProgress'];
}

/** Checks of the options of a call. */
export const callChecks: Readonly<Record<'signal' | 'timeoutMs' | 'onProgress', Check>> = {
  signal: checkSignal,
  timeoutMs: checkLimit,
  onProgress: checkFunction,
};
