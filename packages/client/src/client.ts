import {
  balance,
  checkCredentials,
  checkEach,
  type Effect,
  fromReply,
  type GatewayError,
  type Loose,
  type Operation,
  ownMembers,
  ownOperation,
  readOptions,
  ReplyError,
  type SmscError,
  status,
  toRequest,
  TransportError,
  type WireReply,
} from '@smsc/protocol';
import { pauseBefore } from './backoff.ts';
import { attemptingBy } from './carry.ts';
import { checkFunction } from './checks.ts';
import { type Moment, momentOf, systemClock, ticksOf } from './clock.ts';
import { deadlineOf, Ending, notSent, promised, settledBefore, sleep } from './ending.ts';
import { endedOf, type Fate, fateOf, toError } from './fate.ts';
import { originOf } from './host.ts';
import { layered } from './interceptor.ts';
import type { JournalRecord } from './journal.ts';
import { withId } from './message-id.ts';
import { callChecks, type CallOptions, type ClientOptions, readyChecks } from './options.ts';
import type { Outcome, Settled, SettleOptions } from './outcome.ts';
import { isAskable, recipientsOf } from './recipients.ts';
import { type Ask, type Lost, readSettleOptions, searchFor } from './settle.ts';
import { createShare, shareOf } from './share.ts';
import { checkHost } from './transport-options.ts';

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
   * Settles what the journal has open of this account's: of an earlier run of the program, or still unknown in this one.
   * What was not about to leave yet is `not-sent`; of what was, that takes a minute from here, as it may just have left.
   * Empty without a journal.
   */
  recover(options?: SettleOptions): Promise<readonly Recovered[]>;
}

const randomNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/** What a call is told that is told nothing. */
const nothing = { __proto__: null } as CallOptions;

/** How long the breaker's own question may take, in milliseconds. */
const probeTimeoutMs = 15_000;

/** Takes note of an end. What cannot be written, or not in time, stays open, and will be asked for once more. */
const closing =
  (record: JournalRecord | undefined) =>
  (outcome: Parameters<JournalRecord['ended']>[0], ending?: Ending): Promise<unknown> | undefined => {
    let noting: Promise<void> | undefined;
    try {
      noting = promised(record?.ended(outcome));
    } catch {
      // It stays open.
    }
    return noting && settledBefore(ending, noting);
  };

/**
 * A client over any transport.
 *
 * @throws {InputError} for options that cannot be meant
 */
export const createClient = (options: ClientOptions): Client =>
  clientOf(
    readOptions('createClient', options, { hosts: (value, at) => checkEach(value, at, checkHost), ...readyChecks }, { transport: checkFunction, credentials: (value, at) => checkCredentials(ownMembers(Object(value) as Loose), at) }),
  );

