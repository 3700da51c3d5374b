import { type CallOptions, systemClock } from '@smsc/client';
import type { Effect, Loose, Operation } from '@smsc/protocol';
import { type Answer, mark } from '../talk.ts';
import { errorOf, failureToAnswer, outcomeToAnswer, rejectedToAnswer, resultToAnswer } from './answer.ts';
import { readBody } from './body.ts';
import { checkCost } from './cost.ts';
import { ask } from './guard.ts';
import { checkAsked, checkSize, compose, issuesOf, pick, readId } from './input.ts';
import { createLimiter, type Limiter, type Limits } from './limits.ts';
import { type Checked, type Offer, type OfferInput, type Offers, readRelayOptions, type RelayOptions } from './options.ts';
import { Refused, respond, respondToError } from './refused.ts';
import { createSends } from './sends.ts';
import { isForm, mostJson, unpack } from './unpack.ts';
import { plainAddress, visitorOf } from './visitor.ts';

/** What a server knows of a request beside the request. */
export interface RelayContext {
  /** The address that the connection comes from, or what a proxy of one's own says that it is. */
  readonly address?: string | undefined;
}

declare const menu: unique symbol;

/** Answers requests of pages. Never throws. */
export type Relay<Given = unknown> = ((request: Request, context?: RelayContext) => Promise<Response>) & { readonly [menu]?: Given };

type OutputOf<Given> = Given extends { readonly operation: Operation<never, infer Output> } ? Output : never;
type EffectOf<Given> = Given extends { readonly operation: Operation<never, unknown, infer E extends Effect> } ? E : never;
type Told<Output, Member> = Output extends readonly (infer Row)[] ? readonly Told<Row, Member>[] : Pick<Output, Extract<keyof Output, Member>>;
type Shown<Given> = Given extends { readonly show: readonly (infer Member)[] } ? Told<OutputOf<Given>, Member> : OutputOf<Given>;

/** What a relay lists, for its page: `createSmsc<MenuOf<typeof relay>>({ … })`, by `import type`. */
export type MenuOf<R> = R extends Relay<infer Given> ? { readonly [Name in keyof Given]: Operation<OfferInput<Given[Name]>, Shown<Given[Name]>, EffectOf<Given[Name]>> } : never;

const usualLimits: Limits = { visitor: { most: 30, perMs: 60_000 }, total: { most: 600, perMs: 60_000 } };
/** Of what costs money, for each operation. */
const spendingLimits: Limits = { visitor: { most: 5, perMs: 3_600_000 }, total: { most: 500, perMs: 3_600_000 } };

const defined = (limits: Limits | undefined): Limits => Object.fromEntries(Object.entries(limits ?? {}).filter(([, limit]) => limit !== undefined));

