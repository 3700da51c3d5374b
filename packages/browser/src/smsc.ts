import type { Accepted, Clock, Methods, NotSent, Rejected, Unknown } from '@smsc/client';
import { type Effect, GatewayError, InputError, type Issue, type Operation, ReplyError, type Status, type WireReply } from '@smsc/protocol';
import { pack } from './pack.ts';
import { type RelaySettleOptions, settle } from './settle.ts';
import type { Ask, Failure, Refusal } from './talk.ts';
import { type RelayAttemptOptions, RelayError, relayTransport, type RelayTransportOptions } from './transport.ts';

type AnyOperation = Operation<never, unknown>;

/** What a relay lists, by name, as types alone: `{ send: typeof send }`, or `MenuOf<typeof relay>` of one's own. */
export type Menu = Readonly<Record<string, AnyOperation>>;

/** What became of a call that spends money: one of the client's four outcomes. What the relay would not have is `not-sent`. */
export type RelayOutcome<Result, Id = string> = Accepted<Result> | Rejected<Id> | (NotSent<Id> & { readonly error: RelayError }) | Unknown<Id, Result>;

/** What one call can be told. */
export interface RelayCallOptions extends RelayAttemptOptions {
  /** For the relay's guard, such as what a captcha gave. */
  readonly token?: string | undefined;
}

type Result<Op> = Op extends Operation<never, infer Output, infer E extends Effect> ? (E extends 'spends' ? RelayOutcome<Output> : Output) : never;

type Arguments<Op> =
  Op extends Operation<infer Input, unknown> ? (Record<never, never> extends Input ? [input?: Input, options?: RelayCallOptions] : [input: Input, options?: RelayCallOptions]) : never;

/** A relay's operations as methods, and `call` for one whose name is only known as the program runs. */
export type Smsc<M = Methods> = { readonly [Name in keyof M]: (...call: Arguments<M[Name]>) => Promise<Result<M[Name]>> } & {
  /**
   * Runs one operation. What spends money resolves to one of the four outcomes and throws nothing but an `InputError`;
   * everything else resolves to its result, or throws one of the four errors.
   */
  readonly call: <Name extends keyof M>(name: Name, ...call: Arguments<M[Name]>) => Promise<Result<M[Name]>>;
};

type Effects<M> = { readonly [Name in Exclude<keyof M, keyof Methods>]: M[Name] extends Operation<never, unknown, infer E> ? E : never };

/** How a page talks to its relay. Credentials have no place here: whoever opens a page has what is in it. */
export type SmscOptions<M = Methods> = RelayTransportOptions & {
  readonly login?: never;
  readonly password?: never;
  readonly apiKey?: never;
  /** Makes the id of a message that was given none. Default: the platform's random UUIDs, which it has on https and on this machine. */
  readonly createId?: (() => string) | undefined;
  /** For the pauses of `settle`. Default: the platform's. */
  readonly clock?: Clock | undefined;
} & (Record<never, never> extends Effects<M>
    ? { readonly operations?: Effects<M> | undefined }
    : {
        /** The operations of the relay beyond `send`, `cost`, `status` and `balance`, each with what a repeated call could do. */
        readonly operations: Effects<M>;
      });

const usual: Readonly<Record<keyof Methods, Effect>> = { send: 'spends', cost: 'reads', status: 'reads', balance: 'reads' };

const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isLimit = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31;

/** A path of this origin, https, or http to this machine; no user name in it, and no fragment. */
const address = /^(?:\/(?![/\\])|https:\/\/(?![^/]*@)\w|http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:\/|$))[^#]*$/;

type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

const checks: Checks = {
  relay: (value) => typeof value === 'string' && address.test(value),
  timeoutMs: isLimit,
  maxReplyBytes: isLimit,
  createId: isFunction,
  clock: (value) => isFunction((value as Partial<Clock> | null)?.after),
  operations: (value) => typeof value === 'object' && value !== null && Object.entries(value).every(([name, effect]) => name !== 'call' && /^(?:reads|settles|spends)$/.test(effect as string)),
};

const callChecks: Checks = {
  signal: (value) => typeof (value as Partial<AbortSignal> | null)?.aborted === 'boolean',
  onProgress: isFunction,
  token: (value) => typeof value === 'string',
};

/** Options as they were written. What something has added to `Object.prototype` is none: a relay there would be sent every text. */
function readOptions<Options extends object>(of: string, options: Options, known: Checks): Options {
  const read = { __proto__: null, ...options } as Options;
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(read)) {
    const check = Object.hasOwn(known, name) ? known[name] : undefined;
    if (/^(?:login|password|psw|api_?key)$/i.test(name)) issues.push({ path: name, message: 'belongs to the relay: whoever opens a page has what is in it' });
    else if (!check) issues.push({ path: '', message: `knows only ${Object.keys(known).join(', ')}` });
    else if (value !== undefined && !check(value)) issues.push({ path: name, message: 'cannot be meant' });
  }
  if (known === checks && !(read as { relay?: unknown }).relay) issues.push({ path: 'relay', message: 'is needed' });
  if (issues.length > 0) throw new InputError(of, issues);
  return read;
}

