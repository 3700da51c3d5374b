import { gsm7Widths } from '../gsm7.ts';

/**
 * Changes that a text can be made simpler by, so that it takes fewer SMS.
 *
 * - `quotes`: typographic quotation marks and apostrophes become `"` and `'`
 * - `dashes`: dashes, the minus sign and hyphens of other kinds become `-`
 * - `ellipsis`: `…` becomes three full stops
 * - `bullets`: `•` and its like become `-`
 * - `spaces`: no-break, thin and other spaces, and the tab, become a space; rare line breaks become `\n`
 * - `hidden`: what nobody sees is left out: zero-width characters, soft hyphens, control characters, byte order marks.
 *   Never a variation selector, a joiner that joins emoji, a joiner next to a letter of a script that needs it, or a mark
 *   of direction in a text with letters that are written from right to left
 * - `fullwidth`: `Ａ` becomes `A`
 * - `signs`: `№` becomes `No`, `₴` becomes `UAH`, `½` becomes `1/2`, `²` becomes `2`
 * - `brackets`: square and curly ones, which take two septets, become round
 * - `greek`: Greek capitals that GSM-7 lacks become the Latin ones that look the same
 * - `composed`: a letter and its marks become one character where there is one; nothing is lost
 * - `letters`: Latin letters that GSM-7 lacks lose their marks: `ş` becomes `s`. Some readers will mind
 * - `mixed-words`: letters in words that mix Latin and Cyrillic become those of one of them that look the same
 * - `latin`: every Cyrillic letter that looks like a Latin one becomes it, if the whole text is GSM-7 then, and only then
 */
export type Simplification =
  | 'quotes'
  | 'dashes'
  | 'ellipsis'
  | 'bullets'
  | 'spaces'
  | 'hidden'
  | 'fullwidth'
  | 'signs'
  | 'brackets'
  | 'greek'
  | 'composed'
  | 'letters'
  | 'mixed-words'
  | 'latin';

/** All of them, so that an application can offer them. */
export const simplifications: readonly Simplification[] = [
  'quotes',
  'dashes',
  'ellipsis',
  'bullets',
  'spaces',
  'hidden',
  'fullwidth',
  'signs',
  'brackets',
  'greek',
  'composed',
  'letters',
  'mixed-words',
  'latin',
];

/** What becomes one character: the change, that character, and those which become it. A character stands in one line only. */
const singles: readonly (readonly [change: Simplification, to: string, from: string])[] = [
  ['quotes', '"', '«»“”„‟″‶〝〞〟'],
  ['quotes', "'", '‘’‚‛‹›′‵`´ʹʻʼʽˈ'],
  ['dashes', '-', '‐‑‒–—―−﹘﹣'],
  ['bullets', '-', '•‣⁃◦∙●○■◆◇'],
  ['bullets', '.', '·'],
  [
    'spaces',
    ' ',
    '\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000',
  ],
  ['spaces', '\n', '\u000b\u0085\u2028\u2029'],
  ['signs', '/', '÷⁄∕'],
  ['signs', 'x', '×'],
  ['brackets', '(', '[{'],
  ['brackets', ')', ']}'],
];

/** The same, character by character. */
const pairs: readonly (readonly [change: Simplification, from: string, to: string])[] = [
  ['signs', '⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉', '01234567890123456789'],
  ['greek', 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
  // Letters that Unicode does not decompose.
  ['letters', 'ĐđĦħıŁłŊŋŦŧ', 'DdHhiLlNnTt'],
];

/** Hidden characters beside the control characters: from and to. */
const hiddenRanges: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffc],
];

/** What becomes several characters, and so is changed only where no part is added by it. */
export const longer: Readonly<Record<string, readonly [change: Simplification, to: string]>> = {
  '…': ['ellipsis', '...'],
  '‥': ['ellipsis', '..'],
  '№': ['signs', 'No'],
  '™': ['signs', 'TM'],
  '©': ['signs', '(c)'],
  '®': ['signs', '(r)'],
  '½': ['signs', '1/2'],
  '¼': ['signs', '1/4'],
  '¾': ['signs', '3/4'],
  '≤': ['signs', '<='],
  '≥': ['signs', '>='],
  '₴': ['signs', 'UAH'],
  '₽': ['signs', 'RUB'],
  '₸': ['signs', 'KZT'],
  Œ: ['letters', 'OE'],
  œ: ['letters', 'oe'],
  Þ: ['letters', 'Th'],
  þ: ['letters', 'th'],
  ﬀ: ['letters', 'ff'],
  ﬁ: ['letters', 'fi'],
  ﬂ: ['letters', 'fl'],
  ﬃ: ['letters', 'ffi'],
  ﬄ: ['letters', 'ffl'],
};

/** What one code unit becomes. */
export interface Substitutes {
  /** For each code unit the number of its change in `changes`, counted from 1; 0: none. */
  readonly change: Uint8Array;
  /** The code unit it becomes. With `hidden`, none. */
  readonly to: Uint16Array;
}

function makeSubstitutes(): Substitutes {
  const change = new Uint8Array(65_536);
  const to = new Uint16Array(65_536);
  const set = (name: Simplification, from: number, into: number): void => {
    change[from] = simplifications.indexOf(name) + 1;
    to[from] = into;
  };
  const widths = gsm7Widths();
  // Of the Latin blocks, every letter with marks whose letter without them is in ASCII.
  for (const [from, end] of [
    [0xc0, 0x24f],
    [0x1e00, 0x1eff],
  ] as const) {
    for (let unit = from; unit <= end; unit++) {
      const letter = String.fromCharCode(unit).normalize('NFD').charCodeAt(0);
      if (letter < 0x80 && widths[unit] === 0) set('letters', unit, letter);
    }
  }
  for (let unit = 0xff01; unit <= 0xff5e; unit++) set('fullwidth', unit, unit - 0xfee0);
  for (const [name, into, all] of singles)
    for (const one of all) set(name, one.charCodeAt(0), into.charCodeAt(0));
  for (const [name, all, into] of pairs)
    for (let at = 0; at < all.length; at++) set(name, all.charCodeAt(at), into.charCodeAt(at));
  for (const [from, end] of hiddenRanges) for (let unit = from; unit <= end; unit++) set('hidden', unit, 0);
  return { change, to };
}

let made: Substitutes | undefined;

/** What each code unit becomes, by which change. Made when first asked for. */
export const substitutes = (): Substitutes => (made ??= makeSubstitutes());
