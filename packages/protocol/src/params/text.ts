import { describeUnencodable } from '../charsets/percent.ts';
import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';

/** A text as it is, and anything else as none: not everything can be made a text of. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Complains of what is no text, of too much of it, and of characters that cannot travel: NUL, lone surrogates, and
 * those that the charset lacks. Where they stand is said, and not what they are: the text is never part of a complaint.
 *
 * @param max in UTF-16 code units: the gateway says «characters», and this is the stricter reading
 */
export const checkText =
  (max: number): Check =>
  (value, at) => {
    const text = asText(value);
    if (text === '' || text.length > max) at.expect(false, value, `text of 1 to ${max} characters`);
    const nul = text.indexOf('\0');
    if (nul >= 0) at.addIssue(`has NUL at ${nul}`);
    const unencodable = at.charset?.unencodable(text);
    if (unencodable?.length) at.addIssue(describeUnencodable(at.charset!.name, unencodable));
  };

/** A text of the greatest length that is taken. Nothing is documented; no header and no address is longer. */
const checkLong: Check = /* @__PURE__ */ checkText(2000);

/** Complains of a line break as well, where one would begin another line of the message. */
export const checkLine: Check = (value, at) => {
  checkLong(value, at);
  if (/[\r\n]/.test(asText(value))) at.addIssue('has a line break');
};

/** One line of text, sent as it is. */
export const line = (param: string): Field<string> => asIs(param, checkLine);

/** Full address of something on the web, `http` or `https` only: the gateway fetches it, or shows it to a person. */
export const checkWebAddress: Check = (value, at) => {
  checkLine(value, at);
  if (typeof value === 'string')
    at.expect(
      /^https?:\/\/[^\s\0-\x20\x7f/?#@\\]+(?:[/?#][^\s\0-\x20\x7f]*)?$/i.test(value),
      value,
      'an http or https address',
    );
};

/** A text of several lines, sent as it is. */
export const words = (param: string, max?: number): Field<string> =>
  asIs(param, max ? checkText(max) : checkLong);
