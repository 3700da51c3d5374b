import type { Charset } from './charset.ts';

/**
 * Replaces each character that a charset lacks, such as an emoji in windows-1251 or a lone surrogate in UTF-8. Encoding
 * itself never replaces characters; it throws.
 *
 * @param replacement text for each of these characters, such as `?`. An empty text removes them
 * @example
 * ```ts
 * replaceUnencodable('Привіт 👋', windows1251, '?'); // 'Привіт ?'
 * ```
 */
export function replaceUnencodable(text: string, charset: Charset, replacement: string): string {
  let replaced = '';
  let end = 0;
  for (const { index, character } of charset.unencodable(text)) {
    replaced += text.slice(end, index) + replacement;
    end = index + character.length;
  }
  return replaced + text.slice(end);
}
