import type { Effect, Operation } from '@smsc/protocol';
import type { CallResult, Client } from './client.ts';

type AnyOperation = Operation<never, unknown>;

/** An operation as a method. An input of which nothing is needed can be left out. */
type Method<Op, TransportOptions> =
  Op extends Operation<infer Input, infer Output, infer E extends Effect>
    ? Record<never, never> extends Input
      ? (input?: Input, options?: TransportOptions) => Promise<CallResult<Output, E, Input>>
      : (input: Input, options?: TransportOptions) => Promise<CallResult<Output, E, Input>>
    : never;

/** A client's operations as its methods. */
export type Bound<Operations, TransportOptions> = { readonly [Name in keyof Operations]: Method<Operations[Name], TransportOptions> };

/** Gives a client's calls names to be found by: `bind(client, { send, balance }).send(…)`. */
export function bind<Operations extends Readonly<Record<string, AnyOperation>>, TransportOptions>(
  client: Client<TransportOptions>,
  operations: Operations,
): Bound<Operations, TransportOptions> {
  const methods = Object.entries(operations).map(([name, operation]) => [
    name,
    (input: unknown = {}, options?: TransportOptions) => client.call(operation, input, options),
  ]);
  return Object.fromEntries(methods) as Bound<Operations, TransportOptions>;
}
