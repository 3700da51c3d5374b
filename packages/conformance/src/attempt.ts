import { fromReply, send, type WireReply } from '@smsc/protocol';
import { findSecret } from './find-secret.ts';
import { messageId, secrets } from './trial-request.ts';

/** Outcome of an attempt: the state of the message, as far as the client knows it. */
export type TrialOutcome = 'accepted' | 'rejected' | 'not-sent' | 'unknown';

/** Result of one attempt. */
export interface AttemptObservation {
  /** Outcome of the attempt. */
  readonly outcome: TrialOutcome;
  /** Message of the error, if there was one. */
  readonly error: string | undefined;
  /** Value of `Retry-After` as the transport returned it. */
  readonly retryAfter: string | undefined;
  /** Connection of the reply, if the transport reported it. */
  readonly connection: WireReply['connection'];
  /** Path of a secret inside the error, such as `error.cause.request`. */
  readonly secretAt: string | undefined;
  /** Broken rule, if any. The rules are the same for every case. */
  readonly violation?: string;
}

const withoutError = {
  outcome: 'unknown',
  error: undefined,
  retryAfter: undefined,
  connection: undefined,
  secretAt: undefined,
} as const;

const findOurSecret = (value: unknown): string | undefined => findSecret(value, Object.values(secrets));

/** Returns the class name of an object, or the type of any other value. */
const classOf = (value: unknown): string =>
  value !== null && (typeof value === 'object' || typeof value === 'function')
    ? (value.constructor as { readonly name?: string } | undefined)?.name || 'Object'
    : typeof value;

/** Describes an unexpected error by its class. Adds the message of the error if it contains no secret. */
export function describeThrown(thrown: unknown): string {
  const { message } = Object(thrown) as { readonly message?: unknown };
  const isSafe = typeof message === 'string' && message !== '' && findOurSecret(thrown) === undefined;
  return `${classOf(thrown)}${isSafe ? ` (${message})` : ''}`;
}

/** Returns the outcome for an error of the protocol. */
function outcomeOf(kind: unknown, mayHaveHappened: boolean): TrialOutcome {
  if (kind === 'gateway') return 'rejected';
  return mayHaveHappened ? 'unknown' : 'not-sent';
}

/** Reads one of the protocol's errors. Returns `undefined` for any other value. */
function observeError(thrown: unknown): AttemptObservation | undefined {
  const { kind, mayHaveHappened, message } = Object(thrown) as {
    readonly kind?: unknown;
    readonly mayHaveHappened?: unknown;
    readonly message?: string;
  };
  if (typeof mayHaveHappened !== 'boolean' || !(thrown instanceof Error)) return undefined;
  return {
    outcome: outcomeOf(kind, mayHaveHappened),
    error: message,
    retryAfter: undefined,
    connection: undefined,
    secretAt: findOurSecret(thrown),
  };
}

/** Checks an error that the transport threw: only a `TransportError` or an `InputError` is allowed. */
function observeThrown(thrown: unknown): AttemptObservation {
  const { kind } = Object(thrown) as { readonly kind?: unknown };
  const observation = kind === 'transport' || kind === 'invalid-input' ? observeError(thrown) : undefined;
  return (
    observation ?? {
      ...withoutError,
      secretAt: findOurSecret(thrown),
      violation: `the transport threw a ${describeThrown(thrown)}, expected a TransportError`,
    }
  );
}

const isReply = (reply: Partial<WireReply> | null | undefined): reply is WireReply =>
  typeof reply?.status === 'number' && (reply.body as object | undefined) instanceof Uint8Array;

/** Checks a reply that the transport returned, and parses it. */
function observeReply(reply: WireReply, maxReplyBytes: number): AttemptObservation {
  if (!isReply(reply))
    return {
      ...withoutError,
      violation: `the transport returned a ${classOf(reply)}, expected { status, body } with a Uint8Array body`,
    };
  const { retryAfter, connection } = reply;
  if (reply.body.length > maxReplyBytes)
    return {
      ...withoutError,
      retryAfter,
      connection,
      violation: 'the response body is larger than maxReplyBytes',
    };
  try {
    const isOurs = fromReply(send, reply).id === messageId;
    return { ...withoutError, outcome: isOurs ? 'accepted' : 'unknown', retryAfter, connection };
  } catch (thrown) {
    const observation = observeError(thrown);
    if (!observation) throw thrown;
    return { ...observation, retryAfter, connection };
  }
}

/** Makes one attempt and observes its result. */
export async function observeAttempt(
  attempt: () => Promise<WireReply>,
  maxReplyBytes: number,
): Promise<AttemptObservation> {
  let reply: WireReply;
  try {
    reply = await attempt();
  } catch (thrown) {
    return observeThrown(thrown);
  }
  return observeReply(reply, maxReplyBytes);
}
