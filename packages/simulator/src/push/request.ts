import { escapeXml } from '../wire/response.ts';
import { charsetOf, encodeText } from '../wire/charset.ts';
import { signPush } from './signature.ts';
import type { PushFormat, PushTarget } from './options.ts';

/** A request of the gateway to your handler. */
export interface PushRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Absent for GET. */
  readonly contentType: string | undefined;
  /** Empty for GET. */
  readonly body: Uint8Array;
}

/** Carries a push to its handler. One with a status of 200 to 299 is answered; another one, or a throw, is not. */
export type Deliver = (request: PushRequest) => Promise<{ readonly status: number }>;

/** What is pushed, by the names of its fields. All of it is text, in JSON too (third party). */
export type PushFields = Readonly<Record<string, string>>;

const unreserved = /[\w.~-]/;

/** Percent-encoding as forms have it, in a charset. */
const percent = (text: string, encode: (text: string) => Uint8Array): string =>
  Array.from(encode(text), (byte) => {
    const sign = String.fromCharCode(byte);
    return unreserved.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

/** Types of bodies: assumed, but for that of forms. */
const contentTypes: Readonly<Record<PushFormat, string>> = {
  form: 'application/x-www-form-urlencoded',
  xml: 'text/xml',
  json: 'application/json',
};

/** The fields as one text. Of XML nothing is attested: elements in a `<result>`, as in answers, which is assumed. */
function write(
  fields: readonly (readonly [name: string, value: string])[],
  format: PushFormat,
  encode: (text: string) => Uint8Array,
): Uint8Array {
  if (format === 'form')
    return Buffer.from(fields.map(([name, value]) => `${name}=${percent(value, encode)}`).join('&'));
  if (format === 'json') return encode(JSON.stringify(Object.fromEntries(fields)));
  return encode(
    `<result>\n${fields.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>\n`).join('')}</result>`,
  );
}

/**
 * Writes a push as its target wants it.
 *
 * @param signed the values that the signature covers, in their order; the secret follows them
 */
export function writePush(
  fields: PushFields,
  signed: readonly string[],
  { url, format, charset, method, secret, signatures }: PushTarget,
): PushRequest {
  const charsetUsed = charsetOf(charset)!;
  const encode = (text: string): Uint8Array => encodeText(text, charsetUsed);
  const all: (readonly [string, string])[] = Object.entries(fields);
  if (secret !== undefined) {
    // That the bytes are those of the charset of the body is inferred.
    const bytes = encode([...signed, secret].join(':'));
    for (const algorithm of signatures) all.push([algorithm, signPush(algorithm, bytes)]);
  }
  if (method === 'GET') {
    const [address = url] = url.split('#', 1);
    const query = Buffer.from(write(all, 'form', encode)).toString('latin1');
    return {
      method,
      url: `${address}${address.includes('?') ? '&' : '?'}${query}`,
      contentType: undefined,
      body: new Uint8Array(),
    };
  }
  const type = contentTypes[format];
  return {
    method,
    url,
    contentType: format === 'form' ? type : `${type}; charset=${charset}`,
    body: write(all, format, encode),
  };
}
