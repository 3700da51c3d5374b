import { anything, type AttemptOptions, bind, type Bound, type Client, clientChecks, type ClientOptions, createClient } from '@smsc/client';
import { type Credentials, InputError, type Operation, readOptions } from '@smsc/protocol';
import { type Methods, methods } from './methods.ts';
import { fetchChecks, fetchTransport, type FetchTransportOptions } from './transport.ts';

/** Who asks, and how. */
export type SmscOptions = Credentials & FetchTransportOptions & Omit<ClientOptions<AttemptOptions>, 'transport' | 'credentials'>;

type AnyOperation = Operation<never, unknown>;

/** A client with `send`, `cost`, `status` and `balance` as methods, those that were asked for, and `call` for any other. */
export type Smsc<More = unknown> = Bound<Methods, AttemptOptions> & Bound<More, AttemptOptions> & Client<AttemptOptions>;

/** Names that further operations cannot have. */
type Free = { readonly [Taken in keyof Methods | 'call']?: never };

/**
 * A ready client of the gateway.
 *
 * ```ts
 * const smsc = createSmsc({ apiKey });
 * const sent = await smsc.send({ to: '380501234567', text: 'Ваш код: 4821' });
 *
 * const more = createSmsc({ apiKey }, { sendList });          // further operations as methods
 * const quote = await smsc.call(costList, { messages });      // or without
 * ```
 *
 * @param more operations that are to be methods as well, under these names
 * @throws {InputError} for options that cannot be meant, and for a name that is taken
 */
export function createSmsc<More extends Readonly<Record<string, AnyOperation>> = Record<never, never>>(options: SmscOptions, more?: More & Free): Smsc<More> {
  const checks = { login: anything, password: anything, apiKey: anything, ...fetchChecks, ...clientChecks };
  const { login, password, apiKey, fetch, host, timeoutMs, maxReplyBytes, ...rest } = readOptions('createSmsc', options, checks);
  const transport = fetchTransport({ fetch, host, timeoutMs, maxReplyBytes });
  // Whether these are credentials at all is checked with the first input, so that all complaints come at once.
  const credentials = { login, password, apiKey } as Credentials;
  const client = createClient<AttemptOptions>({ ...rest, transport, credentials });
  const usual = { ...bind(client, { ...methods }), call: client.call };
  const further = bind(client, { ...more });
  const taken = Object.keys(further).filter((name) => Object.hasOwn(usual, name));
  if (taken.length > 0) throw new InputError('createSmsc', taken.map((path) => ({ path, message: 'is a method already' })));
  return { ...usual, ...further } as unknown as Smsc<More>;
}
