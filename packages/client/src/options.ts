import type { Charset, Credentials, ReplyFormat } from '@smsc/protocol';
import { type Check, checkChoice, checkWhole, isObject } from '@smsc/protocol/adapter';
import { checkFunction, checkMember } from './checks.ts';
import type { Interceptor } from './interceptor.ts';
import type { Journal } from './layers/journal.ts';
import type { Clock } from './state/clock.ts';
import type { RecipientThrottle } from './layers/throttle.ts';
import type { ClientTransport } from './transport/http-exchange.ts';
import { checkLimit } from './transport/transport-options.ts';

/** Options of a client. */
export interface ClientOptions {
  /** Sends the requests, one for each attempt. */
  readonly transport: ClientTransport;
  /** The account. Held in a closure: no property of the client contains it. */
  readonly credentials: Credentials;
  /** Format of the answers. Default: `jsonFormat`, the only one that does not depend on separators. */
  readonly format?: ReplyFormat | undefined;
  /** Charset of requests and answers. Default: `utf8`. */
  readonly charset?: Charset | undefined;
  /** `json` sends operations that have a JSON form to `rest/send/`, and the others as forms. Default: `form`. */
  readonly body?: 'form' | 'json' | undefined;
  /**
   * Creates the id of a message that has none. It must be unique: 1 to 40 characters of `A-Z a-z 0-9 . - _`, and not digits
   * alone. Default: a random UUID.
   *
   * The gateway rejects an equal request within a minute (error 9). What counts as equal is not documented, and a new id may
   * make a request different. Pass your own id, such as the number of an order, that stays the same when your program sends
   * the same message again.
   */
  readonly createId?: (() => string) | undefined;
  /** Hosts in the order in which attempts use them. Default: the transport's own host. */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Maximum number of retries, 0 to 10. Default: 2. A request that may have arrived is retried only if the operation spends
   * nothing; one that was certainly not sent always is. The pause before a retry is random, up to 250 ms at first and up to
   * 20 s later, and not shorter than a `Retry-After` of up to a minute. A login has a budget of twenty retries and earns one
   * with every five answers.
   */
  readonly retries?: number | undefined;
  /** Time limit of a whole call, waits and retries included, in milliseconds. Default: none; each attempt has its own. */
  readonly callTimeoutMs?: number | undefined;
  /**
   * Maximum number of parallel requests, 1 to 14, for all clients of the process with the same login or key. Further requests
   * wait in order. Default: 10. The gateway rejects the fifteenth (error 9).
   */
  readonly maxInFlight?: number | undefined;
  /**
   * Pauses all requests for a minute, then longer, after errors 2 and 4 and after five errors 1, 5 or 7 in a row, because the
   * gateway blocks addresses that cause many errors. After the pause it asks for the balance first. Calls during the pause
   * end as `not-sent`. Default: true.
   */
  readonly breaker?: boolean | undefined;
  /** Functions around calls and attempts, the outermost first: logs, spans, limits. Default: none. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Remembers sends until they have ended, for `recover()`. Default: none. */
  readonly journal?: Journal | undefined;
  /** Delays messages to the same recipient that the gateway would block as a flood. Default: none. */
  readonly recipientThrottle?: RecipientThrottle | undefined;
  /** Clock for waits and time limits of calls. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** Returns a random number from 0 to below 1, for pauses. Default: the platform's secure source. */
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
  breaker: /* @__PURE__ */ checkChoice([true, false]),
  interceptors: (value, at) =>
    void at.expect(Array.isArray(value) && value.every(isObject), value, 'a list of interceptors'),
  journal: /* @__PURE__ */ checkMember('connect', 'function', 'a journal such as memoryJournal()'),
  recipientThrottle: /* @__PURE__ */ checkMember('layer', 'function', 'a recipientThrottle()'),
  clock: /* @__PURE__ */ checkMember('after', 'function', 'a clock'),
  random: checkFunction,
};
