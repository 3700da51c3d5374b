import { type Charset, utf8, windows1251 } from '@smsc/protocol';
import { charsetOf, decodeText, encodeText } from './charset.ts';
import { readMultipart } from './multipart.ts';
import { formPairs, percentDecode } from './percent.ts';
import type { GatewayRequest } from './http.ts';

/** File that was uploaded with a request. */
export interface UploadedFile {
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  readonly content: Uint8Array;
}

/** Decoded parameters of a request. */
export interface Parameters {
  readonly values: ReadonlyMap<string, string>;
  /** Returns the bytes of a value before charset decoding. Needed for `bin=1`, whose octets are not text. */
  readonly bytes: (name: string) => Uint8Array;
  readonly files: readonly UploadedFile[];
  /** Charset of the request and of the response. */
  readonly charset: Charset;
  /** True if the body does not match its content type, or the charset is not supported. */
  readonly malformed: boolean;
}

/** Value before charset decoding: percent-encoded text with one character per byte; bytes; or text of a JSON body. */
type RawValue = string | Uint8Array | { readonly text: string };

/** Matches text that contains only ASCII characters and neither `%` nor `+`, so that it needs no decoding. */
const plainAscii = /^[\x00-\x24\x26-\x2a\x2c-\x7f]*$/;

function bytesOf(raw: RawValue, charset: Charset): Uint8Array {
  if (typeof raw === 'string') return percentDecode(raw);
  return raw instanceof Uint8Array ? raw : encodeText(raw.text, charset);
}

function textOf(raw: RawValue, charset: Charset): string {
  if (typeof raw === 'string' && plainAscii.test(raw)) return raw;
  return typeof raw === 'object' && 'text' in raw ? raw.text : decodeText(bytesOf(raw, charset), charset);
}

/**
 * Returns the query of a URL with one character per byte. Characters above U+00FF, which only occur in calls from the same
 * process, are encoded as UTF-8.
 */
function queryOf(url: string): string {
  const mark = url.indexOf('?');
  if (mark < 0) return '';
  const query = url.slice(mark + 1).replace(/#.*$/s, '');
  return /[^\x00-\xff]/.test(query) ? Buffer.from(query, 'utf8').toString('latin1') : query;
}

/** Converts a JSON value to text as PHP prints it. Returns `undefined` for arrays and objects. */
function jsonText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '';
  return value === null ? '' : undefined;
}

/** Reads one flat JSON object in UTF-8 into `values`. Returns false if the body is anything else. */
function readJson(body: Uint8Array, values: Map<string, RawValue>): boolean {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'),
    );
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const [name, member] of Object.entries(value)) {
      const text = jsonText(member);
      if (text === undefined) return false;
      values.set(name, { text });
    }
    return true;
  } catch {
    return false;
  }
}

interface FilePart {
  readonly fileName: Uint8Array;
  readonly content: Uint8Array;
}

/** Reads a multipart body into `values` and `files`. Returns false if it is malformed. */
function readParts(
  { body, contentType = '' }: GatewayRequest,
  values: Map<string, RawValue>,
  files: FilePart[],
): boolean {
  const parts = readMultipart(body, contentType);
  for (const { name, fileName, content } of parts ?? []) {
    if (fileName === undefined) values.set(name, content);
    // Browsers send an empty file field as a file without a name.
    else if (fileName.length > 0) files.push({ fileName, content });
  }
  return parts !== undefined;
}

/** Parses the body into `values` and `files`. Returns false if it does not match its content type. */
function parseBody(
  request: GatewayRequest,
  json: boolean,
  values: Map<string, RawValue>,
  files: FilePart[],
): boolean {
  const { body, contentType = '' } = request;
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'multipart/form-data') return readParts(request, values, files);
  const isForm = type === 'application/x-www-form-urlencoded';
  // JSON bodies are documented for `/rest/` only. The endpoints below `/sys/` ignore them.
  if (json && !isForm) return readJson(body, values);
  if (type !== '' && !isForm) return true;
  const form = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  for (const [name, encoded] of formPairs(form)) values.set(name, encoded);
  return true;
}

/**
 * Reads the parameters of a request. Query and body are merged. Assumptions: the body takes precedence over the query, and
 * the last value of a repeated parameter applies.
 *
 * @param json true to read the body as a JSON object, unless its content type is a form or multipart
 */
export function readParameters(request: GatewayRequest, json: boolean): Parameters {
  const raw = new Map<string, RawValue>();
  const parts: FilePart[] = [];
  for (const [name, encoded] of formPairs(queryOf(request.url))) raw.set(name, encoded);
  const wellFormed = request.method === 'GET' || parseBody(request, json, raw, parts);

  const rawCharset = raw.get('charset');
  const charsetName = rawCharset === undefined ? '' : textOf(rawCharset, windows1251);
  // Clients that send JSON omit the charset; their body is UTF-8. Assumption: the response is UTF-8 as well.
  const requested = charsetName === '' && json ? utf8 : charsetOf(charsetName);
  const charset = requested ?? windows1251;
  const values = new Map<string, string>();
  for (const [name, value] of raw) values.set(name, textOf(value, charset));
  return {
    values,
    bytes: (name) => bytesOf(raw.get(name) ?? '', charset),
    files: parts.map(({ fileName, content }) => ({
      name: decodeText(fileName, charset),
      size: content.length,
      content,
    })),
    charset,
    malformed: !wellFormed || requested === undefined,
  };
}
