import { pauseBefore } from '../backoff.ts';
import { Attempt, type Call, type Step } from '../call.ts';
import type { Clock } from '../clock.ts';
import { type Ending, sleep } from '../ending.ts';
import type { Fate } from '../fate.ts';
import type { Quota } from '../quota.ts';
import { isAskable } from '../recipients.ts';

/** How a call is repeated. */
export interface Repeating {
  readonly hosts: readonly string[];
  readonly quota: Quota;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Makes attempts until one has come to something that would not be better the next time. */
export async function repeated(call: Call, most: number, attempt: Step, ending: Ending | undefined, { hosts, quota, clock, random }: Repeating): Promise<Fate> {
  const spacedBy = call.hasId ? call.to.filter(isAskable) : undefined;
  let doubt: Fate | undefined;
  for (;;) {
    call.host = hosts[call.attempts % hosts.length];
    call.attempts++;
    const fate = await attempt(new Attempt(call, ending, spacedBy));
    const { error, retryAfter, outcome, again } = fate;
    if (!error) return fate;
    // What may have been done by an earlier attempt is not undone by a later one.
    if (call.effect === 'settles' && outcome === 'unknown') doubt ??= fate;
    const pause = call.attempts > most || !again ? undefined : pauseBefore(call.attempts, retryAfter, clock.now(), random);
    if (pause === undefined || ending?.aborted || !quota.take() || !(await sleep(clock, pause, ending))) return doubt ?? fate;
  }
}
