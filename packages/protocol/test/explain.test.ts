import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  simplifications,
  explain,
  type ExpensiveCharacter,
  measure,
  simplify,
  type SegmentOptions,
  type TextExplanation,
  type WarningKind,
} from '../src/index.ts';

const family = '👨\u200d👩\u200d👧';
const unit = fc.constantFrom(
  ...[
    'a',
    'e',
    ' ',
    '\n',
    '{',
    '€',
    'é',
    'ş',
    'œ',
    'Α',
    'Ω',
    'а',
    'о',
    'М',
    'ж',
    'й',
    '’',
    '—',
    '…',
    '№',
    '™',
    '漢',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\0',
    '\u0301',
    '\u0323',
    '\u200d',
    '\ufe0f',
  ],
  ...['👋', family, '🇺🇦', '❤️', '1\ufe0f\u20e3', '🏴\u{e0067}\u{e007f}', 'ا', '\ud83d', '\udc69'],
);
const texts = fc.oneof(
  fc.string({ unit, maxLength: 40 }),
  fc.string({ unit, maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom('a', '{', '€', 'Z'), maxLength: 400 }),
);
const options: fc.Arbitrary<SegmentOptions> = fc.record(
  { reference: fc.constantFrom(8, 16), keep: fc.constantFrom('graphemes') },
  { requiredKeys: [] },
);

const brief = ({ characters }: TextExplanation): unknown =>
  characters.map(({ codePoint, indexes, change, replacement }) => [codePoint, indexes, change, replacement]);
const warned = (text: string): unknown =>
  Object.fromEntries(explain(text).warnings.map(({ kind, indexes }) => [kind, indexes]));

