import type { Charset } from './charset.ts';

/**
 * A text with something else in the place of each character that a charset lacks: a lone surrogate in UTF-8, a letter of
 * another alphabet in windows-1251. Only for those who ask for it: by itself no charset replaces anything.
 *
 * @param replacement what stands in their place, such as `?`; empty leaves them out
 */
export function replaceUnencodable(text: string, charset: Charset, replacement: string): string {
  let kept = '';
  let end = 0;
  for (const { index, character } of charset.unencodable(text)) {
    kept += text.slice(end, index) + replacement;
    end = index + character.length;
  }
  return kept + text.slice(end);
}