function toError(operation: string, failure: Failure): Error {
  if (failure.kind === 'gateway') return new GatewayError(operation, failure.code, failure.meaning, failure.id);
  if (failure.kind === 'unreadable-reply') return new ReplyError(operation, failure.status, 'of the gateway');
  return new RelayError(operation, `between relay and gateway: ${failure.reason}`, failure.phase, failure.reason);
}

/** What an `Answer` can have. */
interface Read {
  readonly refused?: Refusal;
  readonly message?: string;
  readonly retryAfterMs?: number;
  readonly outcome?: string;
  readonly issues?: readonly Issue[];
  readonly error?: Failure;
  readonly result?: unknown;
  readonly bytes?: string;
  readonly id?: string;
}

/** What the relay answered: the result, or the error that it tells of. */
function readAnswer(operation: string, { status, body }: WireReply, spends: boolean, id: string | undefined): unknown {
  let answer: Read = {};
  try {
    answer = { __proto__: null, ...JSON.parse(new TextDecoder().decode(body)) } as Read;
  } catch {
    // What is no JSON is not the relay's.
  }
  const { refused, message, retryAfterMs, outcome, issues, error, result, bytes, id: about } = answer;
  if (status > 399 && refused) throw new RelayError(operation, message ?? refused, 'connect', 'held-back', refused, retryAfterMs);
  if (status > 399 && outcome === 'invalid' && Array.isArray(issues)) throw new InputError(operation, issues);
  if (status === 200 && about === id) {
    if (outcome === (spends ? 'accepted' : 'done')) return bytes ? { ...(result as object), bytes: Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0)) } : result;
    if (error) throw toError(operation, error);
  }
  throw new ReplyError(operation, status, 'not the relay\'s');
}

const recipientsOf = ({ to, messages }: { readonly to?: unknown; readonly messages?: readonly { readonly to?: unknown }[] }): readonly string[] =>
  [...new Set((Array.isArray(messages) ? messages : [{ to }]).flatMap((each: { readonly to?: unknown }) => each.to))].filter((each) => typeof each === 'string');

/**
 * A client for a page. It holds no credentials: it asks a relay of one's own, `createRelay` of `@smsc/browser/relay`.
 *
 * ```ts
 * const smsc = createSmsc({ relay: '/api/sms' });
 * const sent = await smsc.send({ to: '380501234567', text: 'Ваш код: 4821' });
 * ```
 *
 * @throws {InputError} for options that cannot be meant, credentials first of all
 */
export function createSmsc<M extends object = Methods>(options: SmscOptions<M>): Smsc<M> {
  const read = readOptions('createSmsc', options, checks);
  const { createId = () => crypto.randomUUID(), clock = systemClock, operations } = read;
  const effects: Readonly<Record<string, Effect>> = { __proto__: null, ...usual, ...operations } as never;
  const transport = relayTransport(read);

  async function call(name: string, given: unknown = {}, callOptions: RelayCallOptions = {}): Promise<unknown> {
    const { signal, onProgress, token } = readOptions(name, callOptions, callChecks);
    const effect = effects[name];
    const spends = effect === 'spends';
    const { input: packed, special, files, issues } = pack(given);
    const { id: own, ...rest } = Object(packed) as { readonly id?: unknown };
    let id: string | undefined;
    try {
      if (spends) id = String(own ?? createId());
    } catch {
      // It is complained of.
    }
    if (spends && !id) throw new InputError(name, [{ path: 'id', message: 'is needed: createId made none' }]);
    if (!effect || issues.length > 0) throw new InputError(name, effect ? issues : [{ path: '', message: 'is not among the operations' }]);
    const ask: Ask = { operation: name, effect, id, token, input: spends ? rest : packed, special };
    const text = JSON.stringify(ask);
    try {
      const reply = await transport(
        { operation: name, path: '', body: files.length > 0 ? { kind: 'multipart', fields: [['call', text]], files } : { kind: 'text', contentType: 'application/json', text } },
        { signal, onProgress },
      );
      const result = readAnswer(name, reply, spends, id);
      return spends ? { ...(result as object), outcome: 'accepted' } : result;
    } catch (thrown) {
      const error = thrown as InputError | GatewayError | ReplyError | RelayError;
      if (!spends || error.kind === 'invalid-input') throw error;
      if (error.kind === 'gateway') return { outcome: 'rejected', code: error.code, meaning: error.meaning, id, error };
      if (!error.mayHaveHappened) return { outcome: 'not-sent', id, error };
      const lost = { operation: name, id: id!, to: recipientsOf(rest), error, endedAt: clock.now(), clock };
      return {
        ...{ outcome: 'unknown', id, error },
        settle: (how?: RelaySettleOptions) => settle({ ...lost, ask: (phone, until) => call('status', { id, phone }, { signal: until }) as Promise<Status> }, how),
      };
    }
  }

  const methods = Object.keys(effects).map((name) => [name, (input?: unknown, how?: RelayCallOptions) => call(name, input, how)]);
  return { ...(Object.fromEntries(methods) as object), call } as Smsc<M>;
}
