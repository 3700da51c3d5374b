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

/** A request to your handler, as plain data. The body has to be as it came: raw, before any framework has read it. */
export interface CallbackRequest {
  /** GET or POST, in any case. Default: POST. */
  readonly method?: string | undefined;
  /** The address, whole or from the path on. Nothing in it is trusted, since proxies rewrite it. */
  readonly url?: string | undefined;
  /** The query alone, with its `?` or without; comes before the one of `url`. */
  readonly query?: string | undefined;
  /** The Content-Type header, for its charset. */
  readonly contentType?: string | null | undefined;
  /** Bytes; or text, if the host has decoded them, which is right only if it knew the charset. */
  readonly body?: Uint8Array | string | undefined;
}

/** A request taken apart. */
interface RequestFields {
  readonly pushed: CallbackFields;
  readonly charset: Charset;
}

const queryOf = ({ query, url = '' }: CallbackRequest): string => {
  if (query !== undefined) return query.replace(/^\?/, '');
  const [address = ''] = url.split('#', 1);
  const at = address.indexOf('?');
  return at < 0 ? '' : address.slice(at + 1);
};

/** The value of a query's parameter that is plain ASCII. */
const parameter = (query: string, name: string): string | undefined =>
  query
    .split('&')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const ofHeader = (contentType: string | null | undefined): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType ?? '')?.[1];

/** The beginning of a body, as far as it is ASCII, which is the same in each of the charsets; UTF-8's byte order mark is `п»ї` in this one. */
const beginningOf = (body: Uint8Array | string): string =>
  (typeof body === 'string' ? body.slice(0, 200) : windows1251.decode(body.subarray(0, 200))).replace(
    /^(?:\u043f\u00bb\u0457|\ufeff)?\s*/,
    '',
  );

/** What says in which charset a body is, the most credible first. */
function declared(
  body: Uint8Array | string,
  query: string,
  name: CharsetName | undefined,
  contentType: string | null | undefined,
): readonly (string | undefined)[] {
  const beginning = beginningOf(body);
  const asked = [name, parameter(query, 'charset')];
  const said = [ofHeader(contentType), /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)/.exec(beginning)?.[1]];
  // Whoever asks for koi8-r and for XML or JSON gets another one, says the gateway's page; not which.
  return [
    ...(/^[{<]/.test(beginning) ? asked.filter((each) => each?.toLowerCase() !== 'koi8-r') : asked),
    ...said,
  ];
}

type Pairs = readonly (readonly [name: string, value: Json])[];

/**
 * By GET the fields stand behind the parameters of the handler's own address, and one of these switches the signature on:
 * `?md5&id=…&md5=900150…`. A switch is no second signature.
 */
const withoutSwitches = (pairs: Pairs): Pairs => {
  const isSwitch = ([name, value]: Pairs[number]): boolean =>
    (algorithms as readonly string[]).includes(name) && (value === '' || value === '1');
  return pairs.filter(
    (pair) => !isSwitch(pair) || !pairs.some((other) => other[0] === pair[0] && !isSwitch(other)),
  );
};

/**
 * Text to fields. A form cannot begin with `{` or `<`, and which Content-Type the gateway gives to the others is not known:
 * so the body says what it is. The shape of XML is not known either: any element, and in it one for each field.
 */
function readBody(text: string, charset: Charset): Pairs {
  const trimmed = text.trim();
  if (trimmed === '') throw new Unreadable('nothing in it');
  if (trimmed.startsWith('{')) return readJson(trimmed);
  if (trimmed.startsWith('<')) return readElements(trimmed);
  // Of a form only line ends are trimmed: a space that was not encoded is one of a value. By hand, since an expression would
  // begin anew at each line end of a body that has nothing else.
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
  if (method !== 'GET' && method !== 'POST') throw new CallbackError('method', 'neither GET nor POST');
  if (body.length > maxBytes || query.length > maxBytes)
    throw new CallbackError('too-large', `more than ${maxBytes} bytes`);
  const charset = charsetOf(declared(body, query, name, request.contentType));
  if (method === 'GET') return { pushed: toFields(withoutSwitches(readForm(query, charset))), charset };
  const text = typeof body === 'string' ? body : decode(body, charset);
  return { pushed: toFields(readBody(text, charset)), charset };
}
