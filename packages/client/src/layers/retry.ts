import { pauseBefore } from '../backoff.ts';
import { Attempt, type Call, type Step } from '../call.ts';
import type { Clock } from '../clock.ts';
import { type Cancellation, sleep } from '../cancellation.ts';
import type { AttemptResult } from '../attempt-result.ts';
import type { RetryBudget } from '../retry-budget.ts';
import { isAskable } from '../recipients.ts';

/** How a call is repeated. */
export interface Repeating {
  readonly hosts: readonly string[];
  readonly quota: RetryBudget;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Makes attempts until one has come to something that would not be better the next time. */
export async function repeated(
  call: Call,
  most: number,
  attempt: Step,
  ending: Cancellation | undefined,
  { hosts, quota, clock, random }: Repeating,
): Promise<AttemptResult> {
  const spacedBy = call.hasId ? call.to.filter(isAskable) : undefined;
  let doubt: AttemptResult | undefined;
  for (;;) {
    call.host = hosts[call.attempts % hosts.length];
    call.attempts++;
    const fate = await attempt(new Attempt(call, ending, spacedBy));
    const { error, retryAfter, outcome, again } = fate;
    if (!error) return fate;
    // What may have been done by an earlier attempt is not undone by a later one.
    if (call.effect === 'idempotent' && outcome === 'unknown') doubt ??= fate;
    const pause =
      call.attempts > most || !again
        ? undefined
        : pauseBefore(call.attempts, retryAfter, clock.now(), random);
    if (pause === undefined || ending?.aborted || !quota.take() || !(await sleep(clock, pause, ending)))
      return doubt ?? fate;
  }
}
