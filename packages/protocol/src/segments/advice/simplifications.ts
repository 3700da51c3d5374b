import { gsm7Widths } from '../gsm7.ts';

/**
 * A change that can make a text take fewer SMS.
 *
 * - `quotes`: typographic quotation marks and apostrophes become `"` and `'`
 * - `dashes`: dashes, the minus sign and special hyphens become `-`
 * - `ellipsis`: `…` becomes three full stops
 * - `bullets`: `•` and similar signs become `-`
 * - `spaces`: no-break, thin and other spaces, and the tab, become a space; rare line breaks become `\n`
 * - `hidden`: removes invisible characters: zero-width characters, soft hyphens, control characters, byte order marks.
 *   Keeps variation selectors, joiners that join emoji, joiners next to a letter of a script that needs them, and
 *   direction marks in a text with letters that are written from right to left
 * - `fullwidth`: `Ａ` becomes `A`
 * - `signs`: `№` becomes `No`, `₴` becomes `UAH`, `½` becomes `1/2`, `²` becomes `2`
 * - `brackets`: square and curly brackets, which take two septets, become round brackets
 * - `greek`: Greek capitals that GSM-7 lacks become the Latin letters that look the same
 * - `composed`: a letter and its combining marks become one character if Unicode has it; the text looks the same
 * - `letters`: Latin letters that GSM-7 lacks lose their marks: `ş` becomes `s`. The change is visible
 * - `mixed-words`: in words that mix Latin and Cyrillic, letters become their look-alikes in one of the two alphabets
 * - `latin`: every Cyrillic letter with a Latin look-alike becomes Latin, but only if the whole text becomes GSM-7
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

/** All simplifications, for example to offer them in a form. */
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

// prettier-ignore
/** Characters that are replaced by one other character. No character occurs in two lines. */
const singles: readonly (readonly [change: Simplification, to: string, from: string])[] = [
  ['quotes', '"', '«»“”„‟″‶〝〞〟'],
  ['quotes', "'", '‘’‚‛‹›′‵`´ʹʻʼʽˈ'],
  ['dashes', '-', '‐‑‒–—―−﹘﹣'],
  ['bullets', '-', '•‣⁃◦∙●○■◆◇'],
  ['bullets', '.', '·'],
  ['spaces', ' ', '\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000'],
  ['spaces', '\n', '\u000b\u0085\u2028\u2029'],
  ['signs', '/', '÷⁄∕'],
  ['signs', 'x', '×'],
  ['brackets', '(', '[{'],
  ['brackets', ')', ']}'],
];

// prettier-ignore
/** Characters and replacements: each character of `from` becomes the character at the same index of `to`. */
const pairs: readonly (readonly [change: Simplification, from: string, to: string])[] = [
  ['signs', '⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉', '01234567890123456789'],
  ['greek', 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
  // Letters without a decomposition in Unicode.
  ['letters', 'ĐđĦħıŁłŊŋŦŧ', 'DdHhiLlNnTt'],
];

/** Ranges of invisible characters, each with its first and last code unit. */
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

/** Characters that are replaced by several characters, but only if the text then takes no more parts. */
export const expansions: Readonly<Record<string, readonly [change: Simplification, to: string]>> = {
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

/** Replacements of single code units. */
export interface Substitutes {
  /** For each code unit the number of its change: the index in `simplifications` plus 1, or 0 for none. */
  readonly change: Uint8Array;
  /** Replacement of each code unit. Unused for `hidden`. */
  readonly to: Uint16Array;
}

function createSubstitutes(): Substitutes {
  const change = new Uint8Array(65_536);
  const to = new Uint16Array(65_536);
  const set = (name: Simplification, from: number, into: number): void => {
    change[from] = simplifications.indexOf(name) + 1;
    to[from] = into;
  };
  const widths = gsm7Widths();
  // Adds the Latin letters that GSM-7 lacks and that decompose into an ASCII letter and marks.
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

let table: Substitutes | undefined;

/** Returns the replacement of each code unit and the change that makes it. Created on first use. */
export const substitutes = (): Substitutes => (table ??= createSubstitutes());
