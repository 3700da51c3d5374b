/**
 * Simulator of the gateway, in the same process or as an HTTP server.
 *
 * @example
 * ```ts
 * import { createSmsc } from '@smsc/fetch';
 * import { startGateway } from '@smsc/simulator';
 *
 * const running = await startGateway();
 * const smsc = createSmsc({ login: 'demo', password: 'demo', host: running.url });
 * await smsc.send({ to: '380501234567', text: 'Ваш код: 4821' });
 * console.log(running.gateway.messages());
 * await running.close();
 * ```
 */
export { createGateway, type Gateway } from './gateway.ts';
export type { RequestCounts } from './request-handler.ts';
export { type RunningGateway, startGateway } from './server.ts';
export { gatewayTransport, type GatewayTransportOptions } from './transport.ts';
export type {
  AccountOptions,
  DeliveryDelays,
  ExportedFile,
  GatewayOptions,
  PortedNumber,
  RentableNumber,
  ServerOptions,
} from './options/options.ts';
export type { Push, PushEvent } from './push/queue.ts';
export type { Deliver, PushFields, PushRequest } from './push/request.ts';
export type { PushFormat, PushOptions, PushSignature } from './push/options.ts';
export type { IncomingOptions } from './events/received-messages.ts';
export type { ReceivedMessage } from './state/records.ts';
export type { GatewayReply, GatewayRequest, Pending } from './wire/http.ts';
export type { DeliveryOutcome, DeliveryOutcomes } from './options/delivery-outcomes.ts';
export type { MessageKind } from './params/kinds.ts';
export type { RequestLimits } from './options/limits.ts';
export type { Message, MessageFile, MessageState } from './state/message.ts';
export { defaultPrices, type PricedKind, type PriceTable } from './pricing/prices.ts';
export type { CallDialing } from './params/voice.ts';
