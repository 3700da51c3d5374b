import { balance, type Effect, type GatewayError, type Operation, status } from '@smsc/protocol';
import {
  checkCredentials,
  checkEach,
  type UnknownRecord,
  copyOwn,
  ownOperation,
  readOptions,
  readReply,
  writeRequest,
} from '@smsc/protocol/adapter';
import { Attempt, type Call, idle, openCall, type Step, type Writing } from './call.ts';
import { attemptOf } from './http-exchange.ts';
import { anything, checkMember } from './checks.ts';
import { systemClock } from './clock.ts';
import { deadlineOf, Cancellation } from './cancellation.ts';
import { toCallSummary, type AttemptResult, toError } from './attempt-result.ts';
import { originOf } from './host.ts';
import { layered } from './interceptor.ts';
import { exchange } from './layers/exchange.ts';
import { guarded } from './layers/breaker.ts';
import { limited } from './layers/concurrency.ts';
import { observed } from './layers/interceptors.ts';
import { closing, plan } from './layers/journal.ts';
import { recorded } from './layers/journal-written.ts';
import { repeated } from './layers/retry.ts';
import { spaced } from './layers/throttle.ts';
import { type CallOptions, type ClientOptions, readyChecks } from './options.ts';
import type { Outcome, SettleOptions } from './outcome.ts';
import { type Recovered, recoverFrom } from './recover.ts';
import { type Ask, searchFor } from './settle.ts';
import { createLimits, sharedLimits } from './shared-limits.ts';
import { checkHost } from './transport-options.ts';

export type { Recovered };

/** The id that a message goes out under: one is made up where none is given, if the operation takes one at all. */
type IdOf<Input> = Input extends unknown ? ('id' extends keyof Input ? string : string | undefined) : never;

/** What a call comes to: an outcome where money is spent, else the result itself. */
export type CallResult<Output, E extends Effect, Input = unknown> = E extends 'spends'
  ? Outcome<Output, IdOf<Input>>
  : Output;

/** Runs operations. */
export interface Client {
  /**
   * Runs one operation.
   *
   * What spends money resolves to an {@link Outcome} and throws nothing but an `InputError`. Everything else resolves to
   * its result, or throws one of the four errors.
   */
  call<Input, Output, E extends Effect>(
    operation: Operation<Input, Output, E>,
    // Inferred from the operation alone, so that a literal such as a day keeps its type.
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<CallResult<Output, E, Input>>;
  /**
   * Settles what the journal has open of this account's: of an earlier run of the program, or still unknown in this one.
   * What was not about to leave yet is `not-sent`; of what was, that takes a minute from here, as it may just have left.
   * Empty without a journal.
   */
  recover(options?: SettleOptions): Promise<readonly Recovered[]>;
}

const randomNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/** How long the breaker's own question may take, in milliseconds. */
const probeTimeoutMs = 15_000;

/**
 * A client over any transport.
 *
 * @throws {InputError} for options that cannot be meant
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

/** Whose sends a journal keeps: the login, or a digest of the key. */
function accountOf({ login, apiKey }: ClientOptions['credentials']): () => string | Promise<string> {
  let known: string | undefined = login;
  const digest = async (): Promise<string> =>
    (known = String(
      new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(apiKey)), 0, 16),
    ));
  return () => known ?? digest();
}

/** What a fate is to the caller: a result, something thrown, or an outcome. */
function toCaller(
  call: Call,
  { error, result, outcome }: AttemptResult,
  settle: () => Outcome<unknown>,
): unknown {
  if (call.effect !== 'spends') {
    if (error) throw error;
    return result;
  }
  const { id } = call;
  if (!error) return { ...(result as object), outcome };
  if (error.kind === 'invalid-input') throw error;
  if (error.kind === 'gateway') return { outcome, code: error.code, meaning: error.meaning, id, error };
  return outcome === 'unknown' ? settle() : { outcome, id, error };
}

