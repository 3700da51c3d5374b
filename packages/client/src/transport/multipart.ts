import type { Attachment, BlobLike, WireBody } from '@smsc/protocol';
import { type FilePart, multipartOf } from '@smsc/protocol/adapter';

type Multipart = Extract<WireBody, { kind: 'multipart' }>;

/**
 * Turns a file into a blob of the platform, whose type never holds a line break. A blob of another library (node-fetch has
 * its own) is copied; a blob of the platform is not, since it may be on a disk.
 */
async function toFilePart({ name, content }: Attachment): Promise<FilePart<Blob>> {
  const blob =
    content instanceof Blob
      ? content
      : // The second argument gives the type, if there is one.
        new Blob(
          [
            content instanceof Uint8Array
              ? (content as Uint8Array<ArrayBuffer>)
              : await content.arrayBuffer(),
          ],
          content as BlobLike,
        );
  return { name, type: blob.type, content: blob };
}

interface WrittenMultipart {
  readonly contentType: string;
  readonly text: Blob;
}

/** Bodies that were written already. */
const written = /* @__PURE__ */ new WeakMap<Multipart, Promise<WrittenMultipart>>();

/** Writes a multipart body. Each attempt sends the same bytes, since the gateway recognises an identical request as a duplicate. */
export function toMultipart(body: Multipart): Promise<WrittenMultipart> {
  const result = written.get(body) ?? writeMultipart(body);
  written.set(body, result);
  return result;
}

async function writeMultipart({ fields, files }: Multipart): Promise<WrittenMultipart> {
  const parts = await Promise.all(files.map(toFilePart));
  const { contentType, pieces } = multipartOf(fields, parts, crypto.randomUUID());
  return { contentType, text: new Blob(pieces as ConstructorParameters<typeof Blob>[0]) };
}
