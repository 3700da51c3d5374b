import type { WireBody } from '@smsc/protocol';

type Multipart = Extract<WireBody, { kind: 'multipart' }>;

/** What would end a name in a header, as the Fetch standard has it in a form. */
const escape = (name: string): string => name.replace(/["\r\n]/g, encodeURIComponent);

/**
 * A form with files, byte for byte: a `FormData` would change line breaks. Files are named `file0`, `file1` …: what they are
 * really called is no part of it. A blob's type cannot end a header, since the platform keeps none that could.
 */
export function toMultipart({ fields, files }: Multipart): {
  readonly contentType: string;
  readonly text: Blob;
} {
  const boundary = crypto.randomUUID();
  const parts: BlobPart[] = [];
  const add = (name: string, content: BlobPart, more = ''): void =>
    void parts.push(
      `--${boundary}\r\ncontent-disposition: form-data; name="${escape(name)}"${more}\r\n\r\n`,
      content,
      '\r\n',
    );
  for (const [name, value] of fields) add(name, value);
  files.forEach(({ content }, at) => {
    const name = `file${at}`;
    add(
      name,
      content as Blob,
      `; filename="${name}"\r\ncontent-type: ${(content as Blob).type || 'application/octet-stream'}`,
    );
  });
  parts.push(`--${boundary}--\r\n`);
  return { contentType: `multipart/form-data; boundary=${boundary}`, text: new Blob(parts) };
}
