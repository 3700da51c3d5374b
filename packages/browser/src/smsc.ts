import type { Accepted, Clock, NotSent, Rejected, Unknown } from '@smsc/client';
import type { Methods } from '@smsc/client/adapter';
import {
  type Effect,
  GatewayError,
  InputError,
  type Issue,
  type Operation,
  ReplyError,
  type Status,
  type WireReply,
} from '@smsc/protocol';
import { callChecks, checks, readOptions } from './options.ts';
import { pack } from './pack.ts';
import { unknown } from './settle.ts';
import { type Ask, type AskedEffect, type Failure, keyOf, type Refusal } from './talk.ts';
import {
  type RelayAttemptOptions,
  RelayError,
  relayTransport,
  type RelayTransportOptions,
} from './transport.ts';

type AnyOperation = Operation<never, unknown>;

/** What a relay lists, by name, as types alone: `{ send: typeof send }`, or `MenuOf<typeof relay>` of one's own. */
export type Menu = Readonly<Record<string, AnyOperation>>;

/** What became of a call that spends money: one of the client's four outcomes. What the relay would not have is `not-sent`. */
export type RelayOutcome<Result, Id = string> =
  Accepted<Result> | Rejected<Id> | (NotSent<Id> & { readonly error: RelayError }) | Unknown<Id, Result>;

/** What one call can be told. */
export interface RelayCallOptions extends Omit<RelayAttemptOptions, 'about'> {
  /** For the relay's guard, such as what a captcha gave. */
  readonly token?: string | undefined;
}

type Result<Op> =
  Op extends Operation<never, infer Output, infer E extends Effect>
    ? E extends 'spends'
      ? RelayOutcome<Output>
      : Output
    : never;

type Arguments<Op> =
  Op extends Operation<infer Input, unknown>
    ? Record<never, never> extends Input
      ? [input?: Input, options?: RelayCallOptions]
      : [input: Input, options?: RelayCallOptions]
    : never;

/** A relay's operations as methods, and `call` for one whose name is only known as the program runs. */
export type Smsc<M = Methods> = {
  readonly [Name in keyof M]: (...call: Arguments<M[Name]>) => Promise<Result<M[Name]>>;
} & {
  /**
   * Runs one operation. What spends money resolves to one of the four outcomes and throws nothing but an `InputError`;
   * everything else resolves to its result, or throws one of the four errors.
   */
  readonly call: <Name extends keyof M>(name: Name, ...call: Arguments<M[Name]>) => Promise<Result<M[Name]>>;
};

type KeyOf<Input> = Input extends unknown ? keyof Input : never;
type Effects<M> = {
  readonly [Name in Exclude<keyof M, keyof Methods>]: M[Name] extends Operation<infer Input, unknown, infer E>
    ? E extends 'spends'
      ? 'id' extends KeyOf<Input>
        ? E
        : 'makes'
      : E
    : never;
};

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
        /**
         * The operations of the relay beyond `send`, `cost`, `status` and `balance`, each with what a repeated call could do.
         * `makes`: it spends, and its input has no `id`, so the gateway cannot be asked what became of it.
         */
        readonly operations: Effects<M>;
      });

const usual: Readonly<Record<keyof Methods, AskedEffect>> = {
  send: 'spends',
  cost: 'reads',
  status: 'reads',
  balance: 'reads',
};

