/** One part of a `multipart/form-data` body. */
export interface BodyPart {
  readonly name: string;
  /** File name as bytes, because the charset is not known yet. `undefined` if the part is not a file. */
  readonly fileName: Uint8Array | undefined;
  readonly content: Uint8Array;
}

const headerEnd = Buffer.from('\r\n\r\n');

/**
 * Reads the quoted and unquoted parameters of a header. `filename*` is ignored, because RFC 7578, section 4.2, forbids this
 * parameter.
 */
const parametersOf = (header: string): ReadonlyMap<string, string> =>
  new Map(
    Array.from(header.matchAll(/;\s*([^\s;="]+)=(?:"([^"]*)"|([^;\s]*))/g), ([, name, quoted, unquoted]) => [
      name!.toLowerCase(),
      quoted ?? unquoted!,
    ]),
  );

function readPart(part: Buffer): BodyPart | undefined {
  const end = part.indexOf(headerEnd);
  if (end < 0) return undefined;
  // latin1 maps each byte to one character, so it preserves a file name in any charset.
  const headers = part.toString('latin1', 0, end).split('\r\n');
  const disposition = parametersOf(headers.find((line) => /^content-disposition:/i.test(line)) ?? '');
  const name = disposition.get('name');
  const fileName = disposition.get('filename');
  if (name === undefined) return undefined;
  return {
    name,
    fileName: fileName === undefined ? undefined : Buffer.from(fileName, 'latin1'),
    content: part.subarray(end + headerEnd.length),
  };
}

/**
 * Splits a body into its parts, byte for byte. Returns `undefined` if the body is malformed. Source: RFC 7578; RFC 2046,
 * section 5.1.1.
 */
export function readMultipart(body: Uint8Array, contentType: string): readonly BodyPart[] | undefined {
  const boundary = parametersOf(contentType).get('boundary');
  if (!boundary) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const parts: BodyPart[] = [];
  // A delimiter at the very start of the body has no line break in front of it.
  const startsWithDelimiter = bytes.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2));
  const start = startsWithDelimiter ? -2 : bytes.indexOf(delimiter);
  if (start === -1) return undefined;
  let at = start + delimiter.length;
  while (bytes.toString('latin1', at, at + 2) !== '--') {
    const next = bytes.indexOf(delimiter, at);
    if (next < 0) return undefined;
    // White space may follow the delimiter. The part begins on the next line.
    const line = bytes.indexOf('\r\n', at);
    if (line < 0 || line >= next) return undefined;
    const part = readPart(bytes.subarray(line + 2, next));
    if (!part) return undefined;
    parts.push(part);
    at = next + delimiter.length;
  }
  return parts;
}
