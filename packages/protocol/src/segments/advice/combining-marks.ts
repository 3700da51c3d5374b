import { gsm7Widths } from '../gsm7.ts';

/**
 * Matches a Latin, Greek or Cyrillic letter and the combining marks after it, at most eight. Real letters have fewer
 * marks. The limit also bounds the time, since normalizing many marks takes quadratic time.
 */
const markedLetter = /[A-Za-z\u00c0-\u052f\u1e00-\u1fff][\u0300-\u036f]{1,8}(?![\u0300-\u036f])/g;

/** Maximum length of a marked letter in code units. */
const maxLength = 9;

function isGsm7(text: string): boolean {
  const widths = gsm7Widths();
  for (let at = 0; at < text.length; at++) if (widths[text.charCodeAt(at)] === 0) return false;
  return true;
}

/** Returns true if a code unit is a Latin letter. The combining marks of Latin letters may be dropped as a last resort. */
export const isLatinLetter = (unit: number): boolean => {
  const lowerCase = unit | 0x20;
  return (
    (lowerCase >= 0x61 && lowerCase <= 0x7a) ||
    (unit >= 0xc0 && unit <= 0x24f && unit !== 0xd7 && unit !== 0xf7) ||
    (unit >= 0x1e00 && unit <= 0x1eff)
  );
};

/** Returns true if a code unit is a combining diacritical mark (U+0300 to U+036F). */
export const isMark = (unit: number): boolean => unit >= 0x300 && unit <= 0x36f;

/** Selects the letters to compose. */
export interface ComposeOptions {
  /** Composes all letters, except Latin letters if `latin` is `gsm-7`. */
  readonly anyLetter: boolean;
  /**
   * `gsm-7` composes a Latin letter only if GSM-7 contains the result. `any` treats Latin letters like all other
   * letters.
   */
  readonly latin: 'any' | 'gsm-7';
}

/** Replaces letters and their combining marks by precomposed characters where they exist. */
export const compose = (text: string, { anyLetter, latin }: ComposeOptions): string =>
  text.replace(markedLetter, (letter) => {
    const composed = letter.normalize('NFC');
    if (composed.length >= letter.length) return letter;
    const isWanted = isLatinLetter(letter.charCodeAt(0)) && latin === 'gsm-7' ? isGsm7(composed) : anyLetter;
    return isWanted ? composed : letter;
  });

/**
 * Returns true if the letter and its marks from `start` to `end` can be composed into one character. For a Latin
 * letter, GSM-7 must contain that character.
 */
export const canCompose = (text: string, start: number, end: number): boolean =>
  end - start <= maxLength &&
  compose(text.slice(start, end), { anyLetter: true, latin: 'gsm-7' }).length === 1;
