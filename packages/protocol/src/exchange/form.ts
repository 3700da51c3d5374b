import type { Charset } from '../charsets/charset.ts';
import type { Params, ParamValue } from './wire.ts';

/** Bytes as pairs of hexadecimal digits, with something before each. */
export const toHex = (bytes: Uint8Array, before = ''): string =>
  Array.from(bytes, (byte) => before + (256 + byte).toString(16).slice(1).toUpperCase()).join('');

const percent = (value: ParamValue, charset: Charset): string => {
  if (typeof value === 'string') return charset.percent(value);
  // `+` of a number's exponent cannot occur: no parameter is that large.
  return typeof value === 'number' ? String(value) : toHex(value, '%');
};

/**
 * Parameters as `application/x-www-form-urlencoded`. The result is ASCII: every byte of the charset that is not a
 * letter, a digit or one of `- _ . ~` is written `%XX`, and a space is `%20`, never `+`.
 */
export function toForm(params: Params, charset: Charset): string {
  let form = '';
  for (const name of Object.keys(params)) form += `${form && '&'}${name}=${percent(params[name]!, charset)}`;
  return form;
}
