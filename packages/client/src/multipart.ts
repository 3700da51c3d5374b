import type { Attachment, BlobLike, WireBody } from '@smsc/protocol';

type Multipart = Extract<WireBody, { kind: 'multipart' }>;

/** What would end a name in a header, written as the Fetch standard has it in a form: `"` is `%22`. */
const escape = (name: string): string => name.replace(/["\r\n]/g, encodeURIComponent);

/**
 * A file as a blob of the platform, whose type cannot end a header: the platform keeps none that could. Blobs of others
 * (node-fetch has its own) are copied; what is the platform's stays where it is, on the disk at times.
 */
const toBlob = async (content: Attachment['content']): Promise<Blob> =>
  content instanceof Blob
    ? content
    : new Blob(
        [content instanceof Uint8Array ? (content as Uint8Array<ArrayBuffer>) : await content.arrayBuffer()],
        { type: (content as BlobLike).type },
      );

const known = /* @__PURE__ */ new WeakMap<Multipart, Promise<Written>>();

interface Written {
  readonly contentType: string;
  readonly text: Blob;
}

/** A multipart body: the same bytes however often it is sent, since an equal request is one that the gateway refuses. */
export function toMultipart(body: Multipart): Promise<Written> {
  const written = known.get(body) ?? write(body);
  known.set(body, written);
  return written;
}

/**
 * A multipart body, byte for byte. The platform's own `FormData` would write every line break as CR LF, and the gateway
 * knows a comment by its `\n~~~\n`: it would go to the recipient.
 *
 * Parts of files are named `file0`, `file1` … as the vendor's libraries do; the gateway goes by their order.
 */
async function write({ fields, files }: Multipart): Promise<Written> {
  const boundary = crypto.randomUUID();
  const parts: (string | Blob)[] = [];
  const add = (name: string, content: string | Blob, more = ''): void =>
    void parts.push(
      `--${boundary}\r\ncontent-disposition: form-data; name="${escape(name)}"${more}\r\n\r\n`,
      content,
      '\r\n',
    );
  for (const [name, value] of fields) add(name, value);
  for (const [at, { name, content }] of files.entries()) {
    const blob = await toBlob(content);
    add(
      `file${at}`,
      blob,
      `; filename="${escape(name)}"\r\ncontent-type: ${blob.type || 'application/octet-stream'}`,
    );
  }
  parts.push(`--${boundary}--\r\n`);
  return { contentType: `multipart/form-data; boundary=${boundary}`, text: new Blob(parts) };
}
