import type { LedgerCase } from './case.ts';
import { CaseClock } from './clock.ts';
import type { LedgerNeed, LedgerSubject } from './subject.ts';
import { LedgerWorld } from './world.ts';

/** Maximum real time of a case, in milliseconds. */
const caseLimitMs = 20_000;
/** Time limit of the test of a case, in milliseconds. */
export const ledgerCaseTimeoutMs: number = caseLimitMs + 10_000;

/** Returns the members of the subject that a case needs and that are missing. */
export const missingNeeds = ({ needs = [] }: LedgerCase, subject: LedgerSubject): readonly LedgerNeed[] =>
  needs.filter((need) => subject[need] === undefined);

/**
 * Runs one case with a store.
 *
 * @throws {Error} if the store fails the case; the message says what was expected and what was found
 */
export async function runLedgerCase(ledgerCase: LedgerCase, subject: LedgerSubject): Promise<void> {
  let fail: (problem: string) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = (problem) => reject(new Error(problem))));
  failed.catch(() => undefined);
  const clock = new CaseClock(() => fail('a call waits for ever'));
  const timer = setTimeout(() => fail(`the case did not end within ${caseLimitMs} ms`), caseLimitMs);
  const world = new LedgerWorld(subject, clock);
  const run = async (): Promise<void> => {
    await world.open();
    await ledgerCase.run(world);
  };
  try {
    await Promise.race([run(), failed]);
  } finally {
    clearTimeout(timer);
    await world.end();
  }
}
