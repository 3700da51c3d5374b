import { bind, type Bound, type Client, type ClientOptions, createClient } from '@smsc/client';
import type { Credentials, Operation } from '@smsc/protocol';
import * as methods from './methods.ts';
import { type CallOptions, fetchTransport, type FetchTransportOptions } from './transport.ts';

/** Who asks, and how. */
export type SmscOptions = Credentials & FetchTransportOptions & Omit<ClientOptions<CallOptions>, 'transport' | 'credentials'>;

type AnyOperation = Operation<never, unknown>;

/** A client with `send`, `cost`, `status` and `balance` as methods, those that were asked for, and `call` for any other. */
export type Smsc<More = unknown> = Bound<typeof methods, CallOptions> & Bound<More, CallOptions> & Client<CallOptions>;

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
 * @throws {TypeError} for a host, a limit or an option that cannot be meant
 */
export function createSmsc<More extends Readonly<Record<string, AnyOperation>> = Record<never, never>>(options: SmscOptions, more?: More): Smsc<More> {
  const { login, password, apiKey, fetch, host, timeoutMs, maxReplyBytes, format, charset, body, createId, ...unknown } = options;
  // A misspelt option must not silently do nothing.
  for (const name of Object.keys(unknown)) throw new TypeError(`createSmsc: ${name} is not an option`);
  const transport = fetchTransport({ fetch, host, timeoutMs, maxReplyBytes });
  // Whether these are credentials at all is checked with the first input, so that all complaints come at once.
  const credentials = { login, password, apiKey } as Credentials;
  const client = createClient<CallOptions>({ transport, credentials, format, charset, body, createId });
  return { ...bind(client, { ...methods, ...more }), call: client.call } as Smsc<More>;
}
