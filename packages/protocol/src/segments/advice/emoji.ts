const pictograph = /^\p{Extended_Pictographic}/u;
const emojiPresentation = /^\p{Emoji_Presentation}/u;

const isRegionalIndicator = (point: number): boolean => point >= 0x1f1e6 && point <= 0x1f1ff;
const isSkinTone = (point: number): boolean => point >= 0x1f3fb && point <= 0x1f3ff;
const isTag = (point: number): boolean => point >= 0xe0020 && point <= 0xe007f;
const variationSelector16 = 0xfe0f;
const zeroWidthJoiner = 0x200d;
const keycap = 0x20e3;

/**
 * Returns true if an emoji starts at `at`: a character that is an emoji by default, or a character that the variation
 * selector after it makes an emoji.
 */
function startsEmoji(text: string, at: number, point: number): boolean {
  if (point < 0x203c && text.charCodeAt(at + 1) !== variationSelector16) return false;
  if (isRegionalIndicator(point) || isSkinTone(point)) return true;
  const character = String.fromCodePoint(point);
  if (text.charCodeAt(at + character.length) === variationSelector16)
    return pictograph.test(character) || (point < 0x40 && text.charCodeAt(at + 2) === keycap);
  return point > 0xffff ? pictograph.test(character) : emojiPresentation.test(character);
}

/** Returns true if a zero-width joiner at `at` joins another emoji. */
const joinsEmoji = (text: string, at: number): boolean =>
  text.charCodeAt(at) === zeroWidthJoiner &&
  at + 1 < text.length &&
  startsEmoji(text, at + 1, text.codePointAt(at + 1)!);

const modifiesEmoji = (point: number): boolean =>
  point === variationSelector16 || point === keycap || isSkinTone(point) || isTag(point);

/**
 * Returns the end of the emoji that starts at `at`, with its modifiers and joined emoji. Returns `at` if no emoji
 * starts there.
 */
export function emojiEnd(text: string, at: number): number {
  let end = at;
  let expectsEmoji = true;
  /** `true` after the first regional indicator of a flag. The second one completes the flag. */
  let isHalfFlag = false;
  while (end < text.length) {
    const point = text.codePointAt(end)!;
    if (expectsEmoji) {
      if (!startsEmoji(text, end, point)) break;
      isHalfFlag = isRegionalIndicator(point);
      expectsEmoji = false;
    } else if (joinsEmoji(text, end)) expectsEmoji = true;
    else if (isHalfFlag && isRegionalIndicator(point)) isHalfFlag = false;
    else if (!modifiesEmoji(point)) break;
    end += point > 0xffff ? 2 : 1;
  }
  return end;
}
