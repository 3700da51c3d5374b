import type { Clock } from '@smsc/client';
import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';
import { Refused } from './refused.ts';
import { within } from './within.ts';

/** Who wants what. */
export interface GuardRequest {
  /** By what the limits count. */
  readonly visitor: string;
  /** The visitor's address, as the server knows it. */
  readonly address: string | undefined;
  /** The name that the operation is listed under. */
  readonly operation: string;
  /** What the page gave: listed members, and nothing that the relay sets. */
  readonly input: UnknownRecord;
  /** What the page gave for the guard, such as a captcha's answer. */
  readonly token: string | undefined;
  readonly headers: Headers;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

/**
 * What a guard says. Only `true` and `add` let a call pass, so that a forgotten `return` does not.
 *
 * - `add`: members for the input, such as `{ visitor: { ip: visit.address } }`. They have the last word, but for `to`,
 *   `messages` and `id` that the page gave: by these it finds out what became of a send.
 * - `refuse`: why not, in words for the page.
 */
export type Verdict = boolean | { readonly add: UnknownRecord } | { readonly refuse: string };

/** Decides about every call, once it is known to be one that is listed, and valid. */
export type Guard = (visit: GuardRequest) => Verdict | Promise<Verdict>;

/** Asks the guard, for so long. What it adds to the input. */
export async function ask(
  guard: Guard | undefined,
  visit: GuardRequest,
  clock: Clock,
  timeoutMs: number,
): Promise<UnknownRecord> {
  if (!guard) return {};
  const late = (): Refused => new Refused('unavailable', 'the guard did not answer');
  let verdict: unknown;
  try {
    verdict = await within(clock, timeoutMs, visit.signal, (async () => guard(visit))(), late);
  } catch {
    // What it threw is the server's own business.
    throw late();
  }
  if (verdict === true) return {};
  const { add, refuse: why }: UnknownRecord = isPlain(verdict) ? { __proto__: null, ...verdict } : {};
  if (isPlain(add) && why === undefined) return { ...add };
  throw new Refused('guard', typeof why === 'string' ? why : 'the guard said no');
}
