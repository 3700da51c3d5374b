import {
  type Charset,
  type Credentials,
  type Effect,
  fromReply,
  InputError,
  isPlain,
  type Operation,
  readOptions,
  ReplyError,
  type ReplyFormat,
  type SmscError,
  toRequest,
  type Transport,
  TransportError,
} from '@smsc/protocol';
import { anything, checkFunction, clientChecks } from './options.ts';
import type { NotSent, Outcome, Rejected, Unknown } from './outcome.ts';

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
   *
   * The gateway refuses an equal request within a minute (error 9). What counts as equal is not documented, and an id of
   * its own may make each request another. So give an id of yours that stays the same when your program sends the same
   * thing again, such as an order's number.
   */
  readonly createId?: (() => string) | undefined;
}

/** The id that a message goes out under: one is made up where none is given, if the operation takes one at all. */
type IdOf<Input> = Input extends unknown ? ('id' extends keyof Input ? string : string | undefined) : never;

/** What a call comes to: an outcome where money is spent, else the result itself. */
export type CallResult<Output, E extends Effect, Input = unknown> = E extends 'spends' ? Outcome<Output, IdOf<Input>> : Output;

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
  ): Promise<CallResult<Output, E, Input>>;
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

/** What a failure of what spends money says of it. */
function toOutcome(error: SmscError, id: string | undefined): Rejected | NotSent | Unknown {
  if (error.mayHaveHappened) return { outcome: 'unknown', id, error };
  if (error.kind !== 'gateway') return { outcome: 'not-sent', id, error: error as TransportError };
  return { outcome: 'rejected', code: error.code, meaning: error.meaning, id: error.id ?? id, error };
}

/**
 * A client over any transport.
 *
 * @throws {InputError} for options that cannot be meant
 */
export function createClient<TransportOptions>(options: ClientOptions<TransportOptions>): Client<TransportOptions> {
  const read = readOptions('createClient', options, clientChecks, { transport: checkFunction, credentials: anything });
  const { transport, format, charset, body, createId = () => crypto.randomUUID() } = read;
  const credentials = { __proto__: null, ...read.credentials } as unknown as Credentials;

  async function call(operation: Operation<unknown, unknown>, given: unknown, transportOptions?: TransportOptions): Promise<unknown> {
    const spends = operation.effect === 'spends';
    const takesId = spends && Object.hasOwn(operation.fields, 'id');
    const input = takesId ? withId(operation.name, given, createId) : given;
    const request = toRequest(operation, input, credentials, { format, charset, body: operation.restPath ? body : 'form' });
    const id = takesId ? String((input as { id: unknown }).id) : undefined;
    let result: unknown;
    let error: SmscError | undefined;
    try {
      result = fromReply(operation, await transport(request, transportOptions), { format, charset });
    } catch (thrown) {
      error = toError(thrown, operation.name);
    }
    if (error && (!spends || error.kind === 'invalid-input')) throw error;
    if (!spends) return result;
    const { id: told } = (error ?? result) as { readonly id?: string | undefined };
    // An answer about another message says nothing of this one.
    if (takesId && (told ?? id) !== id) error = new ReplyError(operation.name, 200, 'it is about another id');
    return error ? toOutcome(error, id) : { ...(result as object), outcome: 'accepted' };
  }

  return { call: call as Client<TransportOptions>['call'] };
}
