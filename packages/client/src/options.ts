import type { Charset, Credentials, ReplyFormat } from '@smsc/protocol';
import { type Check, checkChoice, checkFlag, checkThat, checkWhole, isObject } from '@smsc/protocol/adapter';
import { checkFunction, checkMember } from './checks.ts';
import type { Interceptor } from './interceptor.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Clock } from './state/clock.ts';
import type { RecipientThrottle } from './layers/throttle.ts';
import type { ClientTransport } from './transport/http-exchange.ts';
import { checkLimit } from './transport/transport-options.ts';

/** Options of a client. */
export interface ClientOptions {
  /** Sends the requests, one for each attempt. */
  readonly transport: ClientTransport;
  /** Credentials of the account. They are kept in a closure: no property of the client contains them. */
  readonly credentials: Credentials;
  /** Format of the responses. Default: `jsonFormat`, the only format that does not rely on separators. */
  readonly format?: ReplyFormat | undefined;
  /** Charset of requests and responses. Default: `utf8`. */
  readonly charset?: Charset | undefined;
  /** `json` sends operations that support JSON to `rest/send/`, and all other operations as forms. Default: `form`. */
  readonly body?: 'form' | 'json' | undefined;
  /**
   * Creates the id of a message that has none. The id must be unique: 1 to 40 characters of `A-Z a-z 0-9 . - _`, and
   * not digits alone. Default: a random UUID.
   *
   * The gateway rejects an equal request within a minute (error 9). It does not document which requests count as equal,
   * and a new id may make a request different. Pass your own id, such as the number of an order, that stays the same
   * when your program sends the same message again.
   */
  readonly createId?: (() => string) | undefined;
  /** Hosts in the order in which attempts use them. Default: the transport's own host. */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Maximum number of retries, 0 to 10. Default: 2. A request that failed before anything was sent is retried, whatever
   * the operation. A request that may have arrived is retried only if the operation spends nothing. The pause before a
   * retry is random: up to 250 ms at first, up to 20 s later, and never shorter than `Retry-After`. A `Retry-After` of
   * more than a minute ends the retries. The clients of an account share a budget of twenty retries; every five
   * responses add one retry.
   */
  readonly retries?: number | undefined;
  /** Time limit of a whole call with its waits and retries, in milliseconds. Default: none; each attempt has its own limit. */
  readonly callTimeoutMs?: number | undefined;
  /**
   * Maximum number of parallel requests, 1 to 14, for all clients of a thread with the same login or key; with a
   * `ledger`, for all clients that share the ledger. Further requests wait. Default: 10. The gateway rejects a fifteenth
   * parallel request (error 9).
   */
  readonly maxInFlight?: number | undefined;
  /**
   * Pauses all requests after error 2 or 4, or after five errors 1, 5 or 7 in a row, because the gateway blocks IP
   * addresses that cause many errors. The first pause is one minute; repeated pauses grow to 15 minutes. After a pause,
   * the client first requests the balance to test the gateway. Calls during a pause end as `not-sent`. Default: true.
   */
  readonly breaker?: boolean | undefined;
  /** Functions around calls and attempts, the outermost first: logs, spans, limits. Default: none. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /**
   * Records sends, so that a message with an id of your own is never charged twice, even if the program is killed and run
   * again. The clients that share a ledger also share `maxInFlight`. Default: none.
   */
  readonly ledger?: Ledger | undefined;
  /** Delays messages that would exceed the gateway's limit of messages to one recipient. Default: none. */
  readonly recipientThrottle?: RecipientThrottle | undefined;
  /** Clock for waits and time limits of calls. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** Returns a random number for pauses: at least 0 and less than 1. Default: the platform's secure source. */
  readonly random?: (() => number) | undefined;
}

/** Checks of the options that `createSmsc` passes on to the client. */
export const readyChecks: Readonly<
  Record<Exclude<keyof ClientOptions, 'transport' | 'credentials' | 'hosts'>, Check>
> = {
  format: /* @__PURE__ */ checkMember('read', 'function', 'a format such as csvFormat'),
  charset: /* @__PURE__ */ checkMember('percent', 'function', 'a charset such as koi8r'),
  body: /* @__PURE__ */ checkChoice(['form', 'json']),
  createId: checkFunction,
  retries: /* @__PURE__ */ checkWhole(0, 10),
  callTimeoutMs: checkLimit,
  maxInFlight: /* @__PURE__ */ checkWhole(1, 14),
  breaker: checkFlag,
  interceptors: /* @__PURE__ */ checkThat(
    (value) => Array.isArray(value) && value.every(isObject),
    'a list of interceptors',
  ),
  ledger: /* @__PURE__ */ checkMember('connect', 'function', 'a ledger such as memoryLedger()'),
  recipientThrottle: /* @__PURE__ */ checkMember('layer', 'function', 'a recipientThrottle()'),
  clock: /* @__PURE__ */ checkMember('after', 'function', 'a clock'),
  random: checkFunction,
};
