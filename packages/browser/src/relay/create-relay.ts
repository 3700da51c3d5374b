import { type CallOptions, systemClock } from '@smsc/client';
import type { Issue } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import { type RelayResponse, keyOf, mark } from '../talk.ts';
import {
  errorOf,
  failureToAnswer,
  outcomeToAnswer,
  rejectedToAnswer,
  resultToAnswer,
  unknownToAnswer,
} from './answer.ts';
import { readBody } from './body.ts';
import { checkCost } from './cost.ts';
import { ask } from './guard.ts';
import { checkAdded, checkAsked, compose, effectOf, issuesOf, pick, readId } from './input.ts';
import { createLimiter, type Limiter, type VisitorLimits } from './limits.ts';
import type { RelayContext } from './context.ts';
import type { Relay } from './menu.ts';
import type { Checked, AllowedOperation, Offers } from './offer.ts';
import { readRelayOptions, type RelayOptions } from './options.ts';
import { Refused, respond, respondToError } from './refused.ts';
import { createSends } from './sends.ts';
import { checkSize } from './size.ts';
import { checkTexts } from './texts.ts';
import { type RelayedCall, isForm, mostJson, unpack } from './unpack.ts';
import { plainAddress, visitorOf } from './visitor.ts';

const usualLimits: VisitorLimits = {
  visitor: { most: 30, perMs: 60_000 },
  total: { most: 600, perMs: 60_000 },
};
/** Of what costs money, for each operation. */
const spendingLimits: VisitorLimits = {
  visitor: { most: 5, perMs: 3_600_000 },
  total: { most: 500, perMs: 3_600_000 },
};
/** Of requests for what has been asked for already. What is above counts like any other. */
const repeatLimits: VisitorLimits = { visitor: { most: 10, perMs: 60_000 } };

/** The header of what spends. Operations are written so that a header can hold them. */
const marking = /^\S+ ([\w.-]{1,40})$/;

/** A call that has been read. */
interface Prepared {
  readonly offer: AllowedOperation;
  readonly call: RelayedCall;
  readonly visitor: string;
  readonly given: UnknownRecord;
  /** Of what spends. */
  readonly id: string | undefined;
  readonly key: string | undefined;
  readonly input: UnknownRecord;
  readonly issues: readonly Issue[];
  /** Milliseconds until nothing may begin any more. */
  readonly left: () => number;
}

/** What a send that is made looks at, and tells. */
interface SendContext {
  /** Aborted when nobody waits for it. */
  readonly gone: AbortSignal;
  readonly onLeaving: () => void;
  readonly remaining: () => number;
}

/** Whether an equal request a moment before could have had another answer. */
const isOfTheMoment = (thrown: unknown): boolean =>
  !(thrown instanceof Refused) || ['limit', 'too-slow', 'unavailable'].includes(thrown.refusal);

const defined = (limits: VisitorLimits | undefined): VisitorLimits =>
  Object.fromEntries(Object.entries(limits ?? {}).filter(([, limit]) => limit !== undefined));

/** Whether a page of one of these origins asks, of its own accord. Of a form of another page's neither is true. */
function checkOrigin({ headers }: Request, origins: readonly string[]): void {
  const site = headers.get('sec-fetch-site');
  const listed = origins.includes(headers.get('origin') ?? '');
  if (!listed || (site !== null && site !== 'same-origin') || headers.get(mark) === null)
    throw new Refused('origin', 'it comes from no page that is listed');
}

/**
 * The server's half: takes what a page asks, refuses everything that is not listed, and runs the rest with credentials that
 * no page ever sees.
 *
 * ```ts
 * export const relay = createRelay({
 *   client: createSmsc({ apiKey }),
 *   origins: ['https://shop.example'],
 *   operations: { send: { operation: send, members: ['to', 'text'], set: { sender: 'Shop' } } },
 * });
 * ```
 *
 * @throws {InputError} for options that cannot be meant
 */
