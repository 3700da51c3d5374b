import type { CaseInWorld, LedgerCase } from './case.ts';
import { certaintyCases } from './cases/certainty.ts';
import { claimCases } from './cases/claims.ts';
import { contentCases } from './cases/content.ts';
import { diskCases } from './cases/disk.ts';
import { entryCases } from './cases/entries.ts';
import { fencingCases } from './cases/fencing.ts';
import { handOverCases } from './cases/hand-over.ts';
import { keepingCases } from './cases/keeping.ts';
import { openCases } from './cases/open.ts';
import { ownerCases } from './cases/owners.ts';
import { parallelCases } from './cases/parallel.ts';
import { recoverCases } from './cases/recover.ts';
import { sendCases } from './cases/sends.ts';
import { settleCases } from './cases/settle.ts';
import { slotCases } from './cases/slots.ts';
import { runInWorld } from './run-case.ts';

const all: readonly CaseInWorld[] = [
  ...claimCases,
  ...fencingCases,
  ...certaintyCases,
  ...openCases,
  ...keepingCases,
  ...entryCases,
  ...slotCases,
  ...ownerCases,
  ...sendCases,
  ...contentCases,
  ...parallelCases,
  ...handOverCases,
  ...settleCases,
  ...recoverCases,
  ...diskCases,
];

/** All cases of the contract of ledger stores. */
export const ledgerCases: readonly LedgerCase[] = all.map(({ title, needs = [], run }) => ({
  title,
  needs,
  run: (subject) => runInWorld(run, subject),
}));
