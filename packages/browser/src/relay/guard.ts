import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';
import { RefusalError } from './refusal.ts';
import { type Timeout, withTimeout } from './with-timeout.ts';

/** Request that a guard decides about. */
export interface GuardRequest {
  /** Name under which the limits count the visitor. */
  readonly visitor: string;
  /** Address of the visitor, as the server knows it. */
  readonly address: string | undefined;
  /** Name of the operation in the relay's options. */
  readonly operation: string;
  /** Members that the page gave, all of them listed. Members that the relay sets are not included. */
  readonly input: UnknownRecord;
  /** Token that the page gave for the guard, such as a captcha response. */
  readonly token: string | undefined;
  /** Headers of the request. */
  readonly headers: Headers;
  /** Aborts when nobody waits for the call any more. */
  readonly signal: AbortSignal;
}

/**
 * Decision of a guard. Only `true` and `add` allow a call, so a guard without a `return` refuses it.
 *
 * - `add`: members to add to the input, such as `{ visitor: { ip: request.address } }`. They may replace members of the page
 *   and of the relay, except for the page's `id`, `to` and `messages`: the page needs these to request the status of a send.
 * - `refuse`: the reason, as a text for the page.
 */
export type GuardDecision = boolean | { readonly add: UnknownRecord } | { readonly refuse: string };

/** Decides about each call whose operation and members are listed and whose input is valid. */
export type Guard = (request: GuardRequest) => GuardDecision | Promise<GuardDecision>;

/**
 * Asks the guard. Resolves to the members that it adds to the input.
 *
 * @throws {RefusalError} if the guard refuses, fails, or does not decide in time
 */
export async function askGuard(
  guard: Guard | undefined,
  request: GuardRequest,
  timeout: Omit<Timeout, 'signal'>,
): Promise<UnknownRecord> {
  if (!guard) return {};
  const failed = (): RefusalError =>
    new RefusalError('unavailable', 'the guard failed or did not respond in time');
  let decision: unknown;
  try {
    const deciding = (async () => guard(request))();
    decision = await withTimeout(deciding, { ...timeout, signal: request.signal }, failed);
  } catch {
    // The page must not learn what the guard threw.
    throw failed();
  }
  if (decision === true) return {};
  const { add, refuse }: UnknownRecord = isPlain(decision) ? { __proto__: null, ...decision } : {};
  if (isPlain(add) && refuse === undefined) return { ...add };
  throw new RefusalError('guard', typeof refuse === 'string' ? refuse : 'the guard refused the call');
}
