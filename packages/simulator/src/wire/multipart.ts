/** One part of a `multipart/form-data` body. */
export interface BodyPart {
  readonly name: string;
  /** The file's name, for a file: still bytes, since the charset is not known yet. */
  readonly fileName: Uint8Array | undefined;
  readonly content: Uint8Array;
}

const headerEnd = Buffer.from('\r\n\r\n');

/** Quoted and bare parameters of a header. `filename*` is one of its own, which RFC 7578, 4.2, forbids and nobody reads here. */
const parametersOf = (header: string): ReadonlyMap<string, string> =>
  new Map(
    Array.from(header.matchAll(/;\s*([^\s;="]+)=(?:"([^"]*)"|([^;\s]*))/g), ([, name, quoted, bare]) => [
      name!.toLowerCase(),
      quoted ?? bare!,
    ]),
  );

function readPart(part: Buffer): BodyPart | undefined {
  const end = part.indexOf(headerEnd);
  if (end < 0) return undefined;
  // One character a byte: a file's name may be in any charset.
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

/** Cuts a body into its parts, byte for byte; `undefined` when it is none. Source: RFC 7578, RFC 2046 5.1.1. */
export function readMultipart(body: Uint8Array, contentType: string): readonly BodyPart[] | undefined {
  const boundary = parametersOf(contentType).get('boundary');
  if (!boundary) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const parts: BodyPart[] = [];
  // The first delimiter has no line break of its own when nothing stands before it.
  const start = bytes.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))
    ? -2
    : bytes.indexOf(delimiter);
  if (start === -1) return undefined;
  let at = start + delimiter.length;
  while (bytes.toString('latin1', at, at + 2) !== '--') {
    const next = bytes.indexOf(delimiter, at);
    if (next < 0) return undefined;
    // White space may follow a delimiter; then the line ends and the part begins.
    const line = bytes.indexOf('\r\n', at);
    if (line < 0 || line >= next) return undefined;
    const part = readPart(bytes.subarray(line + 2, next));
    if (!part) return undefined;
    parts.push(part);
    at = next + delimiter.length;
  }
  return parts;
}
