import type { Account } from './account.ts';
import { fingerprint } from './fingerprint.ts';
import type { GatewayState } from './gateway-state.ts';
import type { RequestWindows } from './sliding-windows.ts';
import type { Parameters } from '../wire/parameters.ts';

/** Account, gateway and current instant. Sending needs only this context, so that jobs can send without a request. */
export interface AccountContext {
  readonly gateway: GatewayState;
  readonly account: Account;
  /** Milliseconds since 1970. */
  readonly instant: number;
}

/** Authenticated request to an endpoint. */
export interface RequestContext extends AccountContext {
  readonly parameters: Parameters;
}

/** Returns the value of a parameter, or an empty text if the parameter is absent. */
export const valueOf = ({ parameters }: RequestContext, name: string): string =>
  parameters.values.get(name) ?? '';

/**
 * Counts a request toward a limit per minute. If the limit is reached, returns true and does not count the request.
 *
 * @param key requests with the same key are counted together. Default: identical requests
 */
export function exceedsLimit(
  context: RequestContext,
  limit: keyof RequestWindows,
  key: string = fingerprint(context.parameters),
): boolean {
  const window = context.account.windows[limit];
  if (window.isFull(key, context.instant)) return true;
  window.record(key, context.instant);
  return false;
}
