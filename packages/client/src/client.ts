import {
  type Charset,
  type Credentials,
  type Effect,
  fromReply,
  type Operation,
  type ReplyFormat,
  type SmscError,
  toRequest,
  type Transport,
  TransportError,
} from '@smsc/protocol';
import type { NotSent, Outcome, Unknown } from './outcome.ts';

/** What a client needs, and what it can be told. */
export interface ClientOptions<TransportOptions> {
  /** Carries the requests. */
  readonly transport: Transport<TransportOptions>;
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
   */
  readonly createId?: (() => string) | undefined;
}

/** What a call comes to: an outcome where money is spent, else the result itself. */
export type CallResult<Output, E extends Effect> = E extends 'spends' ? Outcome<Output> : Output;

/** Runs operations. */
export interface Client<TransportOptions> {
  /**
   * Runs one operation, with exactly one request.
   *
   * What spends money resolves to an {@link Outcome} and throws nothing but an `InputError`. Everything else resolves to
   * its result, or throws one of the four errors.
   *
   * @param options for the transport: a signal, a time limit
   */
  call<Input, Output, E extends Effect>(
    operation: Operation<Input, Output, E>,
    input: Input,
    options?: TransportOptions,
  ): Promise<CallResult<Output, E>>;
}

/** An input with an id: a message without one could not be asked for when its answer is lost. */
const withId = <Input>(operation: Operation<Input, unknown>, input: Input, createId: () => string): Input => {
  const takesId = operation.effect === 'spends' && 'id' in operation.fields;
  // What is no object is for the check to complain of.
  if (!takesId || typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return (input as { id?: unknown }).id === undefined ? { ...input, id: createId() } : input;
};

const idOf = (input: unknown): string | undefined => {
  const { id } = (input ?? {}) as { id?: string | number };
  return id === undefined ? undefined : String(id);
};

/**
 * What a failure that came after the request was handed to the transport says of it.
 *
 * What is no error of ours says nothing of whether bytes had left, so they may have; and it can hold the request, password
 * included, so only its name is kept.
 */
function toOutcome(thrown: unknown, operation: string, id: string | undefined): Exclude<Outcome<unknown>, { outcome: 'accepted' }> {
  const error = thrown as SmscError;
  if (error.kind === 'gateway') return { outcome: 'rejected', code: error.code, meaning: error.meaning, id: error.id ?? id, error };
  if (error.kind === 'transport' || error.kind === 'unreadable-reply') return { outcome: error.mayHaveHappened ? 'unknown' : 'not-sent', id, error } as NotSent | Unknown;
  return { outcome: 'unknown', id, error: new TransportError(`${operation}: the transport failed with ${error.name}; the request may have left`, 'sent', 'network') };
}

/** A client over any transport. */
export function createClient<TransportOptions>(options: ClientOptions<TransportOptions>): Client<TransportOptions> {
  const { transport, credentials, format, charset, body, createId = () => crypto.randomUUID() } = options;

  async function call(operation: Operation<unknown, unknown>, given: unknown, transportOptions?: TransportOptions): Promise<unknown> {
    const input = withId(operation, given, createId);
    const request = toRequest(operation, input, credentials, { format, charset, body: operation.restPath ? body : 'form' });
    try {
      const result = fromReply(operation, await transport(request, transportOptions), { format, charset });
      return operation.effect === 'spends' ? { ...(result as object), outcome: 'accepted' } : result;
    } catch (error) {
      if (operation.effect !== 'spends') throw error;
      return toOutcome(error, operation.name, idOf(input));
    }
  }

  return { call: call as Client<TransportOptions>['call'] };
}
