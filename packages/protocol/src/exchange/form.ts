import type { Charset } from '../charsets/charset.ts';
import type { Params, ParamValue } from './wire.ts';

/** Writes bytes as pairs of upper-case hexadecimal digits, with the text `before` in front of each pair. */
export const toHex = (bytes: Uint8Array, before = ''): string =>
  Array.from(bytes, (byte) => before + (256 + byte).toString(16).slice(1).toUpperCase()).join('');

const encodeValue = (value: ParamValue, charset: Charset): string => {
  if (typeof value === 'string') return charset.percent(value);
  // Numbers need no encoding: none is large enough to be written with an exponent, which would contain a `+`.
  return typeof value === 'number' ? String(value) : toHex(value, '%');
};

/**
 * Encodes parameters as `application/x-www-form-urlencoded`. The result is ASCII: every byte that is not a letter, a
 * digit or one of `- _ . ~` is written `%XX`. A space is `%20`, never `+`.
 */
export function toForm(params: Params, charset: Charset): string {
  let form = '';
  for (const name of Object.keys(params))
    form += `${form && '&'}${name}=${encodeValue(params[name]!, charset)}`;
  return form;
}
