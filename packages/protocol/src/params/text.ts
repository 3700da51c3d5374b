import { describeUnencodable } from '../charsets/percent.ts';
import type { Check } from '../core/checks.ts';
import type { Field } from '../core/field.ts';
import { asIs } from './as-is.ts';

/**
 * Returns a text unchanged, and an empty text for any other value. Does not convert other values, because a conversion
 * can throw.
 */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Creates a check for a text. Rejects an empty text, a text that is too long, and characters that cannot be sent: NUL,
 * lone surrogates and characters that the charset lacks. An issue shows the positions of such characters, but never the
 * text.
 *
 * @param max maximum length in UTF-16 code units, the strictest reading of «characters» on the gateway's page
 */
export const checkText =
  (max: number): Check =>
  (value, at) => {
    const text = asText(value);
    if (text === '' || text.length > max) at.expect(false, value, `text of 1 to ${max} characters`);
    const nul = text.indexOf('\0');
    if (nul >= 0) at.addIssue(`has a NUL character at ${nul}`);
    const unencodable = at.charset?.unencodable(text);
    if (unencodable?.length) at.addIssue(describeUnencodable(at.charset!.name, unencodable));
  };

/** Checks a text of up to 2000 characters. The limit is an assumption: the gateway documents none. */
const checkLong: Check = /* @__PURE__ */ checkText(2000);

/** Checks a text of one line. */
export const checkLine: Check = (value, at) => {
  checkLong(value, at);
  if (/[\r\n]/.test(asText(value))) at.addIssue('has a line break');
};

/** Creates a field for one line of text, sent unchanged. */
export const line = (param: string): Field<string> => asIs(param, checkLine);

/** Checks an absolute URL with `http` or `https`. */
export const checkWebAddress: Check = (value, at) => {
  checkLine(value, at);
  if (typeof value === 'string')
    at.expect(
      /^https?:\/\/[^\s\0-\x20\x7f/?#@\\]+(?:[/?#][^\s\0-\x20\x7f]*)?$/i.test(value),
      value,
      'an http or https URL',
    );
};

/** Creates a field for a text of one or more lines, sent unchanged. */
export const words = (param: string, max?: number): Field<string> =>
  asIs(param, max ? checkText(max) : checkLong);
