import type { Charset, Credentials, ReplyFormat } from '@smsc/protocol';
import { type Check, checkChoice, checkWhole, isObject } from '@smsc/protocol/adapter';
import { checkFunction, checkMember } from './checks.ts';
import type { Clock } from './clock.ts';
import type { ClientTransport } from './http-exchange.ts';
import type { Interceptor } from './interceptor.ts';
import type { Journal } from './journal.ts';
import type { RecipientThrottle } from './recipient-throttle.ts';
import { attemptChecks, type AttemptOptions, checkLimit } from './transport-options.ts';

/** What a client needs, and what it can be told. */
export interface ClientOptions {
  /** Carries the requests: one for each attempt. */
  readonly transport: ClientTransport;
  /** Who asks. Held in a closure: no property of the client has it. */
  readonly credentials: Credentials;
  /** In which format to ask for answers. Default: JSON, the only one in which nothing depends on a separator. */
  readonly format?: ReplyFormat | undefined;
  /** In which charset to write and to read. Default: UTF-8. */
  readonly charset?: Charset | undefined;
  /** `json` sends operations that have a JSON form to `rest/send/`, and the others as forms. Default: `form`. */
  readonly body?: 'form' | 'json' | undefined;
  /**
   * Makes an id for a message that was given none. Has to be unlike any other: 1 to 40 of `A-Z a-z 0-9 . - _`, and not
   * digits alone. Default: a random UUID of the platform's, 36 characters.
   *
   * The gateway refuses an equal request within a minute (error 9). What counts as equal is not documented, and an id of
   * its own may make each request another. So give an id of yours that stays the same when your program sends the same
   * thing again, such as an order's number.
   */
  readonly createId?: (() => string) | undefined;
  /** Hosts in the order in which they are tried, each attempt the next one. Default: the transport's own alone. */
  readonly hosts?: readonly string[] | undefined;
  /**
   * How often a request is sent again at most, 0 to 10. Default: 2. What may have arrived is sent again only if it spends
   * nothing; what surely did not leave, always. After a pause with full jitter, from 250 ms doubling to 20 s, and no less
   * than a `Retry-After` of up to a minute asks for; as long as the login has repeats left: twenty, and one more for every
   * five answers.
   */
  readonly retries?: number | undefined;
  /** Milliseconds for a whole call, its waiting and all its attempts included. Default: no limit but that of each attempt. */
  readonly callTimeoutMs?: number | undefined;
  /**
   * Requests in flight at once, 1 to 14, of all clients of the process with this login or key, wherever they ask. The
   * others wait, first come first served. Default: 10. The gateway refuses the fifteenth (error 9).
   */
  readonly maxInFlight?: number | undefined;
  /**
   * Stops for a minute, then longer, after errors 2 and 4 and after five errors 1, 5 or 7 in a row, since the gateway shuts
   * out addresses that err often; then asks for the balance first. Meanwhile calls end as `not-sent`. Default: true.
   */
  readonly breaker?: boolean | undefined;
  /** Layers around calls and attempts, the outermost first: logs, spans, guards. Default: none. */
  readonly interceptors?: readonly Interceptor[] | undefined;
  /** Remembers sends until they have ended. Default: none. */
  readonly journal?: Journal | undefined;
  /** Keeps messages to one recipient apart. Default: nothing does. */
  readonly recipientThrottle?: RecipientThrottle | undefined;
  /** Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** A number from 0 to below 1, for pauses. Default: the platform's secure source. */
  readonly random?: (() => number) | undefined;
}

/** What one call can be told. */
export interface CallOptions {
  /** Ends the call: `not-sent` if nothing has left yet, while it waits as well; else `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for this call, in place of the client's `callTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Told how much of a request has been handed to the network, in bytes; where the transport can know. */
  readonly onProgress?: AttemptOptions['onProgress'];
}

/** The options that every ready client hands on to `createClient`, each with its check. */
export const readyChecks: Readonly<
  Record<Exclude<keyof ClientOptions, 'transport' | 'credentials' | 'hosts'>, Check>
> = {
  format: /* @__PURE__ */ checkMember('read', 'function', 'a format such as csv'),
  charset: /* @__PURE__ */ checkMember('percent', 'function', 'a charset such as koi8r'),
  body: /* @__PURE__ */ checkChoice(['form', 'json']),
  createId: checkFunction,
  retries: /* @__PURE__ */ checkWhole(0, 10),
  callTimeoutMs: checkLimit,
  maxInFlight: /* @__PURE__ */ checkWhole(1, 14),
  breaker: /* @__PURE__ */ checkChoice([true, false]),
  interceptors: (value, at) =>
    void at.expect(Array.isArray(value) && value.every(isObject), value, 'a list of interceptors'),
  journal: /* @__PURE__ */ checkMember('plan', 'function', 'a journal'),
  recipientThrottle: /* @__PURE__ */ checkMember('take', 'function', 'a spacing'),
  clock: /* @__PURE__ */ checkMember('after', 'function', 'a clock'),
  random: checkFunction,
};

/** What a call can be told. */
export const callChecks: Readonly<Record<'signal' | 'timeoutMs' | 'onProgress', Check>> = {
  signal: attemptChecks.signal,
  timeoutMs: checkLimit,
  onProgress: attemptChecks.onProgress,
};
