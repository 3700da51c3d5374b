import type { LedgerStore } from '@smsc/client';
import type { TestFramework } from '../contract.ts';
import type { LedgerCase } from './case.ts';
import { ledgerCases } from './cases.ts';
import { ledgerCaseTimeoutMs } from './run-case.ts';
import type { LedgerNeed, LedgerSubject } from './subject.ts';

/**
 * Declares one test for each case of the contract of ledger stores. If the subject has no `openAnother`, `kill`,
 * `failWrites` or `raw`, the cases that need it are not declared. The title of an extra test gives their number.
 *
 * @returns the titles of the cases that were not declared
 *
 * @example
 * ```ts
 * import { ledgerContract } from '@smsc/conformance/ledger';
 * import { describe, it } from 'vitest';
 *
 * ledgerContract({ describe, it }, 'my store', { open: (options) => createMyStore(options) });
 * ```
 */
export function ledgerContract<Store extends LedgerStore>(
  { describe, it }: TestFramework,
  name: string,
  subject: LedgerSubject<Store>,
): readonly string[] {
  const missingNeeds = ({ needs }: LedgerCase): readonly LedgerNeed[] =>
    needs.filter((need) => subject[need] === undefined);
  const isDeclared = (ledgerCase: LedgerCase): boolean => missingNeeds(ledgerCase).length === 0;
  const left = ledgerCases.filter((ledgerCase) => !isDeclared(ledgerCase));
  const missing = new Set(left.flatMap(missingNeeds));
  describe(`${name} keeps the contract of ledger stores`, () => {
    for (const { title, run } of ledgerCases.filter(isDeclared))
      it(title, () => run(subject), ledgerCaseTimeoutMs);
    if (left.length > 0)
      it(`${left.length} of ${ledgerCases.length} cases are not declared: the subject has no ${[...missing].join(', ')}`, () =>
        Promise.resolve());
  });
  return left.map(({ title }) => title);
}
