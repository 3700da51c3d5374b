import { escapeXml } from '../wire/response.ts';
import { charsetOf, encodeText } from '../wire/charset.ts';
import { signPush } from './signature.ts';
import type { PushFormat, PushTarget } from './options.ts';

/** Webhook request of the gateway to your handler. */
export interface PushRequest {
  /** HTTP method, from the options of the account. */
  readonly method: 'GET' | 'POST';
  /** URL of the webhook. For GET, its query contains the fields. */
  readonly url: string;
  /** Value of the header `Content-Type`. `undefined` for GET. */
  readonly contentType: string | undefined;
  /** Body of the request. Empty for GET. */
  readonly body: Uint8Array;
}

/**
 * Sends a webhook request to its handler. A status from 200 to 299 counts as delivered; any other status counts as not
 * delivered, and so does a rejection.
 */
export type Deliver = (request: PushRequest) => Promise<{ readonly status: number }>;

/** Fields of a webhook request by name. All values are text, in JSON as well. Source: third party. */
export type PushFields = Readonly<Record<string, string>>;

type Encode = (text: string) => Uint8Array;

const unreserved = /[\w.~-]/;

/** Percent-encodes text for a form. */
const percentEncode = (text: string, encode: Encode): string =>
  Array.from(encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

/** Content types by format. The types for XML and JSON are assumptions. */
const contentTypes: Readonly<Record<PushFormat, string>> = {
  form: 'application/x-www-form-urlencoded',
  xml: 'text/xml',
  json: 'application/json',
};

/** Writes the fields as a body. Assumption: in XML the fields are elements in a `<result>`, as in responses. */
function writeFields(
  fields: readonly (readonly [name: string, value: string])[],
  format: PushFormat,
  encode: Encode,
): Uint8Array {
  if (format === 'form')
    return Buffer.from(fields.map(([name, value]) => `${name}=${percentEncode(value, encode)}`).join('&'));
  if (format === 'json') return encode(JSON.stringify(Object.fromEntries(fields)));
  return encode(
    `<result>\n${fields.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>\n`).join('')}</result>`,
  );
}

/**
 * Writes a webhook request in the form that its target requires.
 *
 * @param signedValues values that the signature covers, in order; the secret is added after the last one
 */
export function writePush(
  fields: PushFields,
  signedValues: readonly string[],
  { url, format, charset, method, secret, signatures }: PushTarget,
): PushRequest {
  const bodyCharset = charsetOf(charset)!;
  const encode: Encode = (text) => encodeText(text, bodyCharset);
  const all: (readonly [string, string])[] = Object.entries(fields);
  if (secret !== undefined) {
    // Inferred: the signature covers bytes in the charset of the body.
    const bytes = encode([...signedValues, secret].join(':'));
    for (const algorithm of signatures) all.push([algorithm, signPush(algorithm, bytes)]);
  }
  if (method === 'GET') {
    const [address = url] = url.split('#', 1);
    const query = Buffer.from(writeFields(all, 'form', encode)).toString('latin1');
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
    body: writeFields(all, format, encode),
  };
}
