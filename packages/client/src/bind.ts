import type { Effect, Operation } from '@smsc/protocol';
import type { CallResult, Client } from './client.ts';
import type { CallOptions } from './call-options.ts';
import type { DocumentedOperations } from './documented-operations.ts';

type AnyOperation = Operation<never, unknown>;

/** An operation as a method. An input without required members can be left out. */
type Method<Op> =
  Op extends Operation<infer Input, infer Output, infer E extends Effect>
    ? Record<never, never> extends Input
      ? (input?: Input, options?: CallOptions) => Promise<CallResult<Output, E, Input>>
      : (input: Input, options?: CallOptions) => Promise<CallResult<Output, E, Input>>
    : never;

/** Operations as methods. Each method has the documentation of the member of `Operations` with the same name. */
export type MethodsOf<Operations> = { readonly [Name in keyof Operations]: Method<Operations[Name]> };

/** Names under which `Operations` and `@smsc/protocol` contain the same operation. */
type DocumentedNames<Operations> = {
  [Name in keyof Operations & keyof DocumentedOperations]: Operations[Name] extends DocumentedOperations[Name]
    ? Name
    : never;
}[keyof Operations & keyof DocumentedOperations];

/**
 * Operations as methods, under the names of `Operations`. A member written as `{ sendList }` has no documentation of
 * its own, so it gets the documentation of the operation with the same name.
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
