import type { Charset } from './charsets/charset.ts';
import type { Params, ParamValue } from './wire.ts';

/** Octets as hexadecimal digits in pairs. */
export const toHex = (octets: Uint8Array): string => Array.from(octets, (octet) => (256 + octet).toString(16).slice(1).toUpperCase()).join('');

const percent = (value: ParamValue, charset: Charset): string => {
  if (typeof value === 'string') return charset.percent(value);
  // `+` of a number's exponent cannot occur: no parameter is that large.
  return typeof value === 'number' ? String(value) : toHex(value).replace(/../g, '%$&');
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