describe('explain', () => {
  it('lists the characters that make a text UCS-2, with their positions and replacements', () => {
    expect(explain('Don’t wait – it’s ok')).toEqual({
      encoding: 'ucs-2',
      units: 20,
      parts: 1,
      remaining: 50,
      characters: [
        {
          character: '’',
          codePoint: 'U+2019',
          reason: 'ucs-2',
          count: 2,
          indexes: [3, 15],
          more: 0,
          change: 'quotes',
          replacement: "'",
        },
        {
          character: '–',
          codePoint: 'U+2013',
          reason: 'ucs-2',
          count: 1,
          indexes: [11],
          more: 0,
          change: 'dashes',
          replacement: '-',
        },
      ],
      moreCharacters: 0,
      without: { encoding: 'gsm-7', units: 17, parts: 1, remaining: 143 },
      simplified: {
        encoding: 'gsm-7',
        units: 20,
        parts: 1,
        remaining: 140,
        text: "Don't wait - it's ok",
        changes: ['quotes', 'dashes'],
      },
      warnings: [],
    });
  });

  it('lists the characters of a GSM-7 text that take two septets', () => {
    expect(explain('{a} €')).toMatchObject({
      encoding: 'gsm-7',
      units: 8,
      characters: [
        { character: '{', reason: 'two-septets', indexes: [0], change: 'brackets', replacement: '(' },
        { character: '}', reason: 'two-septets', indexes: [2], replacement: ')' },
        { character: '€', reason: 'two-septets', indexes: [4], change: undefined, replacement: undefined },
      ],
      without: { units: 2 },
      simplified: { text: '(a) €', units: 6 },
    });
    expect(explain('{ж}').characters.map(({ character }) => character)).toEqual(['ж']);
  });

  it('reports no characters for a plain text', () => {
    expect(explain('Hello')).toEqual({
      ...measure('Hello'),
      characters: [],
      moreCharacters: 0,
      without: measure('Hello'),
      simplified: undefined,
      warnings: [],
    });
    expect(explain('')).toMatchObject({ parts: 0, characters: [], simplified: undefined, warnings: [] });
  });

  it('replaces look-alike letters only in words that mix alphabets', () => {
    expect(brief(explain('pаypal сап'))).toEqual([
      ['U+0430', [1], 'mixed-words', 'a'],
      ['U+0441', [7], undefined, undefined],
      ['U+0430', [8], undefined, undefined],
      ['U+043F', [9], undefined, undefined],
    ]);
    expect(explain('Мoсква').simplified?.text).toBe('Москва');
  });

  it('replaces Cyrillic by Latin letters only if the whole text becomes GSM-7', () => {
    expect(brief(explain('ТОР – 5'))).toEqual([
      ['U+0422', [0], 'latin', 'T'],
      ['U+041E', [1], 'latin', 'O'],
      ['U+0420', [2], 'latin', 'P'],
      ['U+2013', [4], 'dashes', '-'],
    ]);
    expect(explain('ТОР – 5').simplified).toMatchObject({
      text: 'TOP - 5',
      encoding: 'gsm-7',
      changes: ['dashes', 'latin'],
    });
    expect(brief(explain('ТОРГ'))).toContainEqual(['U+0422', [0], undefined, undefined]);
  });

  it('distinguishes combining marks that can be composed from marks that are removed', () => {
    expect(brief(explain('e\u0301 e\u0323 и\u0306 漢\u0301'))).toEqual([
      ['U+0301', [1], 'composed', ''],
      ['U+0323', [4], 'letters', ''],
      ['U+0438', [6], undefined, undefined],
      ['U+0306', [7], 'composed', ''],
      ['U+6F22', [9], undefined, undefined],
      ['U+0301', [10], undefined, undefined],
    ]);
  });

  it('proposes no replacement for parts of an emoji or a joined letter', () => {
    expect(
      explain(`${family} ❤️ 1\ufe0f\u20e3 ©\ufe0f می\u200cخواهم`).characters.filter(({ change }) => change),
    ).toEqual([]);
  });

  it('lists at most 100 positions and 1,000 characters, and counts the rest', () => {
    expect(explain('’'.repeat(250)).characters[0]).toMatchObject({ count: 250, more: 150 });
    expect(explain('’'.repeat(250)).characters[0]!.indexes).toHaveLength(100);
    const many = Array.from({ length: 1500 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('');
    expect(explain(many + many).characters).toHaveLength(1000);
    expect(explain(many + many).moreCharacters).toBe(1000);
  });

  it('agrees with measure and simplify, and counts every character', () => {
    fc.assert(
      fc.property(texts, options, (text, options) => {
        const { characters, moreCharacters, without, simplified, warnings, ...size } = explain(text, options);
        expect(size).toEqual(measure(text, options));
        // Expensive characters take two septets in a GSM-7 text, or are missing in GSM-7 if the text is UCS-2.
        const isFound = (character: string): boolean =>
          size.encoding === 'gsm-7'
            ? measure(character).units === 2
            : measure(character).encoding === 'ucs-2';
        const points = Array.from(text);
        expect(characters.reduce((sum, { count }) => sum + count, moreCharacters)).toBe(
          points.filter(isFound).length,
        );
        expect(without).toEqual(measure(points.filter((each) => !isFound(each)).join(''), options));
        for (const { character, indexes, count, more } of characters) {
          for (const index of indexes) expect(String.fromCodePoint(text.codePointAt(index)!)).toBe(character);
          expect(indexes.length + more).toBe(count);
        }
        if (simplified) {
          const { text: simpler, changes: applied, ...cost } = simplified;
          expect(simplify(text, applied, options)).toBe(simpler);
          expect(cost).toEqual(measure(simpler, options));
          expect(cost.parts).toBeLessThanOrEqual(size.parts);
        }
        for (const { indexes, count, more } of warnings) expect(indexes.length + more).toBe(count);
      }),
      { numRuns: 5000 },
    );
  });

  it('names the simplification that makes each replacement', () => {
    const expectReplacement = (
      text: string,
      { character, indexes, change, replacement }: ExpensiveCharacter,
    ): void => {
      if (change === undefined || change === 'latin' || change === 'composed' || indexes.length !== 1) return;
      const at = indexes[0]!;
      expect(simplify(text, [change]).slice(at, at + replacement!.length)).toBe(replacement);
      expect(text.startsWith(character, at)).toBe(true);
    };
    const replaceable = fc.constantFrom(
      '’',
      '—',
      '•',
      '\u00a0',
      '\u200b',
      'Ａ',
      '№',
      '²',
      'Α',
      'ş',
      'o\u0330',
      '{',
      '…',
      'аw',
    );
    fc.assert(
      fc.property(replaceable, fc.constantFrom('', 'ж ', '👋'), (written, before) => {
        const text = `${before}${written}`;
        for (const finding of explain(text).characters) expectReplacement(text, finding);
        expect(explain(text).characters.some(({ change }) => change !== undefined)).toBe(
          !(written === '{' && before !== ''),
        );
      }),
    );
  });
});

describe('explain warns', () => {
  it.each<readonly [WarningKind, text: string, indexes: readonly number[]]>([
    ['hidden-character', 'a\u200bb\u00adc\u200e', [1, 3, 5]],
    ['hidden-character', 'a\u200d 👩\u200d', [1, 5]],
    ['hidden-character', 'a\ufe0f', [1]],
    ['hidden-character', 'a\u{e0068}', [1]],
    ['mixed-alphabets', 'Купи iPhone в Мoскве, pаypal', [14, 22]],
    ['lone-surrogate', 'a\ud83d b\udc4b', [1, 4]],
    ['nul', 'a\0', [1]],
    ['byte-order-mark', '\ufeffa', [0]],
    ['control-character', 'a\u0007\u001b\u0085', [1, 2, 3]],
    ['combining-mark', '\u0301a \u0301\n\u0308e\u0301', [0, 3, 5]],
  ])('about a %s: %j', (kind, text, indexes) => {
    expect(warned(text)).toEqual({ [kind]: indexes });
  });

  it('about emoji that add parts, with the size without them', () => {
    const { parts, warnings } = explain(`${'a'.repeat(150)}👋 ${family}`);
    expect(parts).toBe(3);
    expect(warnings).toEqual([
      { kind: 'emoji', count: 2, indexes: [150, 153], more: 0, without: measure(`${'a'.repeat(150)} `) },
    ]);
  });

  it.each([
    'Hi 👋',
    'Привіт 🇺🇦',
    'é\tы\r\n',
    'iPhone в Москве',
    `${family} ❤️ 1\ufe0f\u20e3 🏴\u{e0067}\u{e0062}\u{e007f}`,
    'می\u200cخواهم',
    'שלום \u200fabc',
    'e\u0301',
    '漢\ufe00',
  ])('about nothing in %j', (text) => {
    expect(warned(text)).toEqual({});
  });

  it('about each emoji once, however many characters it has', () => {
    const text = 'a'.repeat(150);
    for (const emoji of [
      family,
      '🇺🇦',
      '❤️',
      '1\ufe0f\u20e3',
      '👋🏽',
      '🏴\u{e0067}\u{e0062}\u{e007f}',
      '🏳️\u200d🌈',
    ]) {
      expect(explain(text + emoji).warnings).toEqual([
        { kind: 'emoji', count: 1, indexes: [150], more: 0, without: measure(text) },
      ]);
      expect(explain(text + emoji + emoji).warnings[0]!.count).toBe(2);
    }
  });
});

describe('ten million code units', () => {
  const worst = [
    ['Latin', 'a'],
    ['Cyrillic', 'ж'],
    ['two septets', '{'],
    ['quotes', '“'],
    ['dots', '…'],
    ['hidden characters', '\u200b'],
    ['joiners', '\u200d'],
    ['selectors', '\ufe0f'],
    ['family emoji', family],
    ['flags', '🇺🇦'],
    ['flags made of tags', '🏴\u{e0067}'],
    ['tags', '\u{e0067}'],
    ['marks', '\u0301'],
    ['letters with a mark', 'e\u0301'],
    ['marks without a letter', ' \u0301'],
    ['mixed words', 'аw '],
    ['one mixed word', 'аo'],
    ['lone surrogates', '\ud83d'],
    ['NUL', '\0'],
  ] as const;

  // One million code units of each kind, then ten million of all kinds together: a quadratic algorithm would take
  // hours.
  it.each(worst)('are explained in linear time: %s', (_, unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const { units, characters, moreCharacters } = explain(text);
    expect(units).toBe(measure(text).units);
    // The same characters are found as in a short text, only with higher counts.
    expect(characters.map(({ codePoint }) => codePoint)).toEqual(
      explain(unit.repeat(100)).characters.map(({ codePoint }) => codePoint),
    );
    expect(moreCharacters).toBe(0);
  });

  it('are explained in linear time: all kinds in one text', () => {
    const text = worst.map(([, unit]) => unit.repeat(10_000_000 / worst.length / unit.length)).join('');
    expect(explain(text).units).toBe(measure(text).units);
  });

  it('are explained in linear time: a million different characters', () => {
    const all = Array.from({ length: 1_000_000 }, (_, at) => String.fromCodePoint(0x10000 + at)).join('');
    expect(explain(all)).toMatchObject({ units: 2_000_000, moreCharacters: 999_000 });
  });

  it('are not explained with a simplification twice', () => {
    expect(new Set(simplifications).size).toBe(simplifications.length);
  });
});
