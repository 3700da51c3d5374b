const isMarkOfDirection = (unit: number): boolean =>
  unit === 0x200e ||
  unit === 0x200f ||
  unit === 0x061c ||
  (unit >= 0x202a && unit <= 0x202e) ||
  (unit >= 0x2066 && unit <= 0x2069);

/**
 * Scripts in which letters are joined or shaped, from Arabic to the last of the Indic ones, and their later blocks; without
 * a space and a separator that stand among them.
 */
const joins = (unit: number): boolean =>
  (unit >= 0x0620 && unit <= 0x1cff && unit !== 0x1680 && unit !== 0x180e) ||
  (unit >= 0xa800 && unit <= 0xabff) ||
  (unit >= 0xfb50 && unit <= 0xfefc && (unit < 0xfe00 || unit > 0xfe6f));

/** Letters that are written from right to left; of those beyond the BMP, the first halves. */
const rightToLeft = /[\u05d0-\u05ea\u0620-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/;

const pictograph = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Whether an emoji, or another character beyond the BMP, stands at a place. */
const isPictographAt = (text: string, at: number): boolean => pictograph.test(text.slice(at, at + 2));

/** Where the character begins that ends before a place, a variation selector aside. */
function startBefore(text: string, at: number): number {
  const last = at - (text.charCodeAt(at - 1) === 0xfe0f ? 2 : 1);
  return last > 0 && text.codePointAt(last - 1)! > 0xffff ? last - 1 : last;
}

/** Whether a joiner does anything: between emoji, or next to a letter of a script that needs it. */
function isNeeded(text: string, at: number): boolean {
  if (joins(text.charCodeAt(at - 1)) || joins(text.charCodeAt(at + 1))) return true;
  return (
    text.charCodeAt(at) === 0x200d &&
    at > 0 &&
    isPictographAt(text, at + 1) &&
    isPictographAt(text, startBefore(text, at))
  );
}

/**
 * Says of each place, asked for from the first to the last, whether nothing is lost if the character there is left out.
 * Only for code units that may be hidden, and for the first halves of tags, which are U+E0000 to U+E007F.
 */
export function hiddenIn(text: string): (at: number) => boolean {
  let hasDirection: boolean | undefined;
  let flagEnd = 0;
  return (at) => {
    const unit = text.charCodeAt(at);
    if (unit === 0xdb40) {
      // Behind a black flag tags say whose it is, and are a part of it.
      const inFlag = flagEnd === at ? at >= 2 : text.codePointAt(at - 2) === 0x1f3f4;
      if (inFlag) flagEnd = at + 2;
      return !inFlag;
    }
    if (unit === 0x200c || unit === 0x200d) return !isNeeded(text, at);
    return !isMarkOfDirection(unit) || !(hasDirection ??= rightToLeft.test(text));
  };
}

/** Whether a tag begins at a place. */
export const isTagAt = (text: string, at: number): boolean => {
  const low = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === 0xdb40 && low >= 0xdc00 && low <= 0xdc7f;
};
