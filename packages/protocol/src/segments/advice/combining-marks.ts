import { gsm7Widths } from '../gsm7.ts';

/**
 * A letter of an alphabet with marks of its own, and the combining marks behind it. No letter has more than a few; a longer
 * row is nobody's letter, and to put it in order would take time by its square.
 */
const marked = /[A-Za-z\u00c0-\u052f\u1e00-\u1fff][\u0300-\u036f]{1,8}(?![\u0300-\u036f])/g;

const isInGsm7 = (text: string): boolean => {
  const widths = gsm7Widths();
  for (let at = 0; at < text.length; at++) if (widths[text.charCodeAt(at)] === 0) return false;
  return true;
};

/** Letters whose combining marks may be left out for want of a better way to write them. */
export const isLatinLetter = (unit: number): boolean => {
  const small = unit | 0x20;
  return (
    (small >= 0x61 && small <= 0x7a) ||
    (unit >= 0xc0 && unit <= 0x24f && unit !== 0xd7 && unit !== 0xf7) ||
    (unit >= 0x1e00 && unit <= 0x1eff)
  );
};

export const isMark = (unit: number): boolean => unit >= 0x300 && unit <= 0x36f;

/**
 * Letters and their marks as one character, where there is one: with `anyLetter` whatever it is, with `latin` those of
 * Latin letters only where GSM-7 has it.
 */
export const compose = (
  text: string,
  { anyLetter, latin }: { readonly anyLetter: boolean; readonly latin: 'any' | 'gsm-7' },
): string =>
  text.replace(marked, (letter) => {
    const one = letter.normalize('NFC');
    if (one.length >= letter.length) return letter;
    const isWanted = isLatinLetter(letter.charCodeAt(0)) && latin === 'gsm-7' ? isInGsm7(one) : anyLetter;
    return isWanted ? one : letter;
  });

/** Whether a letter with all its marks, which stand from one place to another, becomes one character; a Latin one, one of GSM-7. */
export const isComposed = (text: string, start: number, end: number): boolean =>
  end - start <= 9 && compose(text.slice(start, end), { anyLetter: true, latin: 'gsm-7' }).length === 1;
