import { balance, type Effect, faultOf, type Operation, status } from '@smsc/protocol';
import {
  type CheckedRequestOptions,
  checkCredentials,
  checkEach,
  copyOwn,
  ownOperation,
  readOptions,
  readReply,
  type UnknownRecord,
  writeRequest,
} from '@smsc/protocol/adapter';
import { type AttemptResult, toCallSummary, toError } from './attempt-result.ts';
import { type AttemptStep, type Call, neverStarted, openCall } from './call.ts';
import { anything, checkMember } from './checks.ts';
import { runLayers } from './interceptor.ts';
import { breakerLayer } from './layers/breaker.ts';
import { concurrencyLayer } from './layers/concurrency.ts';
import { exchangeStep } from './layers/exchange.ts';
import { interceptorLayer } from './layers/interceptors.ts';
import type { ConnectedLedger } from './ledger/connect.ts';
import { runAttempts } from './layers/retry.ts';
import type { CallOptions } from './call-options.ts';
import { type ClientOptions, readyChecks } from './options.ts';
import type { Outcome, SettleOptions, Unknown } from './outcome.ts';
import type { Recovered } from './ledger/recover.ts';
import { createSettle, type QueryStatus } from './settle.ts';
import type { ProbeResult } from './state/breaker.ts';
import { Cancellation, startDeadline } from './state/cancellation.ts';
import { type Clock, systemClock } from './state/clock.ts';
import { createLimits, defaultMaxInFlight, type SharedLimits, sharedLimits } from './state/shared-limits.ts';
import { originOf } from './transport/host.ts';
import { type SendAttempt, sendAttemptOf } from './transport/http-exchange.ts';
import { checkHost } from './transport/transport-options.ts';

export type { Recovered };

/** Type of an outcome's `id`: a string if the input has an `id` member, because the client creates missing ids. */
type IdOf<Input> = Input extends unknown ? ('id' extends keyof Input ? string : string | undefined) : never;

/** Result of a call: an {@link Outcome} if the operation spends money, else the operation's own result. */
export type CallResult<Output, E extends Effect, Input = unknown> = E extends 'spends'
  ? Outcome<Output, IdOf<Input>>
  : Output;

