import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { CallbackRequest } from '../src/callbacks.ts';
import { type Charset, encode } from '../src/index.ts';

/** Format of a callback. */
export const formats = ['form', 'query', 'json', 'xml'] as const;
export type CallbackFormat = (typeof formats)[number];
export const algorithms = ['md5', 'sha1', 'crc32'] as const;
export type CallbackAlgorithm = (typeof algorithms)[number];

export type Pairs = readonly (readonly [name: string, value: string])[];

/** Names of the signed fields, by kind of callback; the secret follows them. Source: third parties. */
export const signedNames = {
  status: ['id', 'phone', 'status'],
  hlr: ['id', 'phone', 'status'],
  incoming: ['phone', 'mes', 'to'],
  call: ['phone', 'ts'],
} as const;

/** Signs values as the gateway does, with the hash functions of Node.js. */
export function sign(
  values: readonly string[],
  secret: string,
  algorithm: CallbackAlgorithm,
  charset: Charset,
): string {
  const bytes = encode([...values, secret].join(':'), charset);
  return algorithm === 'crc32' ? String(crc32(bytes)) : createHash(algorithm).update(bytes).digest('hex');
}

/** Appends the signature to the fields of a callback. */
export const signed = (
  event: keyof typeof signedNames,
  fields: Pairs,
  secret: string,
  algorithm: CallbackAlgorithm,
  charset: Charset,
): Pairs => {
  const values = new Map(fields);
  return [
    ...fields,
    [
      algorithm,
      sign(
        signedNames[event].map((name) => values.get(name)!),
        secret,
        algorithm,
        charset,
      ),
    ],
  ];
};

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const toForm = (pairs: Pairs, charset: Charset): string =>
  pairs.map(([name, value]) => `${charset.percent(name)}=${charset.percent(value)}`).join('&');

/** Encodes a callback as a form, a query, a JSON object, or elements inside one XML element. */
export function write(
  pairs: Pairs,
  format: CallbackFormat,
  charset: Charset,
  url = `/hook?charset=${charset.name}`,
): CallbackRequest {
  if (format === 'query') return { method: 'GET', url: `${url}&${toForm(pairs, charset)}` };
  const bodies = {
    form: () => encode(toForm(pairs, charset), charset),
    json: () => encode(JSON.stringify(Object.fromEntries(pairs), null, 1), charset),
    xml: () =>
      encode(
        `<result>\n${pairs.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>\n`).join('')}</result>`,
        charset,
      ),
  };
  // The URL cannot request koi8-r for XML and JSON, so the header declares the charset.
  return {
    method: 'POST',
    url,
    ...(format === 'form' ? {} : { contentType: `text/${format}; charset=${charset.name}` }),
    body: bodies[format](),
  };
}
