import { describe, expect, it } from 'vitest';
import { ledgerCases } from '../src/ledger.ts';
import { faults } from './ledger-faults.ts';
import { sharedSubject } from './shared-store.ts';

describe('the contract of ledger stores fails if', () => {
  it.each(faults.map((each) => [each.fault, each] as const))('%s', async (_, { create, titles }) => {
    const passed: string[] = [];
    for (const title of titles) {
      const ledgerCase = ledgerCases.find((each) => each.title === title);
      if (!ledgerCase) throw new Error(`no case has the title: ${title}`);
      await ledgerCase.run(sharedSubject(create)).then(
        () => passed.push(title),
        () => undefined,
      );
    }
    expect(titles.length).toBeGreaterThan(0);
    expect(passed).toEqual([]);
  });
});