/** Whether a page of one of these origins asks, of its own accord. Of a form of another page's neither is true. */
function checkOrigin({ headers }: Request, origins: readonly string[]): void {
  const site = headers.get('sec-fetch-site');
  const listed = origins.includes(headers.get('origin') ?? '');
  if (!listed || (site !== null && site !== 'same-origin') || headers.get(mark) === null) throw new Refused('origin', 'it comes from no page that is listed');
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
export function createRelay<const Given extends Offers>(options: Omit<RelayOptions<Given>, 'operations'> & { readonly operations: Given & Checked<Given> }): Relay<Given> {
  const read = readRelayOptions(options);
  const { client, operations, origins, visitor: name = (_: Request, { address }: RelayContext) => visitorOf(address), guard } = read;
  const { guardTimeoutMs = 5000, timeoutMs = 30_000, maxBodyBytes = 65_536, bodyTimeoutMs = 10_000 } = read;
  const { maxVisitors = 10_000, replayMs = 600_000, maxReplays = 10_000, clock = systemClock } = read;
  const limiter = createLimiter({ ...usualLimits, ...defined(read.limits) }, clock, maxVisitors);
  const limiters = new Map<string, Limiter>(
    Object.entries(operations).map(([each, { operation, limits }]) => [
      each,
      createLimiter({ ...(operation.effect === 'spends' ? spendingLimits : {}), ...defined(limits) }, clock, maxVisitors),
    ]),
  );
  const sends = createSends({ replayMs, maxReplays }, clock);

  function keepTo(retryAfterMs: number): void {
    if (retryAfterMs > 0) throw new Refused('limit', 'too many', { retryAfterMs });
  }

  async function answer(request: Request, context: RelayContext): Promise<Answer> {
    if (request.method !== 'POST') throw new Refused('malformed', 'only POST', { status: 405 });
    checkOrigin(request, origins);
    const visitor = name(request, context) ?? 'unknown';
    keepTo(limiter.take(visitor));
    const contentType = request.headers.get('content-type') ?? '';
    const most = isForm(contentType) ? maxBodyBytes : Math.min(maxBodyBytes, mostJson);
    const body = await readBody(request, { maxBodyBytes: most, bodyTimeoutMs }, clock);
    // From its last byte on: a slow upload has its own limit, and nothing can be sent before it has come.
    const until = clock.now() + timeoutMs;
    const call = await unpack(contentType, body);
    const offer = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (!offer) throw new Refused('not-listed', 'the operation is not among what a page may ask for');
    const { operation } = offer;
    if (operation.effect !== call.effect) throw new Refused('malformed', 'the page takes the operation for another');
    const given = pick(offer, call);
    const id = readId(offer, call);
    const input = compose(offer, given, id);
    const issues = issuesOf(offer, input);
    if (issues.length > 0) return { outcome: 'invalid', issues };
    checkSize(offer, input);
    checkAsked(offer, input);

    /** What is left of the time: nothing begins after it, so that whoever looks for it a minute later knows. */
    const remaining = (): number => {
      const ms = Math.floor(until - clock.now());
      if (ms < 1) throw new Refused('unavailable', 'it took too long');
      return ms;
    };

    /** What a guard allows, and what it adds. */
    const allowed = async (signal: AbortSignal): Promise<Loose> => {
      const own = limiters.get(call.operation)!;
      keepTo(own.take(visitor));
      const visit = { visitor, address: plainAddress(context.address), operation: call.operation, input: given, token: call.token, headers: request.headers, signal };
      const added = await ask(guard, visit, clock, Math.min(guardTimeoutMs, remaining()));
      const whole: Loose = { __proto__: null, ...input, ...added };
      // What a guard adds is held to the same.
      if (Object.keys(added).length > 0) checkSize(offer, whole);
      for (const each of [limiter, own]) keepTo(each.pass());
      return whole;
    };

    if (id === undefined) return runReading(offer, await allowed(request.signal), { signal: request.signal, timeoutMs: remaining() });
    return sends.join(`${call.operation} ${id}`, call.fingerprint, request.signal, async (gone) => runSpending(offer, id, await allowed(gone), gone, remaining));
  }

  async function runReading(offer: Offer, input: Loose, how: CallOptions): Promise<Answer> {
    try {
      return resultToAnswer(offer, await client.call(offer.operation, input as never, how));
    } catch (thrown) {
      const error = errorOf(thrown);
      if (!error) throw thrown;
      return failureToAnswer(error);
    }
  }

  async function runSpending(offer: Offer, id: string, input: Loose, gone: AbortSignal, remaining: () => number): Promise<Answer> {
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
    try {
      return outcomeToAnswer(offer, id, (await client.call(offer.operation, input as never, how)) as Loose);
    } catch (thrown) {
      // A client throws for bad input alone, before anything is sent. Of anything else nobody knows.
      if (errorOf(thrown)?.kind === 'invalid-input') throw thrown;
      return { outcome: 'unknown', id, error: { kind: 'transport', phase: 'sent', reason: 'network' } };
    }
  }

  return async (request, context = {}) => {
    try {
      const answered = await answer(request, context);
      return respond(answered, Object.hasOwn(answered, 'issues') ? 400 : 200);
    } catch (thrown) {
      return respondToError(thrown);
    }
  };
}
