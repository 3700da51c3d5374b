import { createMemoryStore } from '@smsc/client';
import { describe, expect, it } from 'vitest';
import { ledgerCases, ledgerContract } from '../src/ledger.ts';
import { sharedSubject } from './shared-store.ts';

const left = ledgerContract({ describe, it }, 'the store in memory', { open: createMemoryStore });
const leftByShared = ledgerContract({ describe, it }, 'a store with several owners', sharedSubject());

describe('the contract of ledger stores', () => {
  it('declares the cases that the subject makes possible, and returns the titles of the others', () => {
    expect(leftByShared).toEqual([]);
    expect(left).toEqual(ledgerCases.filter(({ needs }) => needs.length > 0).map(({ title }) => title));
    const titles: string[] = [];
    const framework = {
      describe: (_: string, body: () => void) => body(),
      it: (title: string) => titles.push(title),
    };
    ledgerContract(framework, 'x', { open: createMemoryStore });
    expect(titles).toHaveLength(ledgerCases.length - left.length + 1);
    expect(titles.at(-1)).toBe(
      `${left.length} of ${ledgerCases.length} cases are not declared: the subject has no openAnother, kill, raw, failWrites`,
    );
  });

  it('has no two cases with the same title', () => {
    expect(new Set(ledgerCases.map(({ title }) => title)).size).toBe(ledgerCases.length);
  });
});
