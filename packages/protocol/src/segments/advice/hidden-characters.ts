const isDirectionMark = (unit: number): boolean =>
  unit === 0x200e ||
  unit === 0x200f ||
  unit === 0x061c ||
  (unit >= 0x202a && unit <= 0x202e) ||
  (unit >= 0x2066 && unit <= 0x2069);

/**
 * Returns true if a code unit belongs to a script whose letters change shape next to each other, such as Arabic or an
 * Indic script. Excludes the space U+1680 and the separator U+180E, which lie inside these ranges.
 */
const isJoiningScript = (unit: number): boolean =>
  (unit >= 0x0620 && unit <= 0x1cff && unit !== 0x1680 && unit !== 0x180e) ||
  (unit >= 0xa800 && unit <= 0xabff) ||
  (unit >= 0xfb50 && unit <= 0xfefc && (unit < 0xfe00 || unit > 0xfe6f));

/** Matches letters that are written from right to left. For letters outside the BMP, it matches the high surrogate. */
const rightToLeft = /[\u05d0-\u05ea\u0620-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/;

const pictograph = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Returns true if a pictograph or a skin tone starts at `at`. */
const isPictographAt = (text: string, at: number): boolean => pictograph.test(text.slice(at, at + 2));

/** Returns the start of the character that ends before `at`, ignoring a variation selector. */
function startBefore(text: string, at: number): number {
  const last = at - (text.charCodeAt(at - 1) === 0xfe0f ? 2 : 1);
  return last > 0 && text.codePointAt(last - 1)! > 0xffff ? last - 1 : last;
}

/** Returns true if a joiner has an effect: between two emoji, or next to a letter of a joining script. */
function isEffectiveJoiner(text: string, at: number): boolean {
  if (isJoiningScript(text.charCodeAt(at - 1)) || isJoiningScript(text.charCodeAt(at + 1))) return true;
  return (
    text.charCodeAt(at) === 0x200d &&
    at > 0 &&
    isPictographAt(text, at + 1) &&
    isPictographAt(text, startBefore(text, at))
  );
}

/**
 * Creates a function that returns true if the invisible character at a position can be removed without a visible
 * change. Call the function with ascending positions, and only for characters of `hiddenRanges` and for the high
 * surrogates of tags (U+E0000 to U+E007F).
 */
export function findRemovable(text: string): (at: number) => boolean {
  let hasRightToLeft: boolean | undefined;
  let flagEnd = 0;
  return (at) => {
    const unit = text.charCodeAt(at);
    if (unit === 0xdb40) {
      // Tags after a black flag (U+1F3F4) select a regional flag and are part of that emoji.
      const inFlag = flagEnd === at ? at >= 2 : text.codePointAt(at - 2) === 0x1f3f4;
      if (inFlag) flagEnd = at + 2;
      return !inFlag;
    }
    if (unit === 0x200c || unit === 0x200d) return !isEffectiveJoiner(text, at);
    if (!isDirectionMark(unit)) return true;
    hasRightToLeft ??= rightToLeft.test(text);
    return !hasRightToLeft;
  };
}

/** Returns true if a tag character (U+E0000 to U+E007F) starts at `at`. */
export const isTagAt = (text: string, at: number): boolean => {
  const low = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === 0xdb40 && low >= 0xdc00 && low <= 0xdc7f;
};
