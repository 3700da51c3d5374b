/** One part of a `multipart/form-data` body. */
export interface BodyPart {
  readonly name: string;
  /** The file's name, for a file: still bytes, since the charset is not known yet. */
  readonly fileName: Uint8Array | undefined;
  readonly contentType: string;
  readonly content: Uint8Array;
}

const headerEnd = Buffer.from('\r\n\r\n');

/** Reads a quoted or bare parameter of a header. */
const parameter = (header: string, name: string): string | undefined => {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header);
  return match ? (match[1] ?? match[2]) : undefined;
};

function readPart(part: Buffer): BodyPart | undefined {
  const end = part.indexOf(headerEnd);
  if (end < 0) return undefined;
  // One character a byte: a file's name may be in any charset.
  const headers = part.toString('latin1', 0, end).split('\r\n');
  const value = (name: string): string => headers.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
  const disposition = value('content-disposition');
  const name = parameter(disposition, 'name');
  const fileName = parameter(disposition, 'filename');
  if (name === undefined) return undefined;
  return {
    name,
    fileName: fileName === undefined ? undefined : Buffer.from(fileName, 'latin1'),
    contentType: value('content-type').trim(),
    content: part.subarray(end + headerEnd.length),
  };
}

/** Cuts a body into its parts, byte for byte; `undefined` when it is none. Source: RFC 7578, RFC 2046 5.1.1. */
export function readMultipart(body: Uint8Array, contentType: string): readonly BodyPart[] | undefined {
  const boundary = parameter(contentType, 'boundary');
  if (!boundary) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const parts: BodyPart[] = [];
  // The first delimiter has no line break of its own when nothing stands before it.
  const first = delimiter.subarray(2);
  let at = bytes.subarray(0, first.length).equals(first) ? first.length : bytes.indexOf(delimiter) + delimiter.length;
  if (at < delimiter.length - 2) return undefined;
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
