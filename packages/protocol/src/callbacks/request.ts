import type { Charset } from '../charsets/charset.ts';
import { windows1251 } from '../charsets/windows-1251.ts';
import { Unreadable } from '../core/errors.ts';
import type { Json } from '../exchange/json.ts';
import type { CharsetName } from '../exchange/wire.ts';
import { charsetOf, decode } from './declared-charset.ts';
import { readElements } from './xml-fields.ts';
import { CallbackError } from './error.ts';
import { readForm } from './form-fields.ts';
import { readJson } from './json-fields.ts';
import { type CallbackFields, toFields } from './fields.ts';
import { algorithms } from './signature.ts';

/** A request to your handler, as plain data. The body has to be raw, as it arrived. */
export interface CallbackRequest {
  /** GET or POST, in any case. Default: POST. */
  readonly method?: string | undefined;
  /** Full URL, or only its path and query. Not trusted, since proxies may rewrite it. */
  readonly url?: string | undefined;
  /** Query, with or without `?`. Takes precedence over the query of `url`. */
  readonly query?: string | undefined;
  /** Content-Type header. Only its charset is used. */
  readonly contentType?: string | null | undefined;
  /** Body as bytes; or as text, if the host decoded it with the right charset. */
  readonly body?: Uint8Array | string | undefined;
}

/** Fields and charset of a request. */
interface RequestFields {
  readonly fields: CallbackFields;
  readonly charset: Charset;
}

const queryOf = ({ query, url = '' }: CallbackRequest): string => {
  if (query !== undefined) return query.replace(/^\?/, '');
  const [address = ''] = url.split('#', 1);
  const at = address.indexOf('?');
  return at < 0 ? '' : address.slice(at + 1);
};

/** Returns a query parameter whose value is plain ASCII. */
const parameter = (query: string, name: string): string | undefined =>
  query
    .split('&')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const ofHeader = (contentType: string | null | undefined): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType ?? '')?.[1];

/**
 * Returns the start of a body, without a byte order mark. The start is decoded as windows-1251, because only its ASCII
 * characters are used, and these are the same in all charsets. The byte order mark of UTF-8 then becomes `п»ї`.
 */
const beginningOf = (body: Uint8Array | string): string =>
  (typeof body === 'string' ? body.slice(0, 200) : windows1251.decode(body.subarray(0, 200))).replace(
    /^(?:\u043f\u00bb\u0457|\ufeff)?\s*/,
    '',
  );

/** Returns the declared charsets, the most reliable declaration first. */
function declared(
  body: Uint8Array | string,
  query: string,
  name: CharsetName | undefined,
  contentType: string | null | undefined,
): readonly (string | undefined)[] {
  const beginning = beginningOf(body);
  const requested = [name, parameter(query, 'charset')];
  const sent = [ofHeader(contentType), /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)/.exec(beginning)?.[1]];
  // For XML and JSON, ignores a request for koi8-r: according to the gateway's page, the gateway does not send these
  // formats in koi8-r. The page does not name the charset that is used instead.
  return [
    ...(/^[{<]/.test(beginning) ? requested.filter((each) => each?.toLowerCase() !== 'koi8-r') : requested),
    ...sent,
  ];
}

type Pairs = readonly (readonly [name: string, value: Json])[];

/**
 * Removes the parameter that enables the signature. In a GET request, the gateway appends its fields to the query of
 * your handler's URL, as in `?md5&id=…&md5=900150…`. There the first `md5` is not a signature.
 */
const withoutSwitches = (pairs: Pairs): Pairs => {
  const isSwitch = ([name, value]: Pairs[number]): boolean =>
    (algorithms as readonly string[]).includes(name) && (value === '' || value === '1');
  return pairs.filter(
    (pair) => !isSwitch(pair) || !pairs.some((other) => other[0] === pair[0] && !isSwitch(other)),
  );
};

/**
 * Reads the fields of a body. The format is recognized by the first character of the body, because the gateway does not
 * document the Content-Type of JSON and XML, and a form cannot start with `{` or `<`. The names in XML are not
 * documented either, so any root element with one child for each field is accepted.
 */
function parseBody(text: string, charset: Charset): Pairs {
  const trimmed = text.trim();
  if (trimmed === '') throw new Unreadable('the body is empty');
  if (trimmed.startsWith('{')) return readJson(trimmed);
  if (trimmed.startsWith('<')) return readElements(trimmed);
  // Trims only line ends from a form, since an unencoded space belongs to a value. Uses a loop, since a regular
  // expression takes quadratic time for a body that consists of line ends.
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end--;
  return readForm(text.slice(0, end).replace(/^\ufeff/, ''), charset);
}

/** Reads the fields of a request. */
export function readFields(
  request: CallbackRequest,
  name: CharsetName | undefined,
  maxBytes: number,
): RequestFields {
  const method = (request.method ?? 'POST').toUpperCase();
  const query = queryOf(request);
  const body = method === 'GET' ? '' : (request.body ?? '');
  if (method !== 'GET' && method !== 'POST') throw new CallbackError('method', 'expected GET or POST');
  if (body.length > maxBytes || query.length > maxBytes)
    throw new CallbackError('too-large', `the body or the query has more than ${maxBytes} bytes`);
  const charset = charsetOf(declared(body, query, name, request.contentType));
  if (method === 'GET') return { fields: toFields(withoutSwitches(readForm(query, charset))), charset };
  const text = typeof body === 'string' ? body : decode(body, charset);
  return { fields: toFields(parseBody(text, charset)), charset };
}
