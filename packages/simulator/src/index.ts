export { createGateway, type Gateway, type RequestCounts } from './gateway.ts';
export { type RunningGateway, startGateway } from './server.ts';
export { gatewayTransport, type GatewayTransportOptions } from './transport.ts';
export type {
  AccountOptions,
  Delivery,
  Download,
  GatewayOptions,
  PortedNumber,
  RentableNumber,
  ServerOptions,
} from './options/options.ts';
export type { Push, PushEvent } from './push/queue.ts';
export type { Deliver, PushFields, PushRequest } from './push/body.ts';
export type { PushFormat, PushOptions, PushSignature } from './push/target.ts';
export type { IncomingOptions } from './events/incoming.ts';
export type { Incoming } from './state/records.ts';
export type { GatewayReply, GatewayRequest, Pending } from './wire/request.ts';
export type { DeliveryOutcome, DeliveryOutcomes } from './options/delivery-outcomes.ts';
export type { Kind } from './params/kinds.ts';
export type { Limits } from './options/limits.ts';
export type { Message, State } from './state/message.ts';
export { defaultPrices, type Priced, type PriceTable } from './pricing/prices.ts';
export type { Dialing } from './params/voice.ts';