/** The same, of options that are checked and inherit nothing. */
export function clientOf(options: ClientOptions): Client {
  const { transport, format, charset, body, journal, spacing, callTimeoutMs, breaker: guarded = true } = options;
  const { createId = () => crypto.randomUUID(), interceptors = [], retries = 2, maxInFlight = 10, clock = systemClock, random = randomNumber } = options;
  const hosts = [...(options.hosts ?? [])];
  const carry = attemptingBy(transport);
  const credentials = ownMembers(options.credentials);
  const { login, password, apiKey } = credentials;
  // The gateway counts what it is asked at once by login, wherever it is asked. Whom it shuts out, and what it still
  // answers, is another matter for each host and password.
  const { gate } = shareOf([login ?? apiKey]);
  const { breaker, quota } = hosts.length ? shareOf([originOf(hosts[0]), login, password, apiKey]) : createShare();
  const [callLayers, attemptLayers] = [interceptors.flatMap((each) => each.call ?? []), interceptors.flatMap((each) => each.attempt ?? [])];
  const written = { format, charset };
  const inBody = { ...written, body };

  let whose = login;
  /** Whose sends a journal keeps: the login, or a digest of the key. */
  const digestKey = async (): Promise<string> => (whose = String(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(apiKey)), 0, 16)));

  /** Asks for something that costs nothing: whether the gateway talks to us again. Whoever waits for it may leave. */
  async function probe(): Promise<GatewayError | boolean> {
    const { ending, done } = deadlineOf(clock, undefined, probeTimeoutMs);
    try {
      fromReply(balance, await carry(toRequest(balance, {}, credentials, written), ending, hosts[0]), written);
      return true;
    } catch (thrown) {
      const error = toError(thrown, 'balance');
      return error.kind === 'gateway' && error;
    } finally {
      done();
    }
  }

  async function call(given: Operation<unknown, unknown>, what: unknown, callOptions?: CallOptions, most = retries): Promise<unknown> {
    const operation = ownOperation(given);
    const { name, effect } = operation;
    const { signal, timeoutMs = callTimeoutMs, onProgress } = callOptions === undefined ? nothing : readOptions(name, callOptions, callChecks);
    const spends = effect === 'spends';
    const takesId = spends && Object.hasOwn(operation.fields, 'id');
    const input = takesId ? withId(name, what, createId) : what;
    const request = toRequest(operation, input, credentials, operation.restPath ? inBody : written);
    const id = takesId ? String((input as { id: unknown }).id) : undefined;
    const to = takesId ? recipientsOf(input) : [];
    const info = { operation: name, effect, id };
    const gaveUp = (problem: string, reason: TransportError['reason']): Fate => fateOf(effect, notSent(name, problem, reason));
    const held = (why: string): Fate => gaveUp(`held back: ${why}`, 'held-back');
    /** What came of a call or an attempt that has not begun. */
    const idle = (ending: Ending | undefined): Fate => (ending?.aborted ? gaveUp(`${ending.reason} while it waited`, ending.reason) : held('by an interceptor'));
    let record: JournalRecord | undefined;
    let attempts = 0;
    let left: Moment | undefined;
    let host: string | undefined;

    /** One request, and what its answer says. */
    async function exchange(ending: Ending | undefined, isLate: (() => boolean) | undefined): Promise<Fate> {
      try {
        const writing = promised(record?.written(clock.now()));
        if (writing && !(await settledBefore(ending, writing))) return idle(ending);
        await writing;
      } catch {
        return held('the journal could not be written');
      }
      if (isLate?.()) return held('it is too late for a probe');
      left = momentOf(clock);
      let reply: WireReply | undefined;
      let result: unknown;
      let error: SmscError | undefined;
      try {
        reply = await carry(request, ending, host, onProgress);
        quota.answered();
        result = fromReply(operation, reply, written);
      } catch (thrown) {
        error = toError(thrown, name);
      }
      const refusal = error?.kind === 'gateway' ? error : undefined;
      if (!error || refusal) {
        breaker.note(ticksOf(clock), left.ticks, refusal);
        // An answer about another message says nothing of this one. A refusal need not say what it is about.
        const told = refusal ? (refusal.id ?? id) : (result as { readonly id?: string } | null | undefined)?.id;
        if (takesId && told !== id) error = new ReplyError(name, 200, 'it is about another id');
      }
      return fateOf(effect, error, result, reply?.retryAfter);
    }

    /** Waits for a place, and makes one attempt. */
    async function attempt(ending: Ending | undefined, to?: readonly string[], isLate?: () => boolean): Promise<Fate> {
      attempts++;
      try {
        for (let ms; to && spacing && (ms = spacing.take(to, ticksOf(clock))) > 0; ) if (!(await sleep(clock, ms, ending))) return idle(ending);
      } catch {
        return held('the spacing failed');
      }
      const entered = gate.enter(maxInFlight, ending);
      if (entered !== true && !(await entered)) return idle(ending);
      let probing: Promise<unknown> | undefined;
      try {
        const verdict = guarded && breaker.pass(ticksOf(clock), () => (probing = probe()));
        if (verdict) {
          if (!(await settledBefore(ending, verdict))) return idle(ending);
          const why = await verdict;
          if (why) return held(why);
        }
        return await layered(attemptLayers, { ...info, attempt: attempts, host }, () => exchange(ending, isLate), () => idle(ending), (fate) => endedOf(fate, effect, 1), ending);
      } finally {
        // A probe that goes on without whoever began it has its place until it is answered.
        if (probing) void probing.then(gate.leave);
        else gate.leave();
      }
    }

    /** Attempts until one has come to something that would not be better the next time. */
    async function run(ending: Ending | undefined): Promise<Fate> {
      try {
        if (id && journal) {
          const planned = journal.plan({ id, operation: name, to, account: whose ?? (await digestKey()), at: clock.now() });
          const planning = promised(planned);
          if (planning && !(await settledBefore(ending, planning))) {
            void planning.then((late) => late.ended('not-sent')).catch(() => undefined);
            return idle(ending);
          }
          record = planning ? await planning : (planned as JournalRecord);
        }
      } catch {
        return held('the journal could not be written');
      }
      const apart = spacing && takesId ? to.filter(isAskable) : undefined;
      let doubt: Fate | undefined;
      for (;;) {
        host = hosts[attempts % hosts.length];
        const fate = await attempt(ending, apart);
        const { error, retryAfter, outcome, again } = fate;
        if (!error) return fate;
        // What may have been done by an earlier attempt is not undone by a later one.
        if (effect === 'settles' && outcome === 'unknown') doubt ??= fate;
        const pause = attempts > most || !again ? undefined : pauseBefore(attempts, retryAfter, clock.now(), random);
        if (pause === undefined || ending?.aborted || !quota.take() || !(await sleep(clock, pause, ending))) return doubt ?? fate;
      }
    }

    const own = signal && Ending.of(signal);
    const deadline = timeoutMs ? deadlineOf(clock, own, timeoutMs) : undefined;
    const ending = deadline ? deadline.ending : own;
    let fate: Fate;
    try {
      fate = await layered(callLayers, info, () => run(ending), () => idle(ending), (each) => endedOf(each, effect, attempts), ending);
      if (journal) await closing(record)(fate.outcome, ending);
    } finally {
      deadline?.done();
    }
    const { error, result, outcome } = fate;
    if (!spends) {
      if (error) throw error;
      return result;
    }
    if (!error) return { ...(result as object), outcome };
    if (error.kind === 'invalid-input') throw error;
    if (error.kind === 'gateway') return { outcome, code: error.code, meaning: error.meaning, id, error };
    if (outcome !== 'unknown') return { outcome, id, error };
    // Only of messages an equal one is refused, so only they can be sent once more: to the same host.
    const replay: Lost['replay'] = takesId ? async (until, isLate) => (await attempt(until, undefined, isLate)).result : undefined;
    return { outcome, id, error, settle: searchFor(clock, ask, { operation: name, id, to, error, left, replay, close: closing(record) }) };
  }

  // Whoever searches asks again by themselves, as often as the gateway answers.
  const ask: Ask = async (message, signal, timeoutMs) => (await call(status, message, { signal, timeoutMs }, 0)) as Awaited<ReturnType<Ask>>;

  async function recover(how?: SettleOptions): Promise<readonly Recovered[]> {
    readSettleOptions('recover', how);
    const open = (await journal?.open()) ?? [];
    const mine = open.length ? (whose ?? (await digestKey())) : undefined;
    return Promise.all(
      open
        .filter((each) => each.account === mine)
        .map(async ({ id, operation, to, writtenAt, record }): Promise<Recovered> => {
          const close = closing(record);
          if (writtenAt === undefined) {
            await close('not-sent');
            return { operation, outcome: 'not-sent', id, error: notSent(operation, 'the program had ended', 'held-back') };
          }
          const error = new TransportError(`${operation}: the program had ended; the request may have left`, 'sent', 'network');
          // It may have left when the program ended, just now.
          return { operation, ...(await searchFor(clock, ask, { operation, id, to, error, left: undefined, replay: undefined, close })(how)) };
        }),
    );
  }

  return { call: (operation, input, how) => call(operation, input, how) as Promise<never>, recover };
}
