import { type Check, checkEach, checkWhole } from '@smsc/protocol/adapter';
import { originOf } from './host.ts';
import { checkFunction, checkMember } from './checks.ts';

/** How requests are carried, whatever carries them. */
export interface TransportOptions {
  /**
   * Host name (`smsc.kz`) or origin (`https://smsc.kz`). Default: `smsc.ua`. http is allowed to this machine alone, for
   * the simulator: `http://127.0.0.1:8025`.
   */
  readonly host?: string | undefined;
  /** Milliseconds until an attempt is given up, from its start to the last byte of the reply. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Most bytes of a reply, after content decoding. Default: 64 MiB and 16 times the size of the request. */
  readonly maxReplyBytes?: number | undefined;
}

/** What one attempt can be told. */
export interface AttemptOptions {
  /** Ends the attempt: at once if nothing has left yet, else it may have happened. That of `AbortSignal.timeout` is a time limit. */
  readonly signal?: AbortSignal | undefined;
  /** Another host than the transport's own, by the same rules. */
  readonly host?: string | undefined;
  /** Told how much of the request has been handed to the network, in bytes; where the transport can know. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
}

/** Longest time that a timer can wait, in milliseconds; and most bytes of a reply, which nobody will miss. 0 is neither: it is not «none». */
export const checkLimit: Check = /* @__PURE__ */ checkWhole(1, 2_147_483_647);

export const checkHost: Check = (value, at) =>
  void at.expect(originOf(value) !== undefined, value, 'a name, an https origin, or http to this machine');

/** One host, or several. */
export const checkHosts: Check = (value, at) =>
  Array.isArray(value) ? checkEach(value, at, checkHost) : checkHost(value, at);

/** What every transport can be told, each with its check. */
export const transportChecks: Readonly<Record<keyof TransportOptions, Check>> = {
  host: checkHost,
  timeoutMs: checkLimit,
  maxReplyBytes: checkLimit,
};

/** What an attempt can be told. An `AbortController` is no signal, and `fetch` would say so after the fact. */
export const attemptChecks: Readonly<Record<keyof AttemptOptions, Check>> = {
  signal: /* @__PURE__ */ checkMember('aborted', 'boolean', 'an AbortSignal'),
  host: checkHost,
  onProgress: checkFunction,
};
