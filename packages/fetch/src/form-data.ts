import type { Attachment, WireBody } from '@smsc/protocol';

type Multipart = Extract<WireBody, { kind: 'multipart' }>;

/** A file as a blob of the platform; bytes become one without a type. */
const toBlob = ({ content }: Attachment): Blob => (content instanceof Uint8Array ? new Blob([Uint8Array.from(content)]) : (content as Blob));

/**
 * A multipart body as the platform's own `FormData`, which chooses the boundary. Parts of files are named `file0`,
 * `file1` … as the vendor's libraries do; the gateway goes by their order.
 */
export function toFormData({ fields, files }: Multipart): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  files.forEach((file, at) => form.append(`file${at}`, toBlob(file), file.name));
  return form;
}
