const pictograph = /^\p{Extended_Pictographic}/u;
const presented = /^\p{Emoji_Presentation}/u;

const isRegional = (point: number): boolean => point >= 0x1f1e6 && point <= 0x1f1ff;
const isSkin = (point: number): boolean => point >= 0x1f3fb && point <= 0x1f3ff;
const isTag = (point: number): boolean => point >= 0xe0020 && point <= 0xe007f;
const selector = 0xfe0f;
const joiner = 0x200d;
const keycap = 0x20e3;

/** Whether an emoji begins with a character: one that is shown as such by itself, or is because of the selector behind it. */
function beginsAt(text: string, at: number, point: number): boolean {
  if (point < 0x203c && text.charCodeAt(at + 1) !== selector) return false;
  if (isRegional(point) || isSkin(point)) return true;
  const character = String.fromCodePoint(point);
  if (text.charCodeAt(at + character.length) === selector)
    return pictograph.test(character) || (point < 0x40 && text.charCodeAt(at + 2) === keycap);
  return point > 0xffff ? pictograph.test(character) : presented.test(character);
}

/** Where the emoji that begins at a place ends, with its skins, joiners and flags; `at` itself where none begins. */
export function emojiEnd(text: string, at: number): number {
  let end = at;
  let expected = true;
  let regional = false;
  while (end < text.length) {
    const point = text.codePointAt(end)!;
    if (expected) {
      if (!beginsAt(text, end, point)) break;
      regional = isRegional(point);
      expected = false;
    } else if (
      point === joiner &&
      end + 1 < text.length &&
      beginsAt(text, end + 1, text.codePointAt(end + 1)!)
    )
      expected = true;
    else if (regional && isRegional(point)) regional = false;
    else if (point !== selector && point !== keycap && !isSkin(point) && !isTag(point)) break;
    end += point > 0xffff ? 2 : 1;
  }
  return end;
}