/** The same, of options that are checked and inherit nothing. */
export function clientOf(options: ClientOptions): Client {
  const {
    transport,
    format,
    charset,
    body,
    journal,
    recipientThrottle,
    callTimeoutMs,
    breaker: isGuarded = true,
  } = options;
  const {
    createId = () => crypto.randomUUID(),
    interceptors = [],
    retries = 2,
    maxInFlight = 10,
    clock = systemClock,
    random = randomNumber,
  } = options;
  const hosts = [...(options.hosts ?? [])];
  const send = attemptOf(transport);
  const credentials = copyOwn(options.credentials);
  const { login, password, apiKey } = credentials;
  // The gateway counts what it is asked at once by login, wherever it is asked. Whom it shuts out, and what it still
  // answers, is another matter for each host and password.
  const { gate } = sharedLimits([login ?? apiKey]);
  const { breaker, quota } = hosts.length
    ? sharedLimits([originOf(hosts[0]), login, password, apiKey])
    : createLimits();
  const reading = { format, charset };
  const form = { ...reading, credentials };
  const writing: Writing = { form, rest: { ...form, body }, createId };
  const question = ownOperation(balance);
  const account = accountOf(credentials);
  const callLayers = interceptors.flatMap((each) => each.call ?? []);

  /** Asks for something that costs nothing: whether the gateway talks to us again. Whoever waits for it may leave. */
  async function probe(): Promise<GatewayError | boolean> {
    const { ending, done } = deadlineOf(clock, undefined, probeTimeoutMs);
    try {
      readReply(
        question,
        await send(writeRequest(question, {}, form), {
          cancellation: ending,
          host: hosts[0],
          onProgress: undefined,
        }),
        reading,
      );
      return true;
    } catch (thrown) {
      const error = toError(thrown, 'balance');
      return error.kind === 'gateway' && error;
    } finally {
      done();
    }
  }

  const layers = [
    spaced(recipientThrottle, clock),
    limited(gate, maxInFlight),
    ...(isGuarded ? [guarded(breaker, probe, clock)] : []),
    observed(interceptors.flatMap((each) => each.attempt ?? [])),
    recorded(clock),
  ];
  const attempt = layers.reduceRight<Step>(
    (next, layer) => layer(next),
    exchange(send, reading, breaker, quota, clock),
  );
  const repeating = { hosts, quota, clock, random };

  async function run(
    given: Operation<unknown, unknown>,
    input: unknown,
    callOptions?: CallOptions,
    most = retries,
  ): Promise<unknown> {
    const call = openCall(given, input, callOptions, writing);
    const { signal, timeoutMs = callTimeoutMs } = call.options;
    const own = signal && Cancellation.of(signal);
    const deadline = timeoutMs ? deadlineOf(clock, own, timeoutMs) : undefined;
    const ending = deadline ? deadline.ending : own;
    const core = async (): Promise<AttemptResult> =>
      (journal && (await plan(call, journal, account, clock, ending))) ??
      repeated(call, most, attempt, ending, repeating);
    let fate: AttemptResult;
    try {
      fate = await layered(
        callLayers,
        call.info,
        core,
        () => idle(call, ending),
        (each) => toCallSummary(each, call.effect, call.attempts),
        ending,
      );
      if (journal) await closing(call.record)(fate.outcome, ending);
    } finally {
      deadline?.done();
    }
    return toCaller(call, fate, () => unknownOf(call, fate));
  }

  function unknownOf(call: Call, { error, outcome }: AttemptResult): Outcome<unknown> {
    const { id, to, left, info } = call;
    const again = (ending: Attempt['ending'], isLate: () => boolean): Promise<unknown> => {
      call.attempts++;
      return attempt(new Attempt(call, ending, undefined, isLate)).then(({ result }) => result);
    };
    // Only of messages an equal one is refused, so only they can be sent once more: to the same host.
    const replay = call.hasId ? again : undefined;
    return {
      outcome,
      id,
      error,
      settle: searchFor(clock, ask, {
        operation: info.operation,
        id,
        to,
        error: error as never,
        left,
        replay,
        close: closing(call.record),
      }),
    } as Outcome<unknown>;
  }

  // Whoever searches asks again by themselves, as often as the gateway answers.
  const ask: Ask = async (message, signal, timeoutMs) =>
    (await run(status, message, { signal, timeoutMs }, 0)) as Awaited<ReturnType<Ask>>;

  return {
    call: (operation, input, how) => run(operation, input, how) as Promise<never>,
    recover: (how) => recoverFrom(journal, account, clock, ask, how),
  };
}
