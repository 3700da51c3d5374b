import {
  createSmscOver,
  type NoReservedNames,
  type Operations,
  type ReadyOptions,
  type Smsc,
} from '@smsc/client/adapter';
import { axiosChecks, overAxios, type AxiosTransportOptions } from './transport.ts';

/** Who asks, and how. */
export type SmscOptions = ReadyOptions & Omit<AxiosTransportOptions, 'host'>;

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
export const createSmsc = <More extends Operations = Record<never, never>>(
  options: SmscOptions = {},
  more?: More & NoReservedNames,
): Smsc<More> => createSmscOver(options, more, overAxios, axiosChecks);
