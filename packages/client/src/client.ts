import {
  balance,
  canRepeat,
  type Charset,
  type Credentials,
  type Effect,
  fromReply,
  type GatewayError,
  InputError,
  isPlain,
  type Operation,
  readOptions,
  ReplyError,
  type ReplyFormat,
  type SmscError,
  status,
  toRequest,
  type Transport,
  TransportError,
  type WireReply,
} from '@smsc/protocol';
import { pauseBefore } from './backoff.ts';
import { type Clock, sleep, systemClock } from './clock.ts';
import { deadlineOf, notSent, reasonOf } from './deadline.ts';
import { type Ended, type Interceptor, through } from './interceptor.ts';
import type { Journal, JournalRecord } from './journal.ts';
import { anything, checkFunction } from './checks.ts';
import { callChecks, clientChecks } from './options.ts';
import type { Outcome, Settled, SettleOptions } from './outcome.ts';
import { recipientsOf } from './recipients.ts';
import { settle } from './settle.ts';
import { createShare, shareOf } from './share.ts';
import type { Spacing } from './spacing.ts';
import type { AttemptOptions } from './transport-options.ts';

/** What a client needs, and what it can be told. */
export interface ClientOptions {
  /** Carries the requests: one for each attempt. */
  readonly transport: Transport<AttemptOptions>;
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
   * nothing; what surely did not leave, always.
   */
  readonly retries?: number | undefined;
  /** Milliseconds for a whole call, its waiting and all its attempts included. Default: no limit but that of each attempt. */
  readonly callTimeoutMs?: number | undefined;
  /**
   * Requests in flight at once, 1 to 14, of all clients of the process with this login and first host. The others wait,
   * first come first served. Default: 10. The gateway refuses the fifteenth (error 9).
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
  readonly spacing?: Spacing | undefined;
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

/** The id that a message goes out under: one is made up where none is given, if the operation takes one at all. */
type IdOf<Input> = Input extends unknown ? ('id' extends keyof Input ? string : string | undefined) : never;

/** What a call comes to: an outcome where money is spent, else the result itself. */
export type CallResult<Output, E extends Effect, Input = unknown> = E extends 'spends' ? Outcome<Output, IdOf<Input>> : Output;

/** A send of the journal, settled. */
export type Recovered = Settled & {
  /** The operation's name. */
  readonly operation: string;
};

/** Runs operations. */
export interface Client {
  /**
   * Runs one operation.
   *
   * What spends money resolves to an {@link Outcome} and throws nothing but an `InputError`. Everything else resolves to
   * its result, or throws one of the four errors.
   */
  call<Input, Output, E extends Effect>(operation: Operation<Input, Output, E>, input: Input, options?: CallOptions): Promise<CallResult<Output, E, Input>>;
  /**
   * Settles what the journal has open: of an earlier run of the program, or still unknown in this one. What was not
   * about to leave yet is `not-sent`. Empty without a journal.
   */
  recover(options?: SettleOptions): Promise<readonly Recovered[]>;
}

/** What came of calling `createId`, or of the platform's want of random UUIDs. */
function newId(operation: string, createId: () => unknown): string {
  try {
    const id = createId();
    // Digits alone are a number to the gateway, and it gives such numbers itself.
    if (typeof id === 'string' && /\D/.test(id)) return id;
  } catch {
    // What was thrown is not ours and can hold anything.
  }
  throw new InputError(operation, [{ path: 'id', message: 'is needed: createId made none' }]);
}

/** An input with an id: a message without one could not be asked for when its answer is lost. */
function withId(operation: string, input: unknown, createId: () => unknown): unknown {
  // What is no plain object is for the check to complain of.
  if (!isPlain(input) || (Object.hasOwn(input, 'id') && input['id'] !== undefined)) return input;
  return { ...input, id: newId(operation, createId) };
}

/**
 * What was thrown, if it is one of the four errors. What is none of them says nothing of whether bytes had left, so they
 * may have; and it can hold the request, password included, so nothing of it is kept.
 */
function toError(thrown: unknown, operation: string): SmscError {
  const error = (thrown ?? {}) as Partial<SmscError>;
  const known = error.kind && typeof error.mayHaveHappened === 'boolean';
  return known ? (error as SmscError) : new TransportError(`${operation}: the transport failed; the request may have left`, 'sent', 'network');
}

/** What an attempt came to: a result, or an error and when to come back. */
interface Fate {
  readonly result?: unknown;
  readonly error?: SmscError | undefined;
  readonly retryAfter?: string | undefined;
}

/** A fate in the words of those who look on. */
function endedOf({ error }: Fate, spends: boolean, attempts: number): Ended {
  const code = error?.kind === 'gateway' ? error.code : undefined;
  const failed = error?.mayHaveHappened ? 'unknown' : code === undefined ? 'not-sent' : 'rejected';
  return { outcome: error ? (spends ? failed : 'failed') : spends ? 'accepted' : 'done', code, error, attempts };
}

const randomNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/**
 * A client over any transport.
 *
 * @throws {InputError} for options that cannot be meant
 */
export function createClient(options: ClientOptions): Client {
  const read = readOptions('createClient', options, clientChecks, { transport: checkFunction, credentials: anything });
  const { transport, format, charset, body, journal, spacing, callTimeoutMs, breaker: guarded = true } = read;
  const { createId = () => crypto.randomUUID(), hosts = [], interceptors = [], retries = 2, maxInFlight = 10, clock = systemClock, random = randomNumber } = read;
  const credentials = { __proto__: null, ...read.credentials } as unknown as Credentials;
  const { login, password, apiKey } = credentials;
  const { gate, breaker, quota } = hosts.length > 0 ? shareOf(JSON.stringify([hosts[0], login, password, apiKey])) : createShare();
  const [callLayers, attemptLayers] = [interceptors.map((each) => each.call), interceptors.map((each) => each.attempt)];
  const written = { format, charset };

  /** Asks for something that costs nothing: whether the gateway talks to us again. */
  async function probe(signal: AbortSignal | undefined): Promise<GatewayError | boolean> {
    try {
      fromReply(balance, await transport(toRequest(balance, {}, credentials, written), { signal, host: hosts[0] }), written);
      return true;
    } catch (error) {
      return (error as Partial<GatewayError>).kind === 'gateway' && (error as GatewayError);
    }
  }

  async function call(operation: Operation<unknown, unknown>, given: unknown, callOptions: CallOptions = {}): Promise<unknown> {
    const { name, effect } = operation;
    const { signal: own, timeoutMs = callTimeoutMs, onProgress } = readOptions(name, callOptions, callChecks);
    const spends = effect === 'spends';
    const takesId = spends && Object.hasOwn(operation.fields, 'id');
    const input = takesId ? withId(name, given, createId) : given;
    const request = toRequest(operation, input, credentials, { ...written, body: operation.restPath ? body : 'form' });
    const id = takesId ? String((input as { id: unknown }).id) : undefined;
    const to = takesId ? recipientsOf(input) : [];
    const info = { operation: name, effect, id };
    const held = (why: string): Fate => ({ error: notSent(name, `held back: ${why}`, 'held-back') });
    let record: JournalRecord | undefined;
    let attempts = 0;
    let leftAt = 0;

    /** One request, and what its answer says. */
    async function exchange(host: string | undefined, signal: AbortSignal | undefined): Promise<Fate> {
      try {
        await record?.written(clock.now());
      } catch {
        return held('the journal could not be written');
      }
      leftAt = clock.now();
      let reply: WireReply | undefined;
      try {
        reply = await transport(request, { signal, host, onProgress });
        quota.answered();
        const result = fromReply(operation, reply, written);
        const { id: told } = result as { readonly id?: string | undefined };
        // An answer about another message says nothing of this one.
        if (takesId && (told ?? id) !== id) throw new ReplyError(name, 200, 'it is about another id');
        breaker.note(clock.now());
        return { result };
      } catch (thrown) {
        const error = toError(thrown, name);
        if (error.kind !== 'gateway') return { error, retryAfter: reply?.retryAfter };
        breaker.note(clock.now(), error);
        const { id: told } = error;
        return { error: takesId && (told ?? id) !== id ? new ReplyError(name, 200, 'it is about another id') : error };
      }
    }

    /** Waits for a place, and makes one attempt. */
    async function attempt(signal: AbortSignal | undefined): Promise<Fate> {
      const host = hosts[attempts++ % hosts.length];
      const gaveUp = (): Fate => ({ error: notSent(name, `${reasonOf(signal)} while it waited`, reasonOf(signal)) });
      for (let ms; (ms = spacing && takesId ? spacing.take(to, clock.now()) : 0) > 0; ) if (!(await sleep(clock, ms, signal))) return gaveUp();
      if (!(await gate.enter(maxInFlight, signal))) return gaveUp();
      try {
        const why = guarded ? await breaker.pass(clock.now(), () => probe(signal)) : undefined;
        if (why !== undefined) return held(why);
        let fate = held('by an interceptor');
        await through(attemptLayers, { ...info, attempt: attempts, host }, async () => endedOf((fate = await exchange(host, signal)), spends, 1));
        return fate;
      } finally {
        gate.leave();
      }
    }

    /** Attempts until one has come to something that would not be better the next time. */
    async function run(signal: AbortSignal | undefined): Promise<Fate> {
      try {
        record = id === undefined ? undefined : await journal?.plan({ id, operation: name, to, at: clock.now() });
      } catch {
        return held('the journal could not be written');
      }
      for (;;) {
        const fate = await attempt(signal);
        if (!fate.error || attempts > retries || !canRepeat(effect, fate.error)) return fate;
        const pause = pauseBefore(attempts, fate.retryAfter, clock.now(), random);
        if (pause === undefined || signal?.aborted || !quota.take() || !(await sleep(clock, pause, signal))) return fate;
      }
    }

    const { signal, end } = deadlineOf(clock, own, timeoutMs);
    let fate = held('by an interceptor');
    try {
      await through(callLayers, info, async () => endedOf((fate = await run(signal)), spends, attempts));
    } finally {
      end();
    }
    const { error, result } = fate;
    if (error?.kind === 'invalid-input' || (error && !spends)) throw error;
    if (!spends) return result;
    const { outcome } = endedOf(fate, spends, attempts);
    const ended: JournalRecord['ended'] = async (how) => {
      try {
        await record?.ended(how);
      } catch {
        // It stays open, and will be asked for once more.
      }
    };
    await ended(outcome as 'accepted');
    if (!error) return { ...(result as object), outcome };
    if (error.kind === 'gateway') return { outcome, code: error.code, meaning: error.meaning, id: error.id ?? id, error };
    if (outcome !== 'unknown') return { outcome, id, error };
    const lost = {
      ...{ operation: name, id, to, error, leftAt, endedAt: clock.now(), ended },
      replay: async (until: AbortSignal | undefined) => (await attempt(until)).result,
    };
    return { outcome, id, error, settle: (how?: SettleOptions) => settle(searcher, lost, how) };
  }

  const searcher = { clock, ask: (message: { id: string; phone: string }, signal: AbortSignal | undefined) => (call as Client['call'])(status, message, { signal }) };

  async function recover(how?: SettleOptions): Promise<readonly Recovered[]> {
    const open = (await journal?.open()) ?? [];
    return Promise.all(
      open.map(async ({ id, operation, to, writtenAt: leftAt, record }): Promise<Recovered> => {
        if (leftAt === undefined) {
          await record.ended('not-sent');
          return { operation, outcome: 'not-sent', id, error: notSent(operation, 'the program had ended', 'held-back') };
        }
        const error = new TransportError(`${operation}: the program had ended; the request may have left`, 'sent', 'network');
        return { operation, ...(await settle(searcher, { operation, id, to, error, leftAt, endedAt: leftAt, replay: undefined, ended: (outcome) => record.ended(outcome) }, how)) };
      }),
    );
  }

  return { call: call as Client['call'], recover };
}
