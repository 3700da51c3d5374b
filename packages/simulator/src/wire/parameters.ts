import { type Charset, utf8, windows1251 } from '@smsc/protocol';
import { charsetOf, decodeText, encodeText } from './charset.ts';
import { readMultipart } from './multipart.ts';
import { formPairs, percentDecode } from './percent.ts';
import type { GatewayRequest } from './http.ts';

/** A file that came with a request. */
export interface UploadedFile {
  readonly name: string;
  readonly size: number;
  readonly content: Uint8Array;
}

/** What a request says. */
export interface Parameters {
  readonly values: ReadonlyMap<string, string>;
  /** A value before decoding, for `bin=1`, whose octets are no text. */
  readonly bytes: (name: string) => Uint8Array;
  readonly files: readonly UploadedFile[];
  /** What the request is written in, and the answer will be. */
  readonly charset: Charset;
  /** The body was not what it claimed to be, or the charset is none of the gateway's. */
  readonly malformed: boolean;
}

/** Percent-encoded text of one character a byte; bytes; or text of a JSON body. */
type Raw = string | Uint8Array | { readonly text: string };

const plain = /^[\x00-\x24\x26-\x2a\x2c-\x7f]*$/;

const bytesOf = (raw: Raw, charset: Charset): Uint8Array => {
  if (typeof raw === 'string') return percentDecode(raw);
  return raw instanceof Uint8Array ? raw : encodeText(raw.text, charset);
};

const textOf = (raw: Raw, charset: Charset): string => {
  if (typeof raw === 'string' && plain.test(raw)) return raw;
  return typeof raw === 'object' && 'text' in raw ? raw.text : decodeText(bytesOf(raw, charset), charset);
};

/** A URL's query as one character a byte. What is not a byte each can only come from within one's own program. */
function queryOf(url: string): string {
  const mark = url.indexOf('?');
  if (mark < 0) return '';
  const query = url.slice(mark + 1).replace(/#.*$/s, '');
  return /[^\x00-\xff]/.test(query) ? Buffer.from(query, 'utf8').toString('latin1') : query;
}

/** A JSON value as PHP would print it; `undefined` for lists and objects, which no parameter is. */
function jsonText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '';
  return value === null ? '' : undefined;
}

/** Reads one flat JSON object in UTF-8. Says whether it was one. */
function readJson(body: Uint8Array, into: Map<string, Raw>): boolean {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'),
    );
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const [name, member] of Object.entries(value)) {
      const text = jsonText(member);
      if (text === undefined) return false;
      into.set(name, { text });
    }
    return true;
  } catch {
    return false;
  }
}

type FilePart = { readonly fileName: Uint8Array; readonly content: Uint8Array };

/** Reads the body into `into`. Says whether it was what its type claims. */
function readBody(
  request: GatewayRequest,
  json: boolean,
  into: Map<string, Raw>,
  files: FilePart[],
): boolean {
  const { body, contentType = '' } = request;
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'multipart/form-data') {
    const parts = readMultipart(body, contentType);
    for (const { name, fileName, content } of parts ?? []) {
      if (fileName === undefined) into.set(name, content);
      // A browser sends a field for files that was left empty as a file without a name.
      else if (fileName.length > 0) files.push({ fileName, content });
    }
    return parts !== undefined;
  }
  // A JSON body is read at `/rest/` only, as attested; at `/sys/` it is taken to be no form and so to say nothing.
  if (json && type !== 'application/x-www-form-urlencoded') return readJson(body, into);
  if (type !== '' && type !== 'application/x-www-form-urlencoded') return true;
  const form = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  for (const [name, encoded] of formPairs(form)) into.set(name, encoded);
  return true;
}

/**
 * Reads a request. The query and the body are merged; where both name a parameter the body wins, and of two in one
 * place the last: assumed.
 *
 * @param json whether the body is a JSON object unless it says that it is a form
 */
export function readParameters(request: GatewayRequest, json: boolean): Parameters {
  const raw = new Map<string, Raw>();
  const parts: FilePart[] = [];
  for (const [name, encoded] of formPairs(queryOf(request.url))) raw.set(name, encoded);
  const wellFormed = request.method === 'GET' || readBody(request, json, raw, parts);

  const named = raw.get('charset');
  const name = named === undefined ? '' : textOf(named, windows1251);
  // A JSON body is UTF-8, and clients leave the charset out; that its answer then is UTF-8 too is assumed.
  const charset = name === '' && json ? utf8 : charsetOf(name);
  const written = charset ?? windows1251;
  const values = new Map<string, string>();
  for (const [key, value] of raw) values.set(key, textOf(value, written));
  return {
    values,
    bytes: (key) => bytesOf(raw.get(key) ?? '', written),
    files: parts.map(({ fileName, content }) => ({
      name: decodeText(fileName, written),
      size: content.length,
      content,
    })),
    charset: written,
    malformed: !wellFormed || charset === undefined,
  };
}
