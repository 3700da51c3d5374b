import type { LedgerStore } from '@smsc/client';
import type { TestFramework } from '../contract.ts';
import type { LedgerCase } from './case.ts';
import { ledgerCases } from './cases.ts';
import { ledgerCaseTimeoutMs, missingNeeds, runLedgerCase } from './run-case.ts';
import type { LedgerSubject } from './subject.ts';

/**
 * Declares one test for each case of the contract of ledger stores. If the subject has no `openAnother`, `kill`,
 * `failWrites` or `raw`, the cases that need it are not declared, and the title of one more test counts them.
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
  const isDeclared = (ledgerCase: LedgerCase): boolean => missingNeeds(ledgerCase, subject).length === 0;
  const left = ledgerCases.filter((ledgerCase) => !isDeclared(ledgerCase));
  const missing = new Set(left.flatMap((ledgerCase) => missingNeeds(ledgerCase, subject)));
  describe(`${name} keeps the contract of ledger stores`, () => {
    for (const ledgerCase of ledgerCases.filter(isDeclared))
      it(ledgerCase.title, () => runLedgerCase(ledgerCase, subject), ledgerCaseTimeoutMs);
    if (left.length > 0)
      it(`${left.length} of ${ledgerCases.length} cases are not declared: the subject has no ${[...missing].join(', ')}`, () =>
        Promise.resolve());
  });
  return left.map(({ title }) => title);
}
