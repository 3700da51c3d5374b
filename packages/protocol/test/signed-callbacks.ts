import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { CallbackRequest } from '../src/callbacks.ts';
import { type Charset, encode } from '../src/index.ts';

/** Format of a callback. */
export const formats = ['form', 'query', 'json', 'xml'] as const;
export type PushFormat = (typeof formats)[number];
export const algorithms = ['md5', 'sha1', 'crc32'] as const;
export type PushAlgorithm = (typeof algorithms)[number];

export type Pairs = readonly (readonly [name: string, value: string])[];

/** Names of the signed fields, by kind of callback; the secret follows them. Source: third parties. */
export const signedNames = {
  status: ['id', 'phone', 'status'],
  hlr: ['id', 'phone', 'status'],
  incoming: ['phone', 'mes', 'to'],
  call: ['phone', 'ts'],
} as const;

/** The platform's own hash of a text in a charset. */
export function sign(
  values: readonly string[],
  secret: string,
  algorithm: PushAlgorithm,
  charset: Charset,
): string {
  const bytes = encode([...values, secret].join(':'), charset);
  return algorithm === 'crc32' ? String(crc32(bytes)) : createHash(algorithm).update(bytes).digest('hex');
}

/** The fields with a signature behind them. */
export const signed = (
  event: keyof typeof signedNames,
  fields: Pairs,
  secret: string,
  algorithm: PushAlgorithm,
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

/** A callback as the facts describe it: fields in a form, in a query, as members of JSON, as elements of XML in one element. */
export function write(
  pairs: Pairs,
  format: PushFormat,
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
  // In XML and JSON the gateway does not use koi8-r, whatever its address asks for: only a header makes it so.
  return {
    method: 'POST',
    url,
    ...(format === 'form' ? {} : { contentType: `text/${format}; charset=${charset.name}` }),
    body: bodies[format](),
  };
}
