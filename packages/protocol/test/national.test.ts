import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  InputError,
  type NationalLanguage,
  measure,
  national,
  segment,
  type SegmentOptions,
  truncate,
} from '../src/index.ts';
import { nationalTables } from '../src/segments/national/national-tables.ts';
import vectors from './vectors/national-tables.json' with { type: 'json' };

type Table = ReadonlyMap<string, number>;

/** Returns the characters of a table in the vectors. */
const charactersOf = (rows: readonly string[]): readonly string[] =>
  rows.flatMap((row) =>
    row
      .split(' ')
      .flatMap((cell) =>
        cell === '--' || cell === '001B' ? [] : [String.fromCharCode(Number.parseInt(cell, 16))],
      ),
  );

const languages = Object.keys(vectors.languages) as NationalLanguage[];
const inVectors = (
  language: NationalLanguage,
): { id: number; single: readonly string[]; locking?: readonly string[] } => vectors.languages[language];

const basic = Array.from(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = Array.from('\f^{}\\[~]|€');

const lockings = new Map<NationalLanguage | undefined, readonly string[]>([[undefined, basic]]);
const singles = new Map<NationalLanguage | undefined, readonly string[]>([[undefined, extended]]);
for (const language of languages) {
  const { single, locking } = inVectors(language);
  singles.set(language, charactersOf(single));
  if (locking) lockings.set(language, charactersOf(locking));
}

interface TablePair {
  readonly locking: NationalLanguage | undefined;
  readonly single: NationalLanguage | undefined;
  readonly tables: number;
  readonly widths: Table;
}

/** Every pair of tables: 14 single shift tables, and 13 locking shift tables because Spanish has none. */
const tablePairs: readonly TablePair[] = [...lockings].flatMap(([locking, first]) =>
  [...singles].map(([single, second]) => ({
    locking,
    single,
    tables: Number(!!locking) + Number(!!single),
    widths: new Map([
      ...second.map((character) => [character, 2] as const),
      ...first.map((character) => [character, 1] as const),
    ]),
  })),
);

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Counts parts and septets of a text with a pair of tables, in a slow and obvious way. Returns `undefined` if the tables lack a character. */
function countSlowly(
  text: string,
  { tables, widths }: TablePair,
  { reference = 8, keep }: SegmentOptions,
): { parts: number; units: number } | undefined {
  const characters = Array.from({ length: text.length }, (_, at) => text[at]!);
  if (!characters.every((character) => widths.has(character))) return undefined;
  const unitsOf = (part: string): number =>
    Array.from({ length: part.length }, (_, at) => widths.get(part[at]!)!).reduce(
      (sum, each) => sum + each,
      0,
    );
  const septets = (octets: number): number => Math.floor(((140 - octets) * 8) / 7);
  const units = unitsOf(text);
  if (units <= septets(tables > 0 ? 1 + tables * 3 : 0)) return { parts: units > 0 ? 1 : 0, units };
  const among = septets(1 + tables * 3 + (reference === 8 ? 5 : 6));
  let parts = 0;
  for (let rest = text; rest !== ''; parts++) {
    const take = (atoms: readonly string[]): number => {
      let length = 0;
      let used = 0;
      for (const atom of atoms) {
        used += unitsOf(atom);
        if (used > among) break;
        length += atom.length;
      }
      return length;
    };
    const whole = keep ? take(Array.from(graphemes.segment(rest.slice(0, 300)), (each) => each.segment)) : 0;
    rest = rest.slice(whole || take(Array.from(rest.slice(0, 300))));
  }
  return { parts, units };
}

const options: fc.Arbitrary<SegmentOptions> = fc.record(
  { reference: fc.constantFrom(8, 16), keep: fc.constantFrom('graphemes') },
  { requiredKeys: [] },
);

/** Texts in one or two languages. Most of the texts can be encoded with some pair of tables. */
const texts = fc
  .tuple(
    fc.constantFrom(...lockings.keys()),
    fc.constantFrom(...singles.keys()),
    fc.integer({ min: 1, max: 12 }),
  )
  .chain(([locking, single, often]) =>
    fc.string({
      unit: fc.oneof(
        { arbitrary: fc.constantFrom(...lockings.get(locking)!), weight: often },
        { arbitrary: fc.constantFrom(...singles.get(single)!), weight: 2 },
        // Characters that all tables contain.
        { arbitrary: fc.constantFrom(...'abc xyz 0123456789'), weight: 1 },
      ),
      minLength: 60,
      maxLength: 420,
      size: 'max',
    }),
  );

describe('national tables', () => {
  it.each(languages)('of %s are those of the standard', (language) => {
    const { id, single, locking } = nationalTables[language];
    const rows = (table: string): readonly string[] =>
      Array.from({ length: 8 }, (_, row) =>
        Array.from(table.slice(row * 16, row * 16 + 16), (character) =>
          character === '\0' ? '--' : character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'),
        ).join(' '),
      );
    expect({ id, single: rows(single), ...(locking && { locking: rows(locking) }) }).toEqual(
      inVectors(language),
    );
    expect([single.length, locking?.length ?? 128]).toEqual([128, 128]);
  });

  it('exist once for each language, with the identifiers of the standard', () => {
    expect(languages.map((language) => nationalTables[language].id)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
    expect(tablePairs).toHaveLength(13 * 14);
  });
});

describe('measuring with national tables', () => {
  it('chooses the cheapest pair of tables, or none if no pair saves a part', () => {
    const all = national('all');
    let chosen = 0;
    fc.assert(
      fc.property(texts, options, (text, how) => {
        const { parts: without } = measure(text, how);
        const found = measure(text, { ...how, languages: all });
        const possible = tablePairs.slice(1).flatMap((pair) => {
          const counted = countSlowly(text, pair, how);
          return counted && counted.parts < without ? [{ ...pair, ...counted }] : [];
        });
        possible.sort(
          (one, other) => one.parts - other.parts || one.tables - other.tables || one.units - other.units,
        );
        const [best] = possible;
        if (!best) {
          expect(found).toEqual(measure(text, how));
          return;
        }
        chosen++;
        const { parts, units, encoding } = found;
        expect({ parts, units, encoding, tables: Number(!!found.locking) + Number(!!found.single) }).toEqual({
          parts: best.parts,
          units: best.units,
          encoding: 'gsm-7',
          tables: best.tables,
        });
        const used = tablePairs.find(
          ({ locking, single }) => locking === found.locking && single === found.single,
        )!;
        expect(countSlowly(text, used, how)).toEqual({ parts, units });
      }),
      { numRuns: 1500 },
    );
    expect(chosen).toBeGreaterThan(300);
  }, 120_000);

  it('splits as it measures: the parts join to the text, and each fits with its header', () => {
    const all = national('all');
    fc.assert(
      fc.property(texts, options, (text, how) => {
        const { parts, ...rest } = segment(text, { ...how, languages: all });
        expect(measure(text, { ...how, languages: all })).toEqual({ ...rest, parts: parts.length });
        expect(parts.map((part) => part.text).join('')).toBe(text);
        if (rest.encoding === 'ucs-2') return;
        const octets =
          (parts.length > 1 ? (how.reference === 16 ? 6 : 5) : 0) +
          (rest.locking ? 3 : 0) +
          (rest.single ? 3 : 0);
        for (const part of parts)
          expect(Math.ceil((part.units * 7) / 8) + (octets > 0 ? octets + 1 : 0)).toBeLessThanOrEqual(140);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      'Doğum gününüz kutlu olsun! Şubemizde %20 indirim sizi bekliyor, ıslak imza gerekmez.',
      ['turkish'],
      { encoding: 'gsm-7', parts: 1, locking: 'turkish' },
    ],
    ['ığşİŞĞ'.repeat(20), 'all', { encoding: 'gsm-7', parts: 1, units: 120, locking: 'turkish' }],
    ['नमस्ते दुनिया, आप कैसे हैं? '.repeat(5), ['hindi'], { encoding: 'gsm-7', parts: 1, locking: 'hindi' }],
    ['नमस्ते दुनिया, आप कैसे हैं? '.repeat(5), ['tamil', 'urdu'], { encoding: 'ucs-2', parts: 3 }],
    ['é'.repeat(200), 'all', { encoding: 'gsm-7', parts: 2, units: 200 }],
    ['Привіт '.repeat(20), 'all', { encoding: 'ucs-2', parts: 3 }],
    ['', 'all', { encoding: 'gsm-7', parts: 0 }],
  ] as const)('uses only the allowed tables: example %#', (text, which, expected) => {
    const { locking, single, ...rest } = measure(text, { languages: national(which) });
    expect({ ...rest, ...(locking && { locking }), ...(single && { single }) }).toMatchObject(expected);
    if (!('locking' in expected)) expect(locking).toBeUndefined();
    if (!('single' in expected)) expect(single).toBeUndefined();
  });

  it('truncates a text to what fits with its tables', () => {
    const text = 'ığşİŞĞ'.repeat(60);
    expect(truncate(text, 1, { languages: national('all') })).toHaveLength(155);
    expect(truncate(text, 2, { languages: national('all') })).toHaveLength(298);
  });

  it('reports all unknown languages', () => {
    const issuePaths = (input: unknown): unknown => {
      try {
        return national(input as 'all');
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        return (error as InputError).issues.map(({ path }) => path);
      }
    };
    expect(issuePaths(['turkish', 'klingon', 7, 'toString'])).toEqual([
      'languages[1]',
      'languages[2]',
      'languages[3]',
    ]);
    for (const wrong of ['turkish', undefined, null, 1, {}]) expect(issuePaths(wrong)).toEqual(['languages']);
  });

  it.each([
    ['a language', 'ş'],
    ['two languages', 'şह'],
    ['characters of every table', [...lockings.values(), ...singles.values()].flat().join('')],
    ['a character that no table has', 'Ж'],
    ['a character that all tables have', 'a'],
    ['two septets', '€'],
  ])('chooses in linear time: %s', (_, unit) => {
    const text = unit.repeat(Math.ceil(10_000_000 / unit.length));
    const { parts, units } = measure(text, { languages: national('all') });
    expect(parts).toBeGreaterThanOrEqual(units / 153);
  });
});
