/**
 * The gateway's webhooks: delivery reports, incoming messages and confirmation calls.
 *
 * @example
 * ```ts
 * import { readCallback } from '@smsc/protocol/callbacks';
 *
 * // Reads a webhook that was received by POST.
 * export const readReport = (url: string, body: Uint8Array, secret: string) =>
 *   readCallback({ method: 'POST', url, body }, { secret });
 * ```
 */
export { type Callback, readCallback } from './callbacks/read-callback.ts';
export type { CallbackRequest } from './callbacks/request.ts';
export type { CallbackTrust, ReadCallbackOptions } from './callbacks/options.ts';
export type { SignatureAlgorithm } from './callbacks/signature.ts';
export type { DeliveryReport, HlrReport } from './callbacks/delivery-report.ts';
export type { ReceivedMessage } from './callbacks/received-message.ts';
export type { ConfirmationCall } from './callbacks/confirmation-call.ts';
export { CallbackError, type CallbackProblem } from './callbacks/error.ts';
export { InputError } from './core/errors.ts';
export { type CallbackStore, memoryStore } from './callbacks/store.ts';

export type { CallbackHandlerOptions } from './callbacks/handler.ts';
export {
  callbackHandler,
  type FetchCallbackHandlerOptions,
  type RequestLike,
  type ResponseClass,
} from './callbacks/fetch-handler.ts';
export {
  nodeCallbackHandler,
  type NodeRequestLike,
  type NodeResponseLike,
} from './callbacks/node-handler.ts';
