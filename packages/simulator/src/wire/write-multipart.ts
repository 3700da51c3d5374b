import { randomUUID } from 'node:crypto';
import type { Attachment, WireBody } from '@smsc/protocol';

/** The content of an attachment, with its MIME type. Bytes have none of their own. */
async function read(
  content: Attachment['content'],
): Promise<{ readonly bytes: Uint8Array; readonly type: string }> {
  if (content instanceof Uint8Array) return { bytes: content, type: '' };
  return { bytes: new Uint8Array(await content.arrayBuffer()), type: content.type };
}

/** Writes parts byte for byte, under a boundary that nothing in them can hold. Source: RFC 7578; a `FormData` would change the line breaks of texts. */
export async function writeMultipart({ fields, files }: Extract<WireBody, { kind: 'multipart' }>): Promise<{
  readonly contentType: string;
  readonly bytes: Uint8Array;
}> {
  const boundary = `gateway-${randomUUID()}`;
  const parts: Uint8Array[] = [];
  const add = (disposition: string, bytes: Uint8Array): void => {
    parts.push(
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    );
  };
  for (const [name, value] of fields) add(`name="${name}"`, Buffer.from(value));
  for (const [at, { name, content }] of files.entries()) {
    const { bytes, type } = await read(content);
    add(
      `name="file${at + 1}"; filename="${name}"\r\nContent-Type: ${type || 'application/octet-stream'}`,
      bytes,
    );
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
