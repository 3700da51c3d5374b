/**
 * Tests of the contract between a client and the store of its ledger, for authors of stores. Needs `@smsc/client`.
 *
 * @example
 * ```ts
 * import { ledgerContract } from '@smsc/conformance/ledger';
 * import { describe, it } from 'node:test';
 *
 * ledgerContract({ describe, it }, 'my store', { open: (options) => createMyStore(options) });
 * ```
 */
export { type LedgerCase } from './ledger/case.ts';
export { ledgerCases } from './ledger/cases.ts';
export { ledgerContract } from './ledger/contract.ts';
export { type LedgerNeed, type LedgerOpening, type LedgerSubject } from './ledger/subject.ts';
