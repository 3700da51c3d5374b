import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Simplification,
  simplifications,
  InputError,
  measure,
  type SegmentOptions,
  simplify,
} from '../src/index.ts';

const zwj = '\u200d';
const zwnj = '\u200c';
const family = '👨\u200d👩\u200d👧';

const pieces = fc.constantFrom(
  ...[
    'a',
    'e',
    'x',
    'S',
    ' ',
    '\n',
    '{',
    '[',
    '€',
    '~',
    'é',
    'ş',
    'ł',
    'œ',
    'ﬁ',
    'Α',
    'Ω',
    'ά',
    'а',
    'о',
    'М',
    'ж',
    'і',
    'ј',
    'й',
    'и',
  ],
  ...[
    '“',
    '’',
    '«',
    '—',
    '…',
    '•',
    '·',
    '№',
    '™',
    '©',
    '½',
    '₴',
    '×',
    '²',
    'Ａ',
    '［',
    '\u3000',
    '\u00a0',
    '\t',
    '\u2028',
  ],
  ...[
    '\u0301',
    '\u0323',
    '\u0306',
    '\u0327',
    '\u034f',
    zwj,
    zwnj,
    '\u200b',
    '\ufeff',
    '\u00ad',
    '\u202e',
    '\u061c',
    '\u180e',
    '\u1680',
    '\0',
    '\u001b',
    '\ufe0f',
  ],
  ...[
    '👋',
    '👩',
    '🏴',
    '\u{e0067}',
    '\u{e007f}',
    '🇺🇦',
    '❤️',
    '1\ufe0f\u20e3',
    '🏽',
    'ا',
    'क',
    'ש',
    '\ud83d',
    '\udc69',
    '\udb40',
    '\udc20',
    'ｅ',
    family,
  ],
);
const texts = fc.oneof(
  fc.string({ unit: pieces, maxLength: 60 }),
  fc.string({ unit: pieces, maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  // Lengths near the limits of parts, so that a single character matters.
  fc
    .tuple(
      fc.constantFrom('a', 'ж', '[', '…', '№', 'о'),
      fc.integer({ min: 50, max: 170 }),
      fc.string({ unit: pieces, maxLength: 8 }),
    )
    .map(([one, times, end]) => one.repeat(times) + end),
);
const choices = fc.oneof(fc.subarray([...simplifications]), fc.constant(simplifications));
const options: fc.Arbitrary<SegmentOptions> = fc.record(
  { reference: fc.constantFrom(8, 16), keep: fc.constantFrom('graphemes') },
  { requiredKeys: [] },
);

describe('simplify', () => {
  it.each<readonly [change: Simplification, from: string, to: string]>([
    ['quotes', '“Don’t” «so» ‚x‘ м\u02bcята', '"Don\'t" "so" \'x\' м\'ята'],
    ['dashes', 'a – b — c−d‑e', 'a - b - c-d-e'],
    ['ellipsis', 'wait…', 'wait...'],
    ['bullets', '• one', '- one'],
    ['spaces', '1\u00a0000\u202f000\t1\u2028', '1 000 000 1\n'],
    ['hidden', '\ufeffa\u200bb\u00adc\u2060\0\u202ed', 'abcd'],
    ['fullwidth', 'ＡＢ１！［', 'AB1!['],
    ['signs', '№5, 100 ₴, 1½ m², 2×2', 'No5, 100 UAH, 11/2 m2, 2x2'],
    ['brackets', '[a]{b}', '(a)(b)'],
    ['greek', 'ΑΒΓ αβγ', 'ABΓ αβγ'],
    ['composed', 'cafe\u0301 и\u0306 s\u0327', 'café й ş'],
    ['letters', 'şčŁø e\u0301 e\u0323 й и\u0306', 'scLø é e й и\u0306'],
    ['mixed-words', 'pаypal, Мoсква, iPhone, SMSка, рaсe', 'paypal, Москва, iPhone, SMSка, расе'],
    ['latin', 'МОСТ КАТЕР', 'MOCT KATEP'],
  ])('applies only the chosen simplification: %s to %j', (change, from, to) => {
    expect(simplify(from, [change])).toBe(to);
    expect(
      simplify(
        from,
        simplifications.filter((each) => each !== change && each !== 'letters' && each !== 'composed'),
      ),
    ).not.toBe(to);
  });

  it('changes nothing if no simplification is chosen', () => {
    fc.assert(fc.property(texts, (text) => simplify(text, []) === text));
  });

  it('is idempotent, and never adds a part', () => {
    fc.assert(
      fc.property(texts, choices, options, (text, chosen, options) => {
        const once = simplify(text, chosen, options);
        expect(simplify(once, chosen, options)).toBe(once);
        expect(measure(once, options).parts).toBeLessThanOrEqual(measure(text, options).parts);
        if (measure(text).encoding === 'gsm-7') expect(measure(once).encoding).toBe('gsm-7');
      }),
      { numRuns: 20_000 },
    );
  });

  it('never joins two lone surrogates by removing what is between them', () => {
    for (const between of ['\u200b', '\u{e007f}', '\u200b\u{e007f}']) {
      const once = simplify(`\udb40${between}\udc20`, ['hidden']);
      expect(once.length).toBeGreaterThan(2);
      expect(simplify(once, ['hidden'])).toBe(once);
    }
  });

  it('replaces one character by several only if that adds no part', () => {
    expect(simplify('…'.repeat(53), ['ellipsis'])).toBe('.'.repeat(159));
    expect(simplify('…'.repeat(54), ['ellipsis'])).toBe('…'.repeat(54));
  });

  it('replaces Cyrillic by Latin letters only if the whole text becomes GSM-7', () => {
    expect(simplify('МОСТ Ж', ['latin'])).toBe('МОСТ Ж');
    expect(simplify('МОСТ…', ['latin'])).toBe('МОСТ…');
    expect(simplify('МОСТ…', ['latin', 'ellipsis'])).toBe('MOCT...');
  });

  it.each([
    ['a joiner in a family emoji', family],
    ['a joiner after a skin tone and a variation selector', `👩🏽${zwj}❤\ufe0f${zwj}👨🏽`],
    ['a variation selector', '❤\ufe0f 1\ufe0f\u20e3 a\ufe0f'],
    ['a non-joiner in Persian', `می${zwnj}خواهم`],
    ['a joiner in Devanagari', `क्${zwj}ष`],
    ['the tags of a flag', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['direction marks in Hebrew', 'שלום \u200fabc\u200e'],
    ['a sign displayed as an emoji', '©\ufe0f ™\ufe0f'],
    ['a hidden character between two lone surrogates', '\ud83d\u200b\udc69'],
  ])('keeps %s', (_, text) => {
    expect(simplify(text, simplifications)).toBe(text);
  });

  it.each([
    ['joiners that join nothing', `a${zwj}b ${zwj}👩${zwj} ${zwnj}`, 'ab 👩 '],
    ['tags that do not follow a flag', 'a\u{e0068}\u{e0069}', 'a'],
    ['direction marks in a text of one direction', 'abc\u200e\u2066d\u2069', 'abcd'],
  ])('removes %s', (_, text, left) => {
    expect(simplify(text, ['hidden'])).toBe(left);
  });

  it('reports all unknown simplifications', () => {
    try {
      simplify('a', ['quotes', 'nothing', 'toString'] as unknown as Simplification[]);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).issues.map(({ path }) => path)).toEqual(['choices[1]', 'choices[2]']);
    }
  });

  const worst = [
    ['quotes', '“'],
    ['ellipses', '…'],
    ['signs', '№a'],
    ['hidden characters', '\u200b'],
    ['joiners', zwj],
    ['family emoji', family],
    ['combining marks', '\u0301'],
    ['alternating marks of two classes', '\u0301\u0323'],
    ['letters with a combining mark', 'e\u0301'],
    ['letters with ten combining marks', `e${'\u0323\u0301'.repeat(5)}`],
    ['look-alikes', 'аa'],
    ['mixed words', 'аa '],
    ['Cyrillic that looks Latin', 'а'],
    ['letters', 'ş'],
    ['flags', '🇺🇦'],
    ['tags', '\u{e0067}'],
    ['lone surrogates', '\ud83d'],
  ] as const;

  // One million code units of each kind, then ten million of all kinds together: a quadratic algorithm would take
  // hours.
  it.each(worst)('simplifies a million code units in linear time: %s', (_, unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const simplified = simplify(text, simplifications);
    expect(measure(simplified).parts).toBeLessThanOrEqual(measure(text).parts);
    // The result starts like that of a short text, except for replacements that would add a part.
    if (!/[…№]/.test(unit))
      expect(simplified.slice(0, 70)).toBe(simplify(unit.repeat(100), simplifications).slice(0, 70));
  });

  it('simplifies ten million code units in linear time: all kinds in one text', () => {
    const text = worst.map(([, unit]) => unit.repeat(10_000_000 / worst.length / unit.length)).join('');
    expect(measure(simplify(text, simplifications)).parts).toBeLessThanOrEqual(measure(text).parts);
  });
});
