import type { AttemptResult } from '../attempt-result.ts';
import { type AttemptStep, type Call } from '../call.ts';
import { pauseBefore } from '../state/backoff.ts';
import { sleep } from '../state/cancellation.ts';
import type { Clock } from '../state/clock.ts';
import type { RetryBudget } from '../state/retry-budget.ts';

/** Settings of retries. */
export interface RetrySettings {
  readonly hosts: readonly string[];
  readonly retryBudget: RetryBudget;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Makes attempts, each to the next host, until one succeeds or another attempt would not help. */
export async function runAttempts(
  call: Call,
  maxRetries: number,
  attempt: AttemptStep,
  { hosts, retryBudget, clock, random }: RetrySettings,
): Promise<AttemptResult> {
  const { cancellation, effect } = call;
  let firstUnknown: AttemptResult | undefined;
  for (;;) {
    call.host = hosts[call.attempts % hosts.length];
    call.attempts++;
    const result = await attempt({ call, cancellation, isLate: undefined, pending: undefined });
    if (!result.error) return result;
    // Keep the first unknown result: its attempt may have taken effect, even if a later attempt is rejected.
    if (effect === 'idempotent' && result.outcome === 'unknown') firstUnknown ??= result;
    const pause =
      result.canRetry && call.attempts <= maxRetries
        ? pauseBefore(call.attempts, result.reply, clock.now(), random)
        : undefined;
    const isLast = pause === undefined || cancellation?.aborted || !retryBudget.take();
    if (isLast || !(await sleep(clock, pause, cancellation))) return firstUnknown ?? result;
  }
}
