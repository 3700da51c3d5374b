import { md5, sha1 } from '@noble/hashes/legacy.js';
import type { Charset } from '../charsets/charset.ts';
import { encode } from '../charsets/encode.ts';
import { utf8 } from '../charsets/utf-8.ts';
import { Unreadable } from '../core/errors.ts';
import { crc32, toOctets } from './crc32.ts';
import { CallbackError } from './error.ts';
import { equalInConstantTime } from './constant-time.ts';
import type { CallbackFields } from './fields.ts';

/** With what the gateway signs. */
export type SignatureAlgorithm = 'md5' | 'sha1' | 'crc32';

export const algorithms: readonly SignatureAlgorithm[] = ['md5', 'sha1', 'crc32'];

function fromHex(digits: string): Uint8Array {
  const octets = new Uint8Array(digits.length / 2);
  for (let at = 0; at < octets.length; at++) octets[at] = parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  return octets;
}

interface Scheme {
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  readonly pattern: RegExp;
  readonly expected: string;
  /** Everything that a notation can mean. */
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
  // How the gateway writes it is not known; both notations that are usual are taken.
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
 * The octets that are signed: those of the push's charset, which is inferred. What does not fit it (a JSON body can name any
 * character) can only have been signed as UTF-8: assumed.
 */
function toSigned(text: string, charset: Charset): Uint8Array {
  const [fitting] = [charset, utf8].filter(({ unencodable }) => unencodable(text).length === 0);
  if (!fitting) throw new Unreadable('half a surrogate pair');
  return encode(text, fitting);
}

/** Takes a signature out of the fields, and gives back whether it is right. */
function isRight(pushed: CallbackFields, name: SignatureAlgorithm, signed: Uint8Array): boolean {
  const { hash, pattern, expected, parse } = schemes[name];
  const given = pushed.get(name);
  pushed.delete(name);
  if (typeof given !== 'string' || !pattern.test(given))
    throw new CallbackError('signature', `${name}: expected ${expected}`);
  const right = hash(signed);
  return parse(given)
    .map((each) => equalInConstantTime(each, right))
    .includes(true);
}

/**
 * Refuses a push that the secret has not signed: one of the `accepted` signatures has to be there, and each that is there
 * has to be right. Takes them out of the fields.
 *
 * @param values what is signed, in its order; the secret follows behind a colon (third parties)
 */
export function verify(
  pushed: CallbackFields,
  values: readonly string[],
  secret: string,
  accepted: readonly SignatureAlgorithm[],
  charset: Charset,
): void {
  const there = algorithms.filter((name) => pushed.has(name));
  if (!there.some((name) => accepted.includes(name)))
    throw new CallbackError('signature', `not signed by ${accepted.join(' or ')}`);
  const signed = toSigned([...values, secret].join(':'), charset);
  for (const name of there)
    if (!isRight(pushed, name, signed))
      throw new CallbackError('signature', `${name} is not that of this push`);
}
