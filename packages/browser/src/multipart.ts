import type { WireBody } from '@smsc/protocol';
import { multipartOf } from '@smsc/protocol/adapter';

type Multipart = Extract<WireBody, { kind: 'multipart' }>;

/** Writes a form with files. The files are named `file0`, `file1` …; their real names are part of the call. */
export function toMultipart({ fields, files }: Multipart): {
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