/** Runs operations. */
export interface Client {
  /**
   * Runs one operation.
   *
   * An operation that spends money resolves to an {@link Outcome}, and throws only an `InputError`. Any other operation
   * resolves to its own result, or throws one of the four errors.
   */
  call<Input, Output, E extends Effect>(
    operation: Operation<Input, Output, E>,
    // Inferred from the operation alone, so that a literal such as the day '2026-01-31' keeps its literal type.
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<CallResult<Output, E, Input>>;
  /**
   * Settles the sends in the ledger that are in doubt: those that an earlier run of the program left, and those that
   * ended as `unknown` in this run. Yields each result as soon as it is known. A result counts as told when the next one
   * is requested. Results that were not told come first in the next `recover()`. Yields nothing if there is no ledger.
   *
   * A send whose request was never recorded is `not-sent` at once. For any other send, `not-sent` is certain only when
   * its request can no longer arrive: half a minute, the time limit of an attempt, and a minute after it was recorded.
   * A send of other credentials, such as an API key that was replaced, is never `not-sent`. It is `accepted` if the
   * gateway has it, else `unknown` with an error that says so.
   *
   * ```ts
   * for await (const { id, outcome } of smsc.recover()) console.log(id, outcome);
   * ```
   *
   * @throws {InputError} for invalid options
   */
  recover(options?: SettleOptions): AsyncIterableIterator<Recovered>;
}

const secureRandom = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/** Time limit of the breaker's probe, in milliseconds. */
const probeTimeoutMs = 15_000;

/**
 * Creates a client over any transport.
 *
 * @throws {InputError} with every option that is unknown, missing or not valid
 */
export const createClient = (options: ClientOptions): Client =>
  clientOf(
    readOptions(
      'createClient',
      options,
      { hosts: (value, at) => checkEach(value, at, checkHost), ...readyChecks },
      {
        transport: checkMember('send', 'function', 'an object with a send method'),
        credentials: anything,
      },
      ({ credentials, charset }, at) =>
        checkCredentials(copyOwn(Object(credentials) as UnknownRecord), at.inside('credentials'), charset),
    ),
  );

/**
 * Returns the limits that a client shares with other clients. The semaphore is shared by login, because the gateway
 * counts parallel requests by login on all its hosts. The breaker and the retry budget are shared by clients with the
 * same first host and the same credentials; a client without hosts has its own.
 */
function limitsOf(
  { login, password, apiKey }: ClientOptions['credentials'],
  hosts: readonly string[],
): SharedLimits {
  const limits = hosts.length ? sharedLimits([originOf(hosts[0]), login, password, apiKey]) : createLimits();
  return { ...limits, semaphore: sharedLimits([login ?? apiKey]).semaphore };
}

/** Returns the settings of operations that are always sent as a form. */
const formSettings = (options: ClientOptions): CheckedRequestOptions => ({ ...options, body: undefined });

/** Creates the breaker's probe: a request for the balance, which is free of charge. */
const probeOver = (
  sendAttempt: SendAttempt,
  options: ClientOptions,
  clock: Clock,
): (() => Promise<ProbeResult>) => {
  const settings = formSettings(options);
  const operation = ownOperation(balance);
  return async () => {
    const { cancellation, done } = startDeadline(clock, undefined, probeTimeoutMs);
    try {
      const { request } = writeRequest(operation, {}, settings);
      const reply = await sendAttempt(request, { cancellation, host: options.hosts?.[0] });
      readReply(operation, reply, settings);
      return true;
    } catch (thrown) {
      const error = toError(thrown, 'balance');
      return error.kind === 'gateway' && error;
    } finally {
      done();
    }
  };
};

/** Builds the step that makes one attempt: the exchange, wrapped in layers. The first layer in the list is the outermost. */
function buildAttempt(
  options: ClientOptions,
  limits: SharedLimits,
  clock: Clock,
  ledger: ConnectedLedger | undefined,
): AttemptStep {
  const { interceptors = [], maxInFlight = defaultMaxInFlight, breaker = true } = options;
  const sendAttempt = sendAttemptOf(options.transport);
  const layers = [
    options.recipientThrottle?.layer(clock),
    concurrencyLayer(limits.semaphore, maxInFlight),
    ledger?.concurrency,
    breaker && breakerLayer(limits.breaker, probeOver(sendAttempt, options, clock), clock),
    interceptorLayer(interceptors.flatMap((each) => each.attempt ?? [])),
    ledger?.written,
  ];
  return layers.reduceRight<AttemptStep>(
    (next, layer) => (layer ? layer(next) : next),
    exchangeStep(sendAttempt, options, limits, clock),
  );
}

/**
 * Converts the result of a call for its caller: returns an outcome if the operation spends money, else returns the
 * operation's own result or throws the error. Invalid input always throws.
 */
function toCaller(
  { effect, id, hasId }: Call,
  { error, result, outcome }: AttemptResult,
  toUnknown: () => Outcome<unknown>,
): unknown {
  if (effect !== 'spends') {
    if (error) throw error;
    return result;
  }
  if (!error) return { ...(result as object), outcome };
  // An interceptor may have changed the error since then, but not the outcome.
  if (outcome === 'unknown') return toUnknown();
  if (error.kind === 'invalid-input') throw error;
  if (error.kind === 'gateway') {
    const { code, meaning } = error;
    return { outcome, code, fault: faultOf(code, hasId), meaning, id, error };
  }
  return { outcome, id, error };
}

/** Creates the outcome of a call that may have taken effect, with its `settle()`. */
function toUnknown(
  call: Call,
  error: Unknown['error'],
  settings: { readonly attempt: AttemptStep; readonly clock: Clock; readonly queryStatus: QueryStatus },
): Outcome<unknown> {
  const replay = async (cancellation: Cancellation | undefined, isLate: () => boolean): Promise<unknown> => {
    call.attempts++;
    return (await settings.attempt({ call, cancellation, isLate, pending: undefined })).result;
  };
  // Only messages can be sent again: the gateway rejects an equal message within a minute, so nothing is charged twice.
  const send = { ...call, error, replay: call.hasId && call.sentAt ? replay : undefined };
  const settle = createSettle(settings.clock, settings.queryStatus, send);
  return { outcome: 'unknown', id: call.id, error, settle: call.record?.wrap(settle) ?? settle };
}

/** Creates a client from options that are already checked and have only own members. */
export function clientOf(given: ClientOptions): Client {
  const options = copyOwn({
    ...given,
    hosts: [...(given.hosts ?? [])],
    credentials: copyOwn(given.credentials),
  });
  const { hosts, credentials, callTimeoutMs } = options;
  const { interceptors = [], retries = 2, clock = systemClock, random = secureRandom } = options;
  const { createId = () => crypto.randomUUID() } = options;
  const limits = limitsOf(credentials, hosts);
  // Passes 0 retries, because `settle()` repeats the query itself, at the rate that the gateway allows.
  const queryStatus = (async (message, signal, timeoutMs) =>
    run(status, message, { signal, timeoutMs }, 0)) as QueryStatus;
  const ledger = options.ledger?.connect({ ...options, clock, queryStatus });
  const attempt = buildAttempt(options, limits, clock, ledger);
  const requestSettings = { form: formSettings(options), rest: options, createId };
  const retrySettings = { hosts, retryBudget: limits.retryBudget, clock, random };
  const callLayers = interceptors.flatMap((each) => each.call ?? []);

  async function run(
    operation: Operation<unknown, unknown>,
    input: unknown,
    callOptions?: CallOptions,
    maxRetries = retries,
  ): Promise<unknown> {
    const call = openCall(operation, input, callOptions, requestSettings);
    const { signal, timeoutMs = callTimeoutMs } = call.options;
    const caller = signal && Cancellation.of(signal);
    const deadline = timeoutMs ? startDeadline(clock, caller, timeoutMs) : undefined;
    const cancellation = deadline ? deadline.cancellation : caller;
    call.cancellation = cancellation;
    let result: AttemptResult;
    try {
      result = await runLayers(callLayers, call.info, {
        run: () => {
          const attempts = () => runAttempts(call, maxRetries, attempt, retrySettings);
          return ledger ? ledger.run(call, attempts) : attempts();
        },
        heldBack: () => neverStarted(call, cancellation),
        summarize: (each) => toCallSummary(each, call.effect, call.attempts),
        cancellation,
      });
    } finally {
      deadline?.done();
    }
    return toCaller(call, result, () =>
      toUnknown(call, result.error as Unknown['error'], { attempt, clock, queryStatus }),
    );
  }

  return {
    call: (operation, input, callOptions) => run(operation, input, callOptions) as Promise<never>,
    recover: (settleOptions) =>
      ledger?.recover(settleOptions) ??
      // Without a ledger, there is nothing to recover.
      (async function* (): AsyncGenerator<Recovered> {})(),
  };
}
