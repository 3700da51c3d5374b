import { md5, sha1 } from '@noble/hashes/legacy.js';
import type { Charset } from '../charsets/charset.ts';
import { encode } from '../charsets/encode.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { Unreadable } from '../core/errors.ts';
import { crc32, toOctets } from './crc32.ts';
import { CallbackError } from './error.ts';
import { equalInConstantTime } from './constant-time.ts';
import type { CallbackFields } from './fields.ts';

/** Signature algorithm of the gateway. */
export type SignatureAlgorithm = 'md5' | 'sha1' | 'crc32';

/** All signature algorithms. */
export const algorithms: readonly SignatureAlgorithm[] = ['md5', 'sha1', 'crc32'];

function fromHex(digits: string): Uint8Array {
  const octets = new Uint8Array(digits.length / 2);
  for (let at = 0; at < octets.length; at++) octets[at] = parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  return octets;
}

/** Hash function and notation of an algorithm. */
interface Scheme {
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  readonly pattern: RegExp;
  readonly expected: string;
  /** Returns every hash that a written signature can stand for. */
  readonly parse: (text: string) => readonly Uint8Array[];
}

const schemes: Readonly<Record<SignatureAlgorithm, Scheme>> = {
  md5: {
    hash: (bytes) => md5(bytes),
    pattern: /^[\dA-Fa-f]{32}$/,
    expected: '32 hexadecimal digits',
    parse: (text) => [fromHex(text)],
  },
  sha1: {
    hash: (bytes) => sha1(bytes),
    pattern: /^[\dA-Fa-f]{40}$/,
    expected: '40 hexadecimal digits',
    parse: (text) => [fromHex(text)],
  },
  // The gateway does not document how it writes a CRC-32, so decimal and hexadecimal are both accepted.
  crc32: {
    hash: crc32,
    pattern: /^(?:\d{1,10}|[\dA-Fa-f]{8})$/,
    expected: 'a decimal, or 8 hexadecimal digits',
    parse: (text) => [
      ...(/^\d+$/.test(text) && Number(text) <= 0xffffffff ? [toOctets(Number(text))] : []),
      ...(text.length === 8 ? [fromHex(text)] : []),
    ],
  },
};

/**
 * Encodes the signed text in the charset of the callback (inferred). Uses UTF-8 if that charset lacks a character,
 * which happens with JSON escapes (assumption).
 */
function toSigned(text: string, charset: Charset): Uint8Array {
  const [fitting] = [charset, utf8].filter(({ unencodable }) => unencodable(text).length === 0);
  if (!fitting) throw new Unreadable('the text contains a lone surrogate');
  return encode(text, fitting);
}

/** Removes a signature from the fields. Returns `true` if the signature is correct. */
function takeAndVerify(fields: CallbackFields, name: SignatureAlgorithm, signed: Uint8Array): boolean {
  const { hash, pattern, expected, parse } = schemes[name];
  const given = fields.get(name);
  fields.delete(name);
  if (typeof given !== 'string' || !pattern.test(given))
    throw new CallbackError('signature', `${name}: expected ${expected}`);
  const expectedHash = hash(signed);
  return parse(given)
    .map((each) => equalInConstantTime(each, expectedHash))
    .includes(true);
}

/** Secret and algorithms for the verification. */
export interface SigningKey {
  /** Control string of the account's settings. */
  readonly secret: string;
  /** Accepted algorithms. */
  readonly accepted: readonly SignatureAlgorithm[];
}

/**
 * Throws if a callback is not signed with the secret. At least one signature has to use an accepted algorithm, and
 * every signature has to be correct. Removes the signatures from the fields.
 *
 * @param values signed values, in order. The signed text is these values and the secret, joined by colons. Source:
 * third parties
 */
export function verify(
  fields: CallbackFields,
  values: readonly string[],
  { secret, accepted }: SigningKey,
  charset: Charset,
): void {
  const present = algorithms.filter((name) => fields.has(name));
  if (!present.some((name) => accepted.includes(name)))
    throw new CallbackError('signature', `expected a signature in the field ${accepted.join(' or ')}`);
  const signed = toSigned([...values, secret].join(':'), charset);
  for (const name of present)
    if (!takeAndVerify(fields, name, signed))
      throw new CallbackError('signature', `${name} does not match this callback`);
}
