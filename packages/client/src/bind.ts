import type { Effect, Operation } from '@smsc/protocol';
import type { CallResult, Client } from './client.ts';
import type { CallOptions } from './options.ts';

type AnyOperation = Operation<never, unknown>;

/** An operation as a method. An input of which nothing is needed can be left out. */
type Method<Op> =
  Op extends Operation<infer Input, infer Output, infer E extends Effect>
    ? Record<never, never> extends Input
      ? (input?: Input, options?: CallOptions) => Promise<CallResult<Output, E, Input>>
      : (input: Input, options?: CallOptions) => Promise<CallResult<Output, E, Input>>
    : never;

/** A client's operations as its methods. */
export type Bound<Operations> = { readonly [Name in keyof Operations]: Method<Operations[Name]> };

/** Gives a client's calls names to be found by: `bind(client, { send, balance }).send(…)`. */
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
