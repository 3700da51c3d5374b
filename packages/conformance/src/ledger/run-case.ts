import type { CaseInWorld } from './case.ts';
import { CaseClock } from './clock.ts';
import type { LedgerSubject } from './subject.ts';
import { LedgerWorld } from './world.ts';

/** Maximum real time of a case, in milliseconds. */
const caseLimitMs = 20_000;
/** Time limit of the test of a case, in milliseconds. */
export const ledgerCaseTimeoutMs: number = caseLimitMs + 10_000;

/** Runs one case with a store. */
export async function runInWorld(run: CaseInWorld['run'], subject: LedgerSubject): Promise<void> {
  let fail: (problem: string) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = (problem) => reject(new Error(problem))));
  failed.catch(() => undefined);
  const clock = new CaseClock(() => fail('a call waits forever'));
  const timer = setTimeout(() => fail(`the case did not end within ${caseLimitMs} ms`), caseLimitMs);
  const world = new LedgerWorld(subject, clock);
  const open = async (): Promise<void> => {
    await world.open();
    await run(world);
    if (world.gateway.chargedTwice) throw new Error('the same message was charged twice');
  };
  try {
    await Promise.race([open(), failed]);
  } finally {
    clearTimeout(timer);
    await world.end();
  }
}
