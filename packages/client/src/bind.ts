import type { Effect, Operation } from '@smsc/protocol';
import type { CallResult, Client } from './client.ts';
import type { CallOptions } from './call-options.ts';
import type { DocumentedOperations } from './documented-operations.ts';

type AnyOperation = Operation<never, unknown>;

/** An operation as a method. The input can be left out if it has no required members. */
type Method<Op> =
  Op extends Operation<infer Input, infer Output, infer E extends Effect>
    ? Record<never, never> extends Input
      ? (input?: Input, options?: CallOptions) => Promise<CallResult<Output, E, Input>>
      : (input: Input, options?: CallOptions) => Promise<CallResult<Output, E, Input>>
    : never;

/** Operations as methods, each with the documentation of its member. */
export type MethodsOf<Operations> = { readonly [Name in keyof Operations]: Method<Operations[Name]> };

/** Names that stand for the same operation in `@smsc/protocol`. */
type DocumentedNames<Operations> = {
  [Name in keyof Operations & keyof DocumentedOperations]: Operations[Name] extends DocumentedOperations[Name]
    ? Name
    : never;
}[keyof Operations & keyof DocumentedOperations];

/**
 * Operations as methods, under the names of `Operations`. A member that is written `{ sendList }` has no documentation of its
 * own, so that of the operation with the same name is added.
 */
export type Bound<Operations> = {
  readonly [Name in keyof (Operations & Pick<DocumentedOperations, DocumentedNames<Operations>>)]: Method<
    Operations[Name & keyof Operations]
  >;
};

/** Binds operations to a client: `bind(client, { send, balance })` has the methods `send` and `balance`. */
export function bind<Operations extends Readonly<Record<string, AnyOperation>>>(
  client: Pick<Client, 'call'>,
  operations: Operations,
): Bound<Operations> {
  const methods = Object.entries(operations).map(([name, operation]) => [
    name,
    (input: unknown = {}, options?: CallOptions) => client.call(operation, input as never, options),
  ]);
  return Object.fromEntries(methods) as Bound<Operations>;
}
