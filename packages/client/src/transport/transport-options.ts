import { type Check, checkOneOrEach, checkWhole } from '@smsc/protocol/adapter';
import { checkFunction, checkMember } from '../checks.ts';
import { originOf } from './host.ts';

/** Options that all transports have. */
export interface TransportOptions {
  /**
   * Host name (`smsc.kz`) or origin (`https://smsc.kz`). Default: `smsc.ua`. Plain http is allowed only to this
   * machine, for the simulator: `http://127.0.0.1:8025`.
   */
  readonly host?: string | undefined;
  /** Time limit of an attempt, from its start to the last byte of the reply, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Maximum size of a reply in bytes, after content decoding. Default: 64 MiB plus 16 times the size of the request. */
  readonly maxReplyBytes?: number | undefined;
}

/** Options of one attempt. */
export interface AttemptOptions {
  /**
   * Cancels the attempt. If nothing has been sent yet, nothing will be sent. A signal of `AbortSignal.timeout` counts
   * as a time limit.
   */
  readonly signal?: AbortSignal | undefined;
  /** Host of this attempt, in the same forms as the transport's `host`. Default: the transport's `host`. */
  readonly host?: string | undefined;
  /** Called with the number of bytes handed to the network so far, if the transport can report it. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
}

/**
 * Checks a time limit or a size: a whole number from 1 to the longest delay of a timer in milliseconds. 0 is invalid:
 * it does not mean "no limit".
 */
export const checkLimit: Check = /* @__PURE__ */ checkWhole(1, 2_147_483_647);

/** Shows a rejected host if it looks like a host name. Any other value could be a phone number, a key or a password. */
const shownHost = (value: unknown): string =>
  typeof value === 'string' && /^[a-z:/-]+\.[a-z/.]+$/.test(value) ? `, got '${value}'` : '';

/** Checks a host. */
export const checkHost: Check = (value, at) => {
  if (originOf(value) === undefined)
    at.addIssue(
      `expected a host name, an https origin, or an http origin of this machine${shownHost(value)}`,
    );
};

/** Checks a host or a list of hosts. */
export const checkHosts: Check = /* @__PURE__ */ checkOneOrEach(checkHost);

/** Checks of the options that all transports have. */
export const transportChecks: Readonly<Record<keyof TransportOptions, Check>> = {
  host: checkHost,
  timeoutMs: checkLimit,
  maxReplyBytes: checkLimit,
};

/**
 * Requires a signal. Rejects an `AbortController`, which `fetch` would reject only after the request was prepared. The
 * check is a separate constant, because reading it from a table of checks would keep the whole table in every bundle.
 */
export const checkSignal: Check = /* @__PURE__ */ checkMember('aborted', 'boolean', 'an AbortSignal');

/** Checks of the options of an attempt. */
export const attemptChecks: Readonly<Record<keyof AttemptOptions, Check>> = {
  signal: checkSignal,
  host: checkHost,
  onProgress: checkFunction,
};
