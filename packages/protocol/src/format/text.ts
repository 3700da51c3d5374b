import type { Charset } from '../charsets/charset.ts';
import type { Issue } from '../errors.ts';
import { complain, type Field, fine, typeName } from '../fields.ts';

const codePoint = (character: string): string => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Complains of what is no text, of too much of it, and of characters that cannot travel: NUL, lone surrogates, and
 * those that the charset lacks. The text itself is never part of a complaint.
 *
 * @param max in UTF-16 code units: the gateway says «characters», and this is the stricter reading
 */
export function checkText(value: unknown, path: string, charset: Charset, max: number = Infinity): readonly Issue[] {
  if (typeof value !== 'string') return complain(path, `is ${typeName(value)}; expected text`);
  if (value === '') return complain(path, 'is empty');
  const issues: Issue[] = [];
  if (value.length > max) issues.push({ path, message: `has ${value.length} characters; at most ${max} fit` });
  const nul = value.indexOf('\0');
  if (nul >= 0) issues.push({ path, message: `has a NUL at index ${nul}` });
  const misfits = charset.misfits(value);
  if (misfits.length > 0) {
    const places = misfits.slice(0, 5).map(({ character, index }) => `${codePoint(character)} at ${index}`);
    const more = misfits.length > 5 ? ` and ${misfits.length - 5} more` : '';
    const lone = misfits.every(({ character }) => /^[\ud800-\udfff]$/.test(character));
    issues.push({ path, message: `has ${lone ? 'lone surrogates' : `characters that ${charset.name} lacks`}: ${places.join(', ')}${more}` });
  }
  return issues;
}

/** Complains of a line break where one would begin another line of the message. */
export const checkLine = (value: unknown, path: string, charset: Charset, max: number = Infinity): readonly Issue[] => [
  ...checkText(value, path, charset, max),
  ...(typeof value === 'string' && /[\r\n]/.test(value) ? complain(path, 'has a line break; expected one line') : fine),
];

/** One line of text, sent as it is. */
export const line = (param: string, max?: number): Field<string> => ({
  params: [param],
  check: (value, path, charset) => checkLine(value, path, charset, max),
  encode: (value) => ({ [param]: value }),
});

/** Full address of something on the web, `http` or `https` only: the gateway fetches it, or shows it to a person. */
export const checkWebAddress = (value: unknown, path: string, charset: Charset): readonly Issue[] => {
  const issues = checkLine(value, path, charset);
  if (issues.length > 0 || /^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i.test(value as string)) return issues;
  return complain(path, 'expected a full address that begins with http:// or https://');
};
