export { createRelay } from './relay/create-relay.ts';
export type { MenuOf, Relay } from './relay/menu.ts';
export type { RelayContext } from './relay/context.ts';
export type { AllowedOperation, OfferInput, Offers, RelayClient } from './relay/offer.ts';
export type { RelayOptions } from './relay/options.ts';
export type { Guard, Verdict, GuardRequest } from './relay/guard.ts';
export type { Limit, VisitorLimits } from './relay/limits.ts';
export {
  type NodeHandlerOptions,
  nodeHandler,
  type NodeRequest,
  type NodeResponse,
} from './relay/node-handler.ts';
