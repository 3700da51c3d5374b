import { randomUUID } from 'node:crypto';
import type { Attachment, WireBody } from '@smsc/protocol';
import { type FilePart, multipartOf } from '@smsc/protocol/adapter';

/** Reads the content of a file. Content that is given as bytes has no MIME type. */
async function toFilePart({ name, content }: Attachment): Promise<FilePart<Uint8Array>> {
  if (content instanceof Uint8Array) return { name, type: '', content };
  return { name, type: content.type, content: new Uint8Array(await content.arrayBuffer()) };
}

/** Writes a multipart body as bytes. */
export async function writeMultipart({ fields, files }: Extract<WireBody, { kind: 'multipart' }>): Promise<{
  readonly contentType: string;
  readonly bytes: Uint8Array;
}> {
  const parts = await Promise.all(files.map(toFilePart));
  const { contentType, pieces } = multipartOf(fields, parts, randomUUID());
  return {
    contentType,
    bytes: Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
  };
}
