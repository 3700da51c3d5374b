import fc from 'fast-check';
import { cyrillicText } from '@smsc/testing/arbitraries';
import { describe, expect, it } from 'vitest';
import {
  type InputError,
  measure,
  transliterate,
  translitBounds,
  transliterationTables,
  type TranslitTable,
} from '../src/index.ts';

describe('transliterate', () => {
  // Source: the gateway's page for sending, `translit`. It shows only these two words.
  it('matches the two documented examples', () => {
    expect(transliterate('транслит', transliterationTables[1])).toBe('translit');
    expect(transliterate('транслит', transliterationTables[2])).toBe('mpaHc/Ium');
  });

  it('marks its tables as assumed', () => {
    expect([transliterationTables[1].assumed, transliterationTables[2].assumed]).toEqual([true, true]);
  });

  it('writes every Russian, Ukrainian and Belarusian letter in GSM-7, and keeps capitals', () => {
    for (const letter of 'абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя') {
      for (const each of [letter, letter.toUpperCase()])
        for (const table of [transliterationTables[1], transliterationTables[2]])
          expect(measure(transliterate(each, table)).encoding).toBe('gsm-7');
    }
    expect(transliterate('Щастя Юлії', transliterationTables[1])).toBe('Schastya Yuliyi');
  });

  it('keeps all other characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        fc.pre(!/[\u0400-\u04ff]/.test(text));
        expect(transliterate(text, transliterationTables[1])).toBe(text);
      }),
    );
  });

  it('accepts a custom table, and ignores its prototype', () => {
    const table: TranslitTable = { letters: { ж: 'j' }, assumed: false };
    expect(transliterate('жук constructor', table)).toBe('jук constructor');
  });

  it('reports all invalid letters of a table', () => {
    const letters = { зг: 'zgh', '😀': ':)', ж: 7, з: 'z' } as unknown as TranslitTable['letters'];
    try {
      transliterate('x', { letters, assumed: false });
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).issues.map(({ path }) => path)).toEqual([
        'table.letters.зг',
        'table.letters.😀',
        'table.letters.ж',
      ]);
    }
  });
});

describe('translitBounds', () => {
  const texts = cyrillicText(400);

  it('contain the result of the table, and of every table within its spans', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(1, 2), fc.infiniteStream(fc.nat()), (text, which, numbers) => {
        const table = transliterationTables[which];
        const { least, most } = translitBounds(text, table);
        const other = Object.fromEntries(
          Object.keys(table.letters).map((letter) => {
            const [from, to] = table.spans![letter]!;
            return [letter, 'z'.repeat(from + (numbers.next().value % (to - from + 1)))];
          }),
        );
        for (const letters of [table.letters, other]) {
          const { parts } = measure(transliterate(text, { letters, assumed: true }));
          expect(parts).toBeGreaterThanOrEqual(least.parts);
          expect(parts).toBeLessThanOrEqual(most.parts);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('are equal if there is nothing to transliterate', () => {
    const { least, most } = translitBounds('Hello', transliterationTables[1]);
    expect([least.parts, most.parts]).toEqual([1, 1]);
  });

  it('count a letter that the table lacks as at least one septet, and as UCS-2 at most', () => {
    const { least, most } = translitBounds('қазақша', transliterationTables[1]);
    expect([least.encoding, most.encoding]).toEqual(['gsm-7', 'ucs-2']);
  });

  it('are computed in linear time for ten million letters', () => {
    expect(translitBounds('щ'.repeat(10_000_000), transliterationTables[1]).most.units).toBe(40_000_000);
    expect(transliterate('щ'.repeat(10_000_000), transliterationTables[1])).toHaveLength(30_000_000);
  });
});
