import type { WireBody } from '@smsc/protocol';
import { multipartOf } from '@smsc/protocol/adapter';

type MultipartBody = Extract<WireBody, { kind: 'multipart' }>;

/** Encodes a form. The names of its files are not sent: the relay finds them in the JSON of the call. */
export function toMultipart({ fields, files }: MultipartBody): {
  readonly contentType: string;
  readonly text: Blob;
} {
  const parts = files.map(({ content }, index) => ({
    name: `file${index}`,
    type: (content as Blob).type,
    content: content as Blob,
  }));
  const { contentType, pieces } = multipartOf(fields, parts, crypto.randomUUID());
  return { contentType, text: new Blob(pieces as BlobPart[]) };
}
