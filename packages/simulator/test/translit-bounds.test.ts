import { measure, translitBounds, transliterationTables, truncate } from '@smsc/protocol';
import fc from 'fast-check';
import { cyrillicText } from '@smsc/testing/arbitraries';
import { describe, expect, it } from 'vitest';
import { splitIntoParts, limitParts } from '../src/pricing/text-parts.ts';
import { transliterate } from '../src/pricing/transliteration.ts';

const text = cyrillicText(500);

describe('the simulator and the protocol package', () => {
  it('split a text into the same number of SMS', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (text, most) => {
        expect(truncate(text, most)).toBe(limitParts(text, most));
      }),
      { numRuns: 3000 },
    );
  });

  it('transliterate by tables of their own, and the simulator stays within the bounds of the protocol', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(1, 2), (text, mode) => {
        const { least, most } = translitBounds(text, transliterationTables[mode]);
        const parts = text === '' ? 0 : splitIntoParts(transliterate(text, mode)).texts.length;
        expect(parts).toBeGreaterThanOrEqual(least.parts);
        expect(parts).toBeLessThanOrEqual(most.parts);
        expect(measure(transliterate(text, mode)).parts).toBe(parts);
      }),
      { numRuns: 3000 },
    );
  });
});