const systemClock: Clock = {
  // Only how long it is between two moments counts here, and nobody sets this one.
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

function toError(operation: string, failure: Failure): Error {
  if (failure.kind === 'gateway')
    return new GatewayError(operation, failure.code, failure.meaning, failure.id);
  if (failure.kind === 'unreadable-reply') return new ReplyError(operation, failure.status, 'of the gateway');
  return new RelayError(
    operation,
    `between relay and gateway: ${failure.reason}`,
    failure.phase,
    failure.reason,
  );
}

/** What an `Answer` can have. */
interface Read {
  readonly refused?: Refusal;
  readonly message?: string;
  readonly retryAfterMs?: number;
  readonly outcome?: string;
  readonly issues?: readonly Issue[];
  readonly error?: Failure;
  result?: unknown;
  readonly bytes?: string;
  readonly dates?: readonly (readonly (string | number)[])[];
  readonly id?: string;
}

type Container = Record<string | number, unknown>;

/** Replaces the ISO 8601 text at a path by a `Date`. Throws if the result has no such path. */
function restoreDate(result: unknown, path: readonly (string | number)[]): void {
  let container = result as Container;
  const last = path.length - 1;
  for (const [index, step] of path.entries()) {
    if (!Object.hasOwn(container, step)) throw new Error();
    if (index === last) container[step] = new Date(container[step] as string);
    else container = container[step] as Container;
  }
}

/**
 * What the relay answered: the result, or the error that it tells of.
 *
 * @param isOne whether there has been no other request for the same message: what became of another a refusal does not say,
 * unless it is that this is another message
 */
function readAnswer(
  operation: string,
  { status, body }: WireReply,
  spends: boolean,
  id: string | undefined,
  isOne: boolean,
): unknown {
  let answer: Read = {};
  try {
    const read = { __proto__: null, ...JSON.parse(new TextDecoder().decode(body)) } as Read;
    if (read.bytes)
      read.result = {
        ...(read.result as object),
        bytes: Uint8Array.from(atob(read.bytes), (each) => each.charCodeAt(0)),
      };
    for (const path of read.dates ?? []) restoreDate(read.result, path);
    answer = read;
  } catch {
    // What cannot be read is not the relay's.
  }
  const { refused, message, retryAfterMs, outcome, issues, error, result, id: about } = answer;
  if (status > 399 && refused)
    throw new RelayError(
      operation,
      message ?? refused,
      spends && !isOne && refused !== 'conflict' ? 'sent' : 'connect',
      'held-back',
      refused,
      retryAfterMs,
    );
  if (status > 399 && outcome === 'invalid' && Array.isArray(issues)) throw new InputError(operation, issues);
  if (status === 200 && about === id) {
    if (outcome === (spends ? 'accepted' : 'done')) return result;
    if (error) throw toError(operation, error);
  }
  throw new ReplyError(operation, status, "not the relay's");
}

/** Whom a message goes to, or the messages of a list, groups among them. */
const recipientsOf = ({
  to,
  messages,
}: {
  readonly to?: unknown;
  readonly messages?: unknown;
}): readonly unknown[] => [
  ...new Set(
    [messages ?? to]
      .flat()
      .flatMap((each) => (each as { readonly to?: unknown } | null | undefined)?.to ?? each),
  ),
];

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
  const effects: Readonly<Record<string, AskedEffect>> = {
    __proto__: null,
    ...usual,
    ...operations,
  } as never;
  const transport = relayTransport(read);
  /** How many requests of each message have gone out, but for those of which nothing came. */
  const open = new Map<string | undefined, number>();
  const note = (about: string | undefined, more: number): number => {
    open.set(about, (more += open.get(about) ?? 0));
    return more;
  };

  async function call(
    name: string,
    given: unknown = {},
    callOptions: RelayCallOptions = {},
  ): Promise<unknown> {
    const { signal, onProgress, token } = readOptions(name, callOptions, callChecks);
    const effect = effects[name];
    const makes = effect === 'makes';
    const spends = makes || effect === 'spends';
    const { input: packed, special, files, issues } = pack(given);
    const { id: own, ...rest } = Object(packed) as { readonly id?: unknown };
    let id = spends ? '' : undefined;
    try {
      if (spends) id = String(own ?? createId());
    } catch {
      // It is complained of.
    }
    if (spends && !/^[\w.-]{1,40}$/.test(id!))
      issues.push({
        path: 'id',
        message: own === undefined ? 'is needed: createId made none' : 'cannot be meant',
      });
    if (!effect) issues.push({ path: '', message: 'is not among the operations' });
    if (issues.length) throw new InputError(name, issues);
    const ask: Ask = { operation: name, effect: effect!, id, token, input: spends ? rest : packed, special };
    const text = JSON.stringify(ask);
    const about = spends ? keyOf(name, id!) : undefined;
    note(about, 1);
    try {
      const reply = await transport.send(
        {
          operation: name,
          path: '',
          body: files.length
            ? { kind: 'multipart', fields: [['call', text]], files }
            : { kind: 'text', contentType: 'application/json', text },
        },
        { signal, onProgress, about },
      );
      const result = readAnswer(name, reply, spends, id, open.get(about) === 1);
      return spends ? { ...(result as object), outcome: 'accepted' } : result;
    } catch (thrown) {
      const error = thrown as InputError | GatewayError | ReplyError | RelayError;
      const { mayHaveHappened, refusal } = error as RelayError;
      const others = note(about, mayHaveHappened && !refusal ? 0 : -1);
      if (!spends || error.kind === 'invalid-input') throw error;
      if (error.kind === 'gateway')
        return { outcome: 'rejected', code: error.code, meaning: error.meaning, id, error };
      if (!mayHaveHappened && (refusal || !others)) return { outcome: 'not-sent', id, error };
      return unknown({
        ...{ operation: name, id: id!, error, endedAt: clock.now(), clock },
        // Nothing can be asked about what the gateway does not know by this id.
        to: makes ? [] : recipientsOf(rest),
        ask: (phone, until) => call('status', { id, phone }, { signal: until }) as Promise<Status>,
      });
    }
  }

  const methods = Object.keys(effects).map((name) => [name, call.bind(null, name)]);
  return { ...(Object.fromEntries(methods) as object), call } as Smsc<M>;
}