export function createRelay<const Given extends Offers>(
  options: Omit<RelayOptions<Given>, 'operations'> & { readonly operations: Given & Checked<Given> },
): Relay<Given> {
  const read = readRelayOptions(options);
  const {
    client,
    operations,
    origins,
    visitor: name = (_: Request, { address }: RelayContext) => visitorOf(address),
    guard,
  } = read;
  const { guardTimeoutMs = 5000, timeoutMs = 30_000, maxBodyBytes = 65_536, bodyTimeoutMs = 10_000 } = read;
  const { maxVisitors = 10_000, replayMs = 600_000, maxReplays = 10_000, clock = systemClock } = read;
  // What is counted goes by the clock that nobody sets: with the other one set forward nobody would have a limit any more.
  const steady = {
    now: (): number => (typeof clock.monotonic === 'function' ? clock.monotonic() : clock.now()),
  };
  const limiter = createLimiter({ ...usualLimits, ...defined(read.limits) }, steady, maxVisitors);
  const limiters = new Map<string, Limiter>(
    Object.entries(operations).map(([each, { operation, limits }]) => [
      each,
      createLimiter(
        { ...(operation.effect === 'spends' ? spendingLimits : {}), ...defined(limits) },
        steady,
        maxVisitors,
      ),
    ]),
  );
  const again = createLimiter(repeatLimits, steady, maxVisitors);
  const sends = createSends({ replayMs, maxReplays }, steady);

  function keepTo(retryAfterMs: number): void {
    if (retryAfterMs > 0) throw new Refused('limit', 'too many', { retryAfterMs: Math.ceil(retryAfterMs) });
  }

  /** Reads a request: a call that is listed, and what is wrong with it. `isKnown`: another request for the same is here, or was. */
  async function prepare(
    request: Request,
    context: RelayContext,
    marked: string | undefined,
    isKnown: boolean,
  ): Promise<Prepared> {
    const visitor: unknown = name(request, context) ?? 'unknown';
    // A promise, or an object, would be another visitor each time: one without a limit.
    if (typeof visitor !== 'string')
      throw new Refused('unavailable', 'what visitors are counted by is no text');
    // A browser sends again by itself, and a page under an id of its own. Neither should cost a visitor what they have left.
    if (!isKnown || again.take(visitor) > 0) keepTo(limiter.take(visitor));
    const contentType = request.headers.get('content-type') ?? '';
    const most = isForm(contentType) ? maxBodyBytes : Math.min(maxBodyBytes, mostJson);
    const body = await readBody(request, { maxBodyBytes: most, bodyTimeoutMs }, clock);
    // From its last byte on: a slow upload has its own limit, and nothing can be sent before it has come. By whichever clock
    // runs out first: one can be set back, the other stand still while the machine sleeps.
    const [day, ticks] = [clock.now(), steady.now()];
    const left = (): number => Math.floor(timeoutMs - Math.max(clock.now() - day, steady.now() - ticks));
    const call = await unpack(contentType, body);
    const offer = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (!offer) throw new Refused('not-listed', 'the operation is not among what a page may ask for');
    if (effectOf(offer.operation) !== call.effect)
      throw new Refused('malformed', 'the page takes the operation for another');
    const given = pick(offer, call);
    const id = readId(offer, call);
    const key = id === undefined ? undefined : keyOf(call.operation, id);
    if (marked !== undefined && marked !== key)
      throw new Refused('malformed', 'the header names another message');
    const input = compose(offer, given, id);
    const issues = issuesOf(offer, input);
    if (issues.length === 0) {
      checkSize(offer, input);
      checkAsked(offer, input);
      checkTexts(offer, given, input);
    }
    return { offer, call, visitor, given, id, key, input, issues, left };
  }

  async function run(
    request: Request,
    context: RelayContext,
    { offer, call, visitor, given, id, key, input, issues, left }: Prepared,
  ): Promise<RelayResponse> {
    if (issues.length > 0) return { outcome: 'invalid', issues };

    /** What is left of the time: nothing begins after it, so that whoever looks for it a minute later knows. */
    const remaining = (): number => {
      const ms = left();
      if (ms < 1) throw new Refused('unavailable', 'it took too long');
      return ms;
    };

    /** What a guard allows, and what it adds. */
    const allowed = async (signal: AbortSignal): Promise<UnknownRecord> => {
      const own = limiters.get(call.operation)!;
      keepTo(own.take(visitor));
      const visit = {
        visitor,
        address: plainAddress(context.address),
        operation: call.operation,
        input: given,
        token: call.token,
        headers: request.headers,
        signal,
      };
      const added = await ask(guard, visit, clock, Math.min(guardTimeoutMs, remaining()));
      checkAdded(offer, given, added);
      const whole: UnknownRecord = { __proto__: null, ...input, ...added };
      // What a guard adds is held to the same.
      if (Object.keys(added).length > 0) {
        checkSize(offer, whole);
        checkTexts(offer, given, whole);
      }
      for (const each of [limiter, own]) keepTo(each.pass());
      return whole;
    };

    const { signal } = request;
    if (id === undefined || key === undefined)
      return runReading(offer, await allowed(signal), { signal, timeoutMs: remaining() });
    const { fingerprint } = call;
    return sends.join({
      key,
      id,
      fingerprint,
      signal,
      make: async (gone, onLeaving) =>
        runSpending(offer, id, await allowed(gone), { gone, onLeaving, remaining }),
    });
  }

  async function answer(request: Request, context: RelayContext): Promise<RelayResponse> {
    if (request.method !== 'POST') throw new Refused('malformed', 'only POST', { status: 405 });
    checkOrigin(request, origins);
    const [key, id] = marking.exec(request.headers.get(mark) ?? '') ?? [];
    if (key === undefined || id === undefined)
      return run(request, context, await prepare(request, context, undefined, false));
    const arrival = sends.arrive(key);
    try {
      const before = arrival.isKnown();
      let prepared: Prepared;
      try {
        prepared = await prepare(request, context, key, before);
      } catch (thrown) {
        // What depends on the moment is no proof that nothing was sent, if another request for the same may have come through.
        if (isOfTheMoment(thrown) && (before || arrival.isKnown())) return unknownToAnswer(id);
        throw thrown;
      }
      return await run(request, context, prepared);
    } finally {
      arrival.end();
    }
  }

  async function runReading(
    offer: AllowedOperation,
    input: UnknownRecord,
    how: CallOptions,
  ): Promise<RelayResponse> {
    try {
      return resultToAnswer(offer, await client.call(offer.operation, input as never, how));
    } catch (thrown) {
      const error = errorOf(thrown);
      if (!error) throw thrown;
      return failureToAnswer(error);
    }
  }

  async function runSpending(
    offer: AllowedOperation,
    id: string,
    input: UnknownRecord,
    { gone, onLeaving, remaining }: SendContext,
  ): Promise<RelayResponse> {
    try {
      await checkCost(client, offer, input, { signal: gone, timeoutMs: remaining() });
    } catch (thrown) {
      const error = errorOf(thrown);
      if (error?.kind !== 'gateway') throw thrown;
      return rejectedToAnswer(id, error);
    }
    const how = { timeoutMs: remaining() };
    // From here on it is not called off, whoever goes away: what has left can only be waited for.
    if (gone.aborted) throw new Refused('unavailable', 'nobody waits for it');
    onLeaving();
    try {
      return outcomeToAnswer(
        offer,
        id,
        (await client.call(offer.operation, input as never, how)) as UnknownRecord,
      );
    } catch (thrown) {
      // A client throws for bad input alone, before anything is sent. Of anything else nobody knows.
      if (errorOf(thrown)?.kind === 'invalid-input') throw thrown;
      return unknownToAnswer(id);
    }
  }

  return async (request, context = {}) => {
    let answered: RelayResponse | undefined;
    try {
      answered = await answer(request, context);
      return respond(answered, Object.hasOwn(answered, 'issues') ? 400 : 200);
    } catch (thrown) {
      // A result that JSON cannot write is no refusal: what it is about may have been sent.
      const { id } = { __proto__: null, ...answered } as unknown as { readonly id?: string };
      return id === undefined ? respondToError(thrown) : respond(unknownToAnswer(id), 200);
    }
  };
}
