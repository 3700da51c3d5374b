/**
 * Client for web pages. It calls your relay, so that the page holds no credentials.
 *
 * @example
 * ```ts
 * import { createSmsc } from '@smsc/browser';
 *
 * const smsc = createSmsc({ relay: '/api/sms' });
 * const sent = await smsc.send({ to: '380501234567', text: 'Ваш код: 4821' }, { token });
 * if (sent.outcome === 'accepted') save(sent.id, sent.parts);
 * ```
 */
export { createSmsc } from './smsc.ts';
export type { PageSmsc, RelayCallOptions, RelayOperations, RelayOutcome, SmscOptions } from './smsc-types.ts';
export type { RelaySettleOptions } from './settle.ts';
export {
  type RelayAttemptOptions,
  RelayError,
  type RelayErrorDetails,
  relayTransport,
  type RelayTransportOptions,
} from './transport.ts';
export type { PageEffect, Refusal } from './relay-protocol.ts';
export type { Accepted, Clock, Found, NotSent, Rejected, Settled, Unknown } from '@smsc/client';
export type { Methods } from '@smsc/client/adapter';
export {
  GatewayError,
  InputError,
  type Issue,
  ReplyError,
  type SmscError,
  TransportError,
} from '@smsc/protocol';
