import { isLatinLetter, isMark } from './combining-marks.ts';

/** Cyrillic letters, and the Latin letters that look the same, in the same order. */
const cyrillic = 'аеорсхуіАВЕКМНОРСТХІ';
const latin = 'aeopcxyiABEKMHOPCTXI';

/** Rare Cyrillic letters. Their Latin look-alikes are so common that they do not indicate a typing mistake. */
const rareCyrillic = 'јѕЈЅ';
const rareLatin = 'jsJS';

function mapLetters(from: string, to: string): Uint16Array {
  const table = new Uint16Array(0x530);
  for (let at = 0; at < from.length; at++) table[from.charCodeAt(at)] = to.charCodeAt(at);
  return table;
}

/** Look-alikes by code unit, for code units below U+0530; 0 for none. */
interface LookAlikes {
  /** Latin look-alikes of Cyrillic letters. */
  readonly latin: Uint16Array;
  /** Cyrillic look-alikes of Latin letters. */
  readonly cyrillic: Uint16Array;
}

let tables: LookAlikes | undefined;

/** Returns the look-alikes of both alphabets. Created on first use. */
export const lookAlikes = (): LookAlikes =>
  (tables ??= {
    latin: mapLetters(cyrillic + rareCyrillic, latin + rareLatin),
    cyrillic: mapLetters(latin, cyrillic),
  });

/** A word with letters of both alphabets. */
export interface MixedWord {
  /** Index of its first letter. */
  readonly start: number;
  /** Index after its last letter. */
  readonly end: number;
  /**
   * Alphabet in which the word can be written without a visible change. `undefined` if neither alphabet has look-alikes
   * of all its letters, or if the word has combining marks.
   */
  readonly alphabet: 'latin' | 'cyrillic' | undefined;
}

const isCyrillic = (unit: number): boolean => unit >= 0x400 && unit <= 0x52f;

/** Returns true if a text has a Cyrillic letter without a Latin look-alike. */
function hasUnmistakableCyrillic(text: string): boolean {
  const { latin } = lookAlikes();
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isCyrillic(unit) && latin[unit] === 0) return true;
  }
  return false;
}

/** Letters that a word contains. */
interface WordLetters {
  /** Index after its last letter. */
  readonly end: number;
  readonly isMixed: boolean;
  /** `true` if the word has a Latin letter without a Cyrillic look-alike. */
  readonly onlyLatin: boolean;
  /** `true` if the word has a Cyrillic letter without a Latin look-alike. */
  readonly onlyCyrillic: boolean;
  readonly hasMarks: boolean;
}

/** Reads the letters of the word that starts at `start`. The word is empty if there is no letter. */
function readWord(text: string, start: number): WordLetters {
  const { latin, cyrillic } = lookAlikes();
  let hasLatin = false;
  let hasCyrillic = false;
  let onlyLatin = false;
  let onlyCyrillic = false;
  let hasMarks = false;
  let end = start;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (isLatinLetter(unit)) {
      hasLatin = true;
      onlyLatin ||= !cyrillic[unit];
    } else if (isCyrillic(unit)) {
      hasCyrillic = true;
      onlyCyrillic ||= !latin[unit];
    } else if (isMark(unit)) hasMarks = true;
    else break;
  }
  return { end, isMixed: hasLatin && hasCyrillic, onlyLatin, onlyCyrillic, hasMarks };
}

/** Chooses the alphabet of a mixed word. A word whose letters all have look-alikes gets the alphabet of the text. */
function alphabetOf(
  { onlyLatin, onlyCyrillic, hasMarks }: WordLetters,
  isCyrillicText: boolean,
): MixedWord['alphabet'] {
  if (hasMarks || (onlyLatin && onlyCyrillic)) return undefined;
  if (onlyLatin) return 'latin';
  return onlyCyrillic || isCyrillicText ? 'cyrillic' : 'latin';
}

/**
 * Yields the words of a text that mix Latin and Cyrillic letters, in order. A word whose letters all have look-alikes
 * becomes Cyrillic if the text has a Cyrillic letter without a Latin look-alike, and Latin otherwise.
 */
export function* mixedWords(text: string): Generator<MixedWord, void, undefined> {
  let isCyrillicText: boolean | undefined;
  for (let start = 0; start < text.length; start++) {
    const word = readWord(text, start);
    if (word.isMixed) {
      isCyrillicText ??= hasUnmistakableCyrillic(text);
      yield { start, end: word.end, alphabet: alphabetOf(word, isCyrillicText) };
    }
    start = word.end;
  }
}
