import type { Clock } from '@smsc/client';
import type { Methods } from '@smsc/client/adapter';
import {
  type Fault,
  type GatewayError,
  InputError,
  type ReplyError,
  type Status,
  type WireRequest,
} from '@smsc/protocol';
import { callChecks, clientChecks, readOptions } from './options.ts';
import { parseResponse } from './parse-response.ts';
import { messageKey, type PageEffect, type RelayRequest } from './relay-protocol.ts';
import { type SerializedInput, serializeInput } from './serialize-input.ts';
import { unknownOutcome } from './settle.ts';
import type { PageSmsc, RelayCallOptions, SmscOptions } from './smsc-types.ts';
import { type RelayError, relayTransport } from './transport.ts';

/** Effects of the methods that every page has. */
const usualEffects: Readonly<Record<keyof Methods, PageEffect>> = {
  send: 'spends',
  cost: 'reads',
  status: 'reads',
  balance: 'reads',
};

const systemClock: Clock = {
  // Uses the monotonic clock, which cannot be set. Only differences between times matter here.
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Stands in for a missing `relay`. An empty `relay` is invalid, so the check of the options reports it. */
const needed = { relay: '' };

/** Name, effect and token of a call. The effect is `undefined` if the name is unknown. */
interface CallStart extends Pick<RelayRequest, 'operation' | 'token'> {
  readonly effect: PageEffect | undefined;
}

/** A call that is ready to be sent. */
interface PreparedCall {
  readonly call: RelayRequest;
  readonly files: SerializedInput['files'];
}

/** Returns all recipients of a message, or of the messages of a list. Includes groups. */
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
      .flatMap((item) => (item as { readonly to?: unknown } | null | undefined)?.to ?? item),
  ),
];

/** Returns the given id as text, or creates one. Returns an empty text if the conversion or `createId` throws. */
function readId(given: unknown, createId: () => string): string {
  try {
    return String(given ?? createId());
  } catch {
    return '';
  }
}

/** Checks a call, and serializes its input. */
function prepareCall(
  { operation, effect, token }: CallStart,
  given: unknown,
  createId: () => string,
): PreparedCall {
  const { input, special, files, issues } = serializeInput(given);
  const { id: givenId, ...rest } = Object(input) as { readonly id?: unknown };
  const spends = /^spends/.test(effect!);
  const id = spends ? readId(givenId, createId) : undefined;
  if (id !== undefined && !/^[\w.-]{1,40}$/.test(id))
    issues.push({
      path: givenId === undefined ? 'createId' : 'id',
      message: 'expected 1 to 40 letters, digits, "." or "-"',
    });
  if (!effect) issues.push({ path: '', message: 'is not in the option operations' });
  if (issues.length) throw new InputError(operation, issues);
  return { call: { operation, effect: effect!, id, token, input: spends ? rest : input, special }, files };
}

/** Encodes a call as a request to the relay: JSON, or a form if there are files. */
function toWireRequest({ call, files }: PreparedCall): WireRequest {
  const text = JSON.stringify(call);
  return {
    operation: call.operation,
    path: '',
    body: files.length
      ? { kind: 'multipart', fields: [['call', text]], files }
      : { kind: 'text', contentType: 'application/json', text },
  };
}

/** A rejection, with the fault as the relay sends it. */
type RelayedRejection = GatewayError & { readonly fault: Fault };

type CallError = InputError | RelayedRejection | ReplyError | RelayError;

/** Tells whether the call may have sent the message. A relay that refuses a call sends nothing for it. */
const maySend = (error: CallError): boolean => error.mayHaveHappened && !(error as RelayError).refusal;

/** Effects of operations by name. */
type Effects = Readonly<Record<string, PageEffect>>;

/**
 * Creates a client for a page. It holds no credentials: it sends its calls to a relay on your own server, `createRelay` of
 * `@smsc/browser/relay`.
 *
 * @example
 * ```ts
 * const smsc = createSmsc({ relay: '/api/sms' });
 * const sent = await smsc.send({ to: '380501234567', text: 'Ваш код: 4821' });
 * ```
 *
 * @throws {InputError} if an option is unknown, invalid or a credential
 */
export function createSmsc<M extends object = Methods>(options: SmscOptions<M>): PageSmsc<M> {
  const read = readOptions('createSmsc', { ...needed, ...options }, clientChecks);
  const { createId = () => crypto.randomUUID(), clock = systemClock, operations } = read;
  const effects: Effects = { __proto__: null, ...usualEffects, ...operations } as never;
  const transport = relayTransport(read);
  /** For each message: the number of its requests that are running or may have succeeded. */
  const requests = new Map<string | undefined, number>();

  /** Adds to the number of requests for a message, and returns the new number. */
  function countRequests(key: string | undefined, difference: number): number {
    const count = (requests.get(key) ?? 0) + difference;
    requests.set(key, count);
    return count;
  }

  /** Creates the outcome of a send that failed. `others` is the number of other requests for the message. */
  function toOutcome(
    { operation, effect, id, input }: RelayRequest,
    error: CallError,
    others: number,
  ): unknown {
    if (error.kind === 'gateway') {
      const { code, fault, meaning } = error;
      return { outcome: 'rejected', code, fault, meaning, id, error };
    }
    // `mayHaveHappened` of a refusal already accounts for other requests.
    if (!error.mayHaveHappened && ((error as RelayError).refusal || !others))
      return { outcome: 'not-sent', id, error };
    return unknownOutcome({
      operation,
      id: id!,
      error: error as RelayError,
      endedAt: clock.now(),
      clock,
      // Unless the effect is `spends`, the gateway does not know this id, so the status cannot be requested.
      to: effect === 'spends' ? recipientsOf(input as object) : [],
      requestStatus: (phone, signal) => call('status', { id, phone }, { signal }) as Promise<Status>,
    });
  }

  async function call(
    name: string,
    input: unknown = {},
    callOptions: RelayCallOptions = {},
  ): Promise<unknown> {
    const { signal, onProgress, token } = readOptions(name, callOptions, callChecks);
    const prepared = prepareCall({ operation: name, effect: effects[name], token }, input, createId);
    const { id } = prepared.call;
    const spends = id !== undefined;
    const key = spends ? messageKey(name, id) : undefined;
    countRequests(key, 1);
    try {
      const options = { signal, onProgress, messageKey: key };
      const reply = await transport.send(toWireRequest(prepared), options);
      const result = parseResponse(name, id, reply, requests.get(key) === 1);
      return spends ? { ...(result as object), outcome: 'accepted' } : result;
    } catch (thrown) {
      const error = thrown as CallError;
      const others = countRequests(key, maySend(error) ? 0 : -1);
      if (!spends || error.kind === 'invalid-input') throw error;
      return toOutcome(prepared.call, error, others);
    }
  }

  const methods = Object.keys(effects).map((name) => [name, call.bind(null, name)]);
  return { ...(Object.fromEntries(methods) as object), call } as PageSmsc<M>;
}
