export { createRelay } from './relay/create-relay.ts';
export type { MenuOf, Relay } from './relay/menu.ts';
export type { RelayContext } from './relay/context.ts';
export type { Offer, OfferInput, Offers, RelayClient } from './relay/offer.ts';
export type { RelayOptions } from './relay/options.ts';
export type { Guard, Verdict, Visit } from './relay/guard.ts';
export type { Limit, Limits } from './relay/limits.ts';
export { type NodeHandlerOptions, nodeHandler, type NodeRequest, type NodeResponse } from './relay/node-handler.ts';
