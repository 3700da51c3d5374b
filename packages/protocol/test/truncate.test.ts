import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, measure, segment, type SegmentOptions, truncate } from '../src/index.ts';

const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', 'b', ' ', '€', '{'),
    fc.constantFrom('a', 'ї', '👋', '👨‍👩‍👧', '\r\n', '\u0301'),
  ),
  maxLength: 600,
});
const latin = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '€', '{', '\r\n'), maxLength: 900 });
const options: fc.Arbitrary<SegmentOptions> = fc.record(
  { reference: fc.constantFrom(8, 16), keep: fc.constantFrom('graphemes') },
  { requiredKeys: [] },
);

describe('truncate', () => {
  it('returns the longest prefix that fits', () => {
    fc.assert(
      fc.property(fc.oneof(texts, latin), fc.integer({ min: 1, max: 6 }), options, (text, most, options) => {
        const { encoding, parts } = segment(text, options);
        const left = truncate(text, most, options);
        expect(text.startsWith(left)).toBe(true);
        if (parts.length <= most) {
          expect(left).toBe(text);
          return;
        }
        // A UCS-2 text is cut as UCS-2, even if the part that is kept would fit GSM-7.
        const asUcs2 =
          encoding === 'ucs-2' && measure(left).encoding === 'gsm-7'
            ? { units: left.length, most: most === 1 ? 70 : most * (options.reference === 16 ? 66 : 67) }
            : undefined;
        if (asUcs2) expect(asUcs2.units).toBeLessThanOrEqual(asUcs2.most);
        else expect(measure(left, options).parts).toBeLessThanOrEqual(most);
        const next = options.keep
          ? [...new Intl.Segmenter('und').segment(text.slice(left.length))][0]!.segment
          : String.fromCodePoint(text.codePointAt(left.length)!);
        // Only a text that the cut has turned into GSM-7 could hold more characters.
        if (!asUcs2 && left !== '') expect(measure(left + next, options).parts).toBeGreaterThan(most);
      }),
      { numRuns: 5000 },
    );
  });

  it('keeps 160 or 70 units of a single part, and 153 or 67 units of each of several parts', () => {
    expect(truncate('a'.repeat(500), 1)).toHaveLength(160);
    expect(truncate('a'.repeat(500), 2)).toHaveLength(306);
    expect(truncate('ї'.repeat(500), 1)).toHaveLength(70);
    expect(truncate('ї'.repeat(500), 2)).toHaveLength(134);
  });

  it('splits no surrogate pair and no escape sequence', () => {
    expect(truncate('👋'.repeat(50), 1)).toBe('👋'.repeat(35));
    expect(truncate(`ї${'👋'.repeat(50)}`, 1)).toBe(`ї${'👋'.repeat(34)}`);
    expect(truncate(`a${'€'.repeat(100)}`, 1)).toBe(`a${'€'.repeat(79)}`);
  });

  it('cuts in the encoding of the whole text', () => {
    expect(truncate(`${'a'.repeat(100)}ї`, 1)).toBe('a'.repeat(70));
  });

  it.each([0, 256, -1, 1.5, Number.NaN, '2'])('rejects %s parts', (most) => {
    expect(() => truncate('a', most as number)).toThrow(InputError);
  });

  it('truncates ten million characters in linear time', () => {
    expect(truncate('👋'.repeat(5_000_000), 3)).toHaveLength(198);
    expect(truncate('a€'.repeat(5_000_000), 1)).toHaveLength(107);
  });
});
