import { isLatinLetter, isMark } from './combining-marks.ts';

/** Cyrillic letters, and the Latin ones that look the same, place by place. */
const cyrillic = 'аеорсхуіАВЕКМНОРСТХІ';
const latin = 'aeopcxyiABEKMHOPCTXI';

/** Cyrillic letters of which the Latin ones are no sign of a slip: too rare. */
const rareCyrillic = 'јѕЈЅ';
const rareLatin = 'jsJS';

function mapOf(from: string, to: string): Uint16Array {
  const table = new Uint16Array(0x530);
  for (let at = 0; at < from.length; at++) table[from.charCodeAt(at)] = to.charCodeAt(at);
  return table;
}

let made: { readonly latin: Uint16Array; readonly cyrillic: Uint16Array } | undefined;

/** For a code unit below U+0530 the one of the other alphabet that looks the same; 0: there is none. */
export const lookAlikes = (): { readonly latin: Uint16Array; readonly cyrillic: Uint16Array } =>
  (made ??= { latin: mapOf(cyrillic + rareCyrillic, latin + rareLatin), cyrillic: mapOf(latin, cyrillic) });

/** A word with letters of both alphabets. */
export interface MixedWord {
  readonly start: number;
  /** Behind its last letter. */
  readonly end: number;
  /** The alphabet in which it would look the same; none where it has letters that only one, and only the other, has. */
  readonly alphabet: 'latin' | 'cyrillic' | undefined;
}

const isCyrillic = (unit: number): boolean => unit >= 0x400 && unit <= 0x52f;

function hasOwnCyrillic(text: string): boolean {
  const { latin } = lookAlikes();
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isCyrillic(unit) && latin[unit] === 0) return true;
  }
  return false;
}

/**
 * The words of a text that mix alphabets, in their order. A word with letters that could all be of either becomes Cyrillic
 * in a text that has letters only Cyrillic has, and Latin in any other. A word with combining marks is left as it is.
 */
export function* mixedWords(text: string): Generator<MixedWord, void, undefined> {
  const { latin, cyrillic } = lookAlikes();
  let inCyrillicText: boolean | undefined;
  for (let start = 0; start < text.length; start++) {
    let at = start;
    let hasLatin = false;
    let hasCyrillic = false;
    let onlyLatin = false;
    let onlyCyrillic = false;
    let marked = false;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (isLatinLetter(unit)) {
        hasLatin = true;
        onlyLatin ||= !cyrillic[unit];
      } else if (isCyrillic(unit)) {
        hasCyrillic = true;
        onlyCyrillic ||= !latin[unit];
      } else if (isMark(unit)) marked = true;
      else break;
    }
    if (hasLatin && hasCyrillic) {
      inCyrillicText ??= hasOwnCyrillic(text);
      const either = inCyrillicText ? 'cyrillic' : 'latin';
      const alphabet =
        marked || (onlyLatin && onlyCyrillic)
          ? undefined
          : onlyLatin
            ? 'latin'
            : onlyCyrillic
              ? 'cyrillic'
              : either;
      yield { start, end: at, alphabet };
    }
    start = at;
  }
}
