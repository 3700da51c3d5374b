import type { Attachment, BlobLike, WireBody } from '@smsc/protocol';
import { type FilePart, multipartOf } from '@smsc/protocol/adapter';

type Multipart = Extract<WireBody, { kind: 'multipart' }>;

/**
 * Converts a file to a `Blob` of the platform, whose type never contains a line break. A blob of another library, such
 * as node-fetch, is copied. A blob of the platform is not copied, because its content may be on disk.
 */
async function toFilePart({ name, content }: Attachment): Promise<FilePart<Blob>> {
  const blob =
    content instanceof Blob
      ? content
      : // The second argument supplies the type, if `content` has a type.
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

/** Written multipart bodies, kept for further attempts. */
const written = /* @__PURE__ */ new WeakMap<Multipart, Promise<WrittenMultipart>>();

/** Writes a multipart body. All attempts send the same bytes, so that the gateway can recognize a duplicate. */
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
