import type { Accepted, Clock, NotSent, Rejected, Unknown } from '@smsc/client';
import type { Methods } from '@smsc/client/adapter';
import type { Effect, Operation } from '@smsc/protocol';
import type { RelayAttemptOptions, RelayError, RelayTransportOptions } from './transport.ts';

/**
 * Operations that a relay allows, by name: `{ send: typeof send }`, or `OperationsOf<typeof relay>` of your own relay. Used as
 * a type only.
 */
export type RelayOperations = Readonly<Record<string, Operation<never, unknown>>>;

/**
 * Outcome of a call that spends money: one of the client's four outcomes. A call that the relay refused is `not-sent`, or
 * `unknown` if another request for the same message may have succeeded.
 */
export type RelayOutcome<Result, Id = string> =
  Accepted<Result> | Rejected<Id> | (NotSent<Id> & { readonly error: RelayError }) | Unknown<Id, Result>;

/** Options of one call. */
export interface RelayCallOptions extends Omit<RelayAttemptOptions, 'messageKey'> {
  /** Token for the relay's guard, such as a captcha response. */
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

/** Client of a page: each operation of the relay is a method, and `call` runs an operation by its name. */
export type PageSmsc<M = Methods> = {
  readonly [Name in keyof M]: (...call: Arguments<M[Name]>) => Promise<Result<M[Name]>>;
} & {
  /**
   * Runs one operation. An operation that spends money resolves to one of the four outcomes and throws only an `InputError`.
   * Every other operation resolves to its result or throws one of the four errors.
   */
  readonly call: <Name extends keyof M>(name: Name, ...call: Arguments<M[Name]>) => Promise<Result<M[Name]>>;
};

type KeyOf<Input> = Input extends unknown ? keyof Input : never;

/** Effects of the operations beyond the four methods that every page has. */
type Effects<M> = {
  readonly [Name in Exclude<keyof M, keyof Methods>]: M[Name] extends Operation<infer Input, unknown, infer E>
    ? E extends 'spends'
      ? 'id' extends KeyOf<Input>
        ? E
        : 'spends-without-id'
      : E
    : never;
};

/** Options of `createSmsc`. Credentials are not accepted: everyone who opens the page could read them. */
export type SmscOptions<M = Methods> = RelayTransportOptions & {
  /** Not accepted: the relay holds the credentials. */
  readonly login?: never;
  /** Not accepted: the relay holds the credentials. */
  readonly password?: never;
  /** Not accepted: the relay holds the credentials. */
  readonly apiKey?: never;
  /**
   * Creates the id of a message that has none. Default: random UUIDs of the platform, which browsers provide only on https and
   * localhost.
   */
  readonly createId?: (() => string) | undefined;
  /** Clock for the delays of `settle`. Default: the clock of the platform. */
  readonly clock?: Clock | undefined;
} & (Record<never, never> extends Effects<M>
    ? {
        /** Operations of the relay beyond `send`, `cost`, `status` and `balance`. Default: none. */
        readonly operations?: Effects<M> | undefined;
      }
    : {
        /**
         * Operations of the relay beyond `send`, `cost`, `status` and `balance`, each with its effect. An operation that
         * spends money and whose input has no `id` has the effect `spends-without-id`: its status cannot be requested.
         */
        readonly operations: Effects<M>;
      });
