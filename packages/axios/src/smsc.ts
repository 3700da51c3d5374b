import {
  createSmscOver,
  type NoReservedNames,
  type Operations,
  type ReadyOptions,
  type Smsc,
} from '@smsc/client/adapter';
import { axiosChecks, overAxios, type AxiosTransportOptions } from './transport.ts';

/** Options of `createSmsc`: the credentials, the client's options and the transport's options. */
export type SmscOptions = ReadyOptions & Omit<AxiosTransportOptions, 'host'>;

/**
 * Creates a client of the gateway. Without credentials in the options it reads the environment: SMSC_API_KEY, or
 * SMSC_LOGIN and SMSC_PASSWORD.
 *
 * @example
 * ```ts
 * const smsc = createSmsc({ apiKey });
 * const sent = await smsc.send({ to: '380501234567', text: 'Ваш код: 4821' });
 *
 * const more = createSmsc({ apiKey }, { sendList });          // adds operations as methods
 * const quote = await smsc.call(costList, { messages });      // calls an operation without adding it
 * ```
 *
 * @param more operations to add as methods, by method name
 * @throws {InputError} for invalid options, for missing credentials, and for a method name that the client already has
 */
export const createSmsc = <More extends Operations = Record<never, never>>(
  options: SmscOptions = {},
  more?: More & NoReservedNames,
): Smsc<More> => createSmscOver(options, more, overAxios, axiosChecks);
