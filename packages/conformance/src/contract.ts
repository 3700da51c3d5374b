import { cases } from './cases.ts';
import { caseTimeoutMs, runCase } from './run-case.ts';
import type { Subject } from './subject.ts';

/** Functions that declare tests: `describe` and `it` of vitest, node:test, Jest or Mocha. */
export interface TestFramework {
  /** Declares a group of tests. */
  readonly describe: (name: string, body: () => void) => unknown;
  /** Declares one test. `timeoutMs` is the time limit of the test. Frameworks without such a parameter ignore it. */
  readonly it: (name: string, body: () => Promise<void>, timeoutMs?: number) => unknown;
}

/**
 * Declares one test for each case of the transport contract.
 *
 * @example
 * ```ts
 * import { contract } from '@smsc/conformance';
 * import { describe, it } from 'vitest';
 *
 * contract({ describe, it }, 'my transport', { transport: (options) => myTransport(options) });
 * ```
 */
export function contract({ describe, it }: TestFramework, name: string, subject: Subject): void {
  const { deviations = {} } = subject;
  describe(`${name} keeps the contract`, () => {
    for (const contractCase of cases) {
      const { title, outcome } = contractCase;
      it(
        `${title}: ${deviations[title]?.outcome ?? outcome}`,
        async () => {
          const { failures } = await runCase(contractCase, subject);
          if (failures.length > 0) throw new Error(failures.join('; '));
        },
        caseTimeoutMs(contractCase),
      );
    }
    it('each known deviation names a case', () => {
      const unknownTitles = Object.keys(deviations).filter(
        (title) => !cases.some((contractCase) => contractCase.title === title),
      );
      return unknownTitles.length > 0
        ? Promise.reject(new Error(`no case has the title: ${unknownTitles.join(', ')}`))
        : Promise.resolve();
    });
  });
}
